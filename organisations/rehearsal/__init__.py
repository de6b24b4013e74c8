"""A rehearsal: a partnership that is being set up, tried by its own people on invented questions.

Entry points: rehearsing.start, rehearsing.end, rehearsing.may_enter, closed_pages.
May import: organisations.roles and below.
"""
