"""What is due on a question, for whom and when; the terms of the law.

Entry points: services (make, plan, move, done), legal_clock, explanations, models.
May import: referrals.casework_base.
"""
