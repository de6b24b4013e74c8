"""A question's household, as its worker sees it.

Entry points: views, forms, urls.
May import: referrals.casework and below.
"""
