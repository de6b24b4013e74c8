"""The plain verbs of casework: pick up, assign, record a contact, support, close, reopen.

Entry points: pick_up, assign, contact_moments, support, close, reopen, withdraw, aftercare.
May import: referrals.conferences and below.
"""
