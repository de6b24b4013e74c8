"""The models of intake, for Django and for code outside this app.

Each subject keeps its own; inside the app they are imported from there.
"""

from intake.ask.models import Draft
from intake.attachments.models import Attachment, DraftAttachment
from intake.danger.models import HeardDanger
from intake.floods.models import Arrival
from intake.households.models import Household, HouseholdLink
from intake.partner_door.models import PartnerMark
from intake.people.models import ContactDetail, ContactWish, Person
from intake.questions.models import (
    Decision,
    Question,
    QuestionLifeDomain,
    SetAside,
    SharingBasis,
    StruckEntry,
    TimelineEntry,
)
from intake.resident_access.models import AccessAttempt
from intake.resident_sign_in.models import OwnQuestion, ResidentAccount

__all__ = [
    "AccessAttempt",
    "Arrival",
    "Attachment",
    "ContactDetail",
    "ContactWish",
    "Decision",
    "Draft",
    "DraftAttachment",
    "HeardDanger",
    "Household",
    "HouseholdLink",
    "OwnQuestion",
    "PartnerMark",
    "Person",
    "Question",
    "QuestionLifeDomain",
    "ResidentAccount",
    "SetAside",
    "SharingBasis",
    "StruckEntry",
    "TimelineEntry",
]
