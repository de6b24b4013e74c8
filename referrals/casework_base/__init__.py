"""Shared base of casework: acting membership, notifications, forms, permissions, referrals.

Entry points: acting_membership, notify, anonymity_check, permissions, view_context, models.
May import: nothing of referrals.
"""
