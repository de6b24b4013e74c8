"""The household of a question, for its worker.

Entry points: views, forms, urls.
May import: referrals.casework and below.
"""
