"""Entering with reference and code: codes, counted attempts, the resident's session.

Entry points: codes, code_entry.
May import: intake.questions and below.
"""
