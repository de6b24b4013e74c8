"""The models of intake, one module a subject."""

from intake.models.access import AccessAttempt, Draft
from intake.models.decision import Decision
from intake.models.person import ContactDetail, ContactWish, Household, HouseholdLink, Person
from intake.models.question import Question, QuestionLifeDomain
from intake.models.sharing import SharingBasis
from intake.models.timeline import TimelineEntry

__all__ = [
    "AccessAttempt",
    "ContactDetail",
    "ContactWish",
    "Decision",
    "Draft",
    "Household",
    "HouseholdLink",
    "Person",
    "Question",
    "QuestionLifeDomain",
    "SharingBasis",
    "TimelineEntry",
]
