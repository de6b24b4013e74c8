"""The warm handover: from proposal to the moment the receiver has met the resident.

Entry points: services (propose, accept, decline, met), state_machine, views, models.
May import: referrals.consultations and below.
"""
