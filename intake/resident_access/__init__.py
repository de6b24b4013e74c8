"""Opening a question with reference and code: codes, limits on attempts, the resident's session.

Entry points: codes, code_entry, browser_access.
May import: intake.questions and below.
"""
