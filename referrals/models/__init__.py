"""The models of referrals, one module a subject."""

from referrals.models.consultation import Consultation
from referrals.models.contact import ContactMoment
from referrals.models.follow_up import FollowUp
from referrals.models.handover import Handover
from referrals.models.referral import Referral
from referrals.models.report import ReportCell

__all__ = ["Consultation", "ContactMoment", "FollowUp", "Handover", "Referral", "ReportCell"]
