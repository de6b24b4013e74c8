"""Signals from practice, bundled for the administrators' meeting and answered.

Entry points: services, views, models, urls.
May import: referrals.reports and below.
"""
