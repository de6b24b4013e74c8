"""One search over all that a user may see, and what they looked at last.

Entry points: results.find, recent.recently_read, views, urls.
May import: referrals.casework and below.
"""
