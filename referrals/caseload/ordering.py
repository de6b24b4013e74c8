"""The orders of the caseload, and the cursors by which its pages are cut.

A page begins after the key of the row before it instead of after a number of rows. So the
thousandth page costs what the first does, and a row that moves meanwhile is neither shown twice
nor skipped. An index serves the term and the day on which it came in; the other columns are sorted
for each page.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import (
    Case,
    F,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextField,
    Value,
    When,
)
from django.db.models.functions import Coalesce, NullIf
from django.utils.dateparse import parse_date, parse_datetime

from intake.questions.models import Question, QuestionLifeDomain
from welzijn.accounts.models import User

Key = date | datetime | str
SORT_KEY = "sort_key"


@dataclass(frozen=True, slots=True)
class Order:
    """A sort order that ends with the id, so that no two rows tie.

    `expression` makes the key of a column that is no field of the question; empty comes last.
    """

    key: str
    descending: bool = False
    expression: Callable[[], Any] | None = None

    def prepared(self, questions: QuerySet[Question]) -> QuerySet[Question]:
        """Return the questions with the key to sort by."""
        if self.expression is None:
            return questions
        return questions.annotate(**{SORT_KEY: self.expression()})

    def by(self, *, backwards: bool = False) -> tuple[str, str]:
        """Return the fields for `order_by`; `backwards` reverses them."""
        sign = "-" if self.descending != backwards else ""
        return f"{sign}{self.key}", f"{sign}id"

    def after(self, value: Key, pk: UUID, *, backwards: bool = False) -> Q:
        """Return the condition for the rows that come after this one."""
        way = "lt" if self.descending != backwards else "gt"
        return Q(**{f"{self.key}__{way}e": value}) & (
            Q(**{f"{self.key}__{way}": value}) | Q(**{f"id__{way}": pk})
        )


# After every name: a row without one comes last.
_LAST = "\uffff"


def _text(path: str) -> Callable[[], Any]:
    return lambda: Coalesce(F(path), Value(_LAST), output_field=TextField())


def _first_domain() -> Any:
    names = (
        QuestionLifeDomain.objects.filter(question=OuterRef("pk"))
        .order_by()
        .values("question")
        .annotate(
            first=Min(Coalesce(NullIf("life_domain__staff_name", Value("")), "life_domain__name"))
        )
    )
    return Coalesce(Subquery(names.values("first")), Value(_LAST), output_field=TextField())


def _status() -> Any:
    steps = enumerate((*Question.OPEN_STATUSES, *Question.ENDED_STATUSES))
    return Case(
        *(When(status=status, then=Value(str(step))) for step, status in steps),
        default=Value(_LAST),
        output_field=TextField(),
    )


def _urgency() -> Any:
    """The most urgent first."""
    steps = enumerate(reversed(Question.Urgency.values))
    return Case(
        *(When(urgency=urgency, then=Value(str(step))) for step, urgency in steps),
        default=Value(_LAST),
        output_field=TextField(),
    )


def _lead() -> Any:
    return Coalesce(F("lead_team__name"), F("lead__name"), output_field=TextField())


_WORKER = "medewerker"
_COLUMNS = {
    "termijn": Order("due_on"),
    "oudste": Order("received_at"),
    "nieuwste": Order("received_at", descending=True),
    "kenmerk": Order("reference"),
    "waar": Order(SORT_KEY, expression=_text("neighbourhood__name")),
    "leefgebied": Order(SORT_KEY, expression=_first_domain),
    "bij": Order(SORT_KEY, expression=_lead),
    _WORKER: Order(SORT_KEY, expression=_text("assigned_to__name")),
    "status": Order(SORT_KEY, expression=_status),
    "ingang": Order("channel"),
    "spoed": Order(SORT_KEY, expression=_urgency),
    "laatste": Order("last_activity_at"),
}
ORDERS = _COLUMNS | {
    f"-{name}": replace(order, descending=not order.descending) for name, order in _COLUMNS.items()
}


def cursor_of(question: Question, order: Order) -> str:
    """Return the key of a row as it stands in the link to the next page: never a person's name."""
    if _by_worker(order):
        return f"{question.assigned_to_id or ''}~{question.pk}"
    value = getattr(question, order.key)
    return f"{value if isinstance(value, str) else value.isoformat()}~{question.pk}"


def read_cursor(text: str, order: Order) -> tuple[Key, UUID] | None:
    """Return the key of the row that a page begins after.

    None for text that is no cursor, as from a forged link: the list then starts at its first page.
    """
    value, _tilde, pk = text.rpartition("~")
    try:
        parsed = _parsed(value, order)
        return None if parsed is None else (parsed, UUID(pk))
    except ValueError:
        return None


def _by_worker(order: Order) -> bool:
    return order.expression is _COLUMNS[_WORKER].expression


def _parsed(value: str, order: Order) -> Key | None:
    if "\x00" in value:
        return None
    if _by_worker(order):
        if not value:
            return _LAST
        return User.objects.filter(pk=UUID(value)).values_list("name", flat=True).first()
    if order.key == "due_on":
        return parse_date(value)
    if order.key in ("received_at", "last_activity_at"):
        parsed = parse_datetime(value)
        return parsed if parsed is not None and parsed.tzinfo is not None else None
    return value or None
