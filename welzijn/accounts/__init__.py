"""Accounts of staff: sign-in, second factor, single sign-on, sessions, invitations.

Entry points: models.User, invitation, adapter, middleware.
May import: welzijn.notifications and welzijn.core.
"""
