"""The work list of a professional at /werk/.

Entry points: listing.show, views, urls.
May import: referrals.casework and below.
"""
