"""What an administrator does for a colleague's account: mend, end, and with a second person reset.

Entry points: models.AccountRequest, requests (ask, decide), account (change, end, reopen), views.
May import: organisations.roles and below.
"""
