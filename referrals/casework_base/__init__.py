"""What all casework stands on: who acts, who is told, forms, permissions, referrals.

Entry points: acting_membership, notify, anonymity_check, permissions, view_context, models.
May import: nothing of referrals.
"""
