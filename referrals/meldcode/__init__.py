"""The five steps of the reporting code for domestic violence (Meldcode).

Entry points: services, views, models, urls.
May import: referrals.privacy and below.
"""
