"""The rows of what is asked of somebody: which kind, of which hat, since when, whether new."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from django.utils.translation import gettext_lazy

from intake.questions.models import Question


class InboxKind(StrEnum):
    """What a row asks; `LABELS` has its name."""

    DANGER = "danger"
    NEW = "new"
    REBALANCED = "rebalanced"
    ANSWER = "answer"
    DESK = "desk"
    SUPPORT = "support"
    CONSULTATION = "consultation"
    HANDOVER = "handover"
    CONFERENCE = "conference"
    DUE = "due"


LABELS = {
    InboxKind.DANGER: gettext_lazy("gevaar beoordelen"),
    InboxKind.NEW: gettext_lazy("nieuwe vraag"),
    InboxKind.REBALANCED: gettext_lazy("aan u gegeven"),
    InboxKind.ANSWER: gettext_lazy("de inwoner schreef"),
    InboxKind.DESK: gettext_lazy("bericht van de balie"),
    InboxKind.SUPPORT: gettext_lazy("hulp erbij gevraagd"),
    InboxKind.CONSULTATION: gettext_lazy("even overleggen"),
    InboxKind.HANDOVER: gettext_lazy("overdracht"),
    InboxKind.CONFERENCE: gettext_lazy("MDO"),
    InboxKind.DUE: gettext_lazy("te doen"),
}


@dataclass(frozen=True, slots=True)
class InboxRow:
    """One thing that is asked. `hat` is the team or organisation that it is asked of."""

    asks: InboxKind
    reference: str
    what: str
    hat: str
    since: datetime
    path: str
    due_on: date | None = None
    late: int = 0
    mine: bool = True
    pick_up: str = ""
    is_new: bool = False
    question: Question | None = None

    @property
    def label(self) -> str:
        """What kind of thing it is, in words."""
        return str(LABELS[self.asks])

    @property
    def title(self) -> str:
        """What the row says first: of something due, what it is."""
        return self.what if self.asks is InboxKind.DUE and self.what else self.label

    @property
    def detail(self) -> str:
        """What stands below it."""
        return "" if self.title == self.what else self.what
