"""The ready-made questions of policy officers: one page each, one click away.

Entry points: catalogue.QUESTIONS, views. May import: referrals.reports.
"""
