"""Signals from practice, bundled for the administrators' meeting, which answers them.

Entry points: services, changes, views, models, urls.
May import: referrals.reports and below.
"""
