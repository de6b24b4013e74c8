"""Help asked of somebody outside the partnership, by link and code.

Entry points: services (offer, answer, stop), partner_summary, views, models.
May import: referrals.consultations and below.
"""
