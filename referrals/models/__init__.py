"""The models of referrals, one module a subject."""

from referrals.models.conference import AgendaItem, Conference, ConferenceAction, Participant
from referrals.models.consultation import Consultation
from referrals.models.contact import ContactMoment
from referrals.models.correction import Correction
from referrals.models.deletion import DeletionProof
from referrals.models.follow_up import FollowUp
from referrals.models.handover import Handover, HandoverTalk
from referrals.models.meldcode import MeldcodeStep
from referrals.models.outside import OutsideHandover
from referrals.models.referral import Referral
from referrals.models.report import ReportCell, ReportedQuestion, ReportPublication
from referrals.models.signal import Signal, SignalBundle

__all__ = [
    "AgendaItem",
    "Conference",
    "ConferenceAction",
    "Consultation",
    "ContactMoment",
    "Correction",
    "DeletionProof",
    "FollowUp",
    "Handover",
    "HandoverTalk",
    "MeldcodeStep",
    "OutsideHandover",
    "Participant",
    "Referral",
    "ReportCell",
    "ReportPublication",
    "ReportedQuestion",
    "Signal",
    "SignalBundle",
]
