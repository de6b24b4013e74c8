"""A question with its status, decision, sharing bases and timeline, and who may see it.

Entry points: models, permissions, status.move, timeline, responsible, legal_terms.
May import: intake.people and below.
"""
