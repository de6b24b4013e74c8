"""Submitting a question: from the answers to question, decision and messages in one transaction.

Entry points: submission.Submission, submit.submit, routing_preview.
May import: intake.households and below.
"""
