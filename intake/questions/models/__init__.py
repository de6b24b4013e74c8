"""A question with what was decided, shared and recorded about it."""

from intake.questions.models.decision import Decision
from intake.questions.models.question import Question
from intake.questions.models.question_life_domain import QuestionLifeDomain
from intake.questions.models.set_aside import SetAside
from intake.questions.models.sharing_basis import SharingBasis
from intake.questions.models.struck_entry import StruckEntry
from intake.questions.models.timeline_entry import TimelineEntry

__all__ = [
    "Decision",
    "Question",
    "QuestionLifeDomain",
    "SetAside",
    "SharingBasis",
    "StruckEntry",
    "TimelineEntry",
]
