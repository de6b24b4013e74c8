"""The one door to a question, which records the look, and the list that a resident reads.

Entry points: open_question.open_question, resident_log, retention_notice, bounced_contacts.
May import: intake.questions and below.
"""
