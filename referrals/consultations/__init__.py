"""Asking a colleague elsewhere for advice without naming the person.

Entry points: services.ask, services.answer, models.
May import: referrals.leads and below.
"""
