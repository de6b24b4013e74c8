"""The models of referrals, for Django and for code outside this app.

Each subject keeps its own; inside the app they are imported from there.
"""

from referrals.agenda.models import CalendarFeed
from referrals.caseload.models import SavedView, Spread, SpreadRow
from referrals.casework.models import OutsideChange
from referrals.casework_base.models import ContactMoment, Referral
from referrals.conferences.models import (
    AgendaItem,
    AgendaRequest,
    Conference,
    ConferenceAction,
    Participant,
)
from referrals.consultations.models import Consultation
from referrals.external_handovers.models import OutsideHandover
from referrals.follow_ups.models import FollowUp
from referrals.handovers.models import Handover, HandoverTalk
from referrals.meldcode.models import MeldcodeStep
from referrals.notices.models import NoticeMark
from referrals.privacy.models import DataRequest, Finding
from referrals.reports.models import (
    DepartedFact,
    FinalCube,
    GoalStory,
    ReportCell,
    ReportedQuestion,
    ReportPublication,
    SavedReport,
)
from referrals.retention.models import DeletionProof, ErasedQuestion
from referrals.routing_review.models import Correction
from referrals.signals.follow_up_models import AnswerStep
from referrals.signals.models import Signal, SignalBundle, SignalSupport

__all__ = [
    "AgendaItem",
    "AgendaRequest",
    "AnswerStep",
    "CalendarFeed",
    "Conference",
    "ConferenceAction",
    "Consultation",
    "ContactMoment",
    "Correction",
    "DataRequest",
    "DeletionProof",
    "DepartedFact",
    "ErasedQuestion",
    "FinalCube",
    "Finding",
    "FollowUp",
    "GoalStory",
    "Handover",
    "HandoverTalk",
    "MeldcodeStep",
    "NoticeMark",
    "OutsideChange",
    "OutsideHandover",
    "Participant",
    "Referral",
    "ReportCell",
    "ReportPublication",
    "ReportedQuestion",
    "SavedReport",
    "SavedView",
    "Signal",
    "SignalBundle",
    "SignalSupport",
    "Spread",
    "SpreadRow",
]
