"""Organisations, teams, services and life domains, as rows.

Entry points: models, display_names, capacity.
May import: organisations.partnerships and below.
"""
