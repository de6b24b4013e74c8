"""Photos and PDFs of letters that belong to a question, before and after sending.

Entry points: services (add, listing, the logged read), drafts (unsent files), forms, tasks.
May import: intake.danger and below.
"""
