"""The desk at /balie/: logging a question, finding an earlier one, a new code.

Entry points: lookup, code_reset, consent_step, views, urls.
May import: intake.ask and below.
"""
