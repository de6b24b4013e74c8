"""Submitting a question: from what was asked to question, decision and messages at once.

Entry points: submission.Submission, submit.submit, routing_preview.
May import: intake.households and below.
"""
