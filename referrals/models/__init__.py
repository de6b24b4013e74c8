"""The models of referrals, one module a subject."""

from referrals.models.consultation import Consultation
from referrals.models.contact import ContactMoment
from referrals.models.correction import Correction
from referrals.models.follow_up import FollowUp
from referrals.models.handover import Handover, HandoverTalk
from referrals.models.referral import Referral
from referrals.models.report import ReportCell, ReportedQuestion, ReportPublication

__all__ = [
    "Consultation",
    "ContactMoment",
    "Correction",
    "FollowUp",
    "Handover",
    "HandoverTalk",
    "Referral",
    "ReportCell",
    "ReportPublication",
    "ReportedQuestion",
]
