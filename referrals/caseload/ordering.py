"""The orders of the caseload, and the cursors by which its pages are cut.

A page begins after the key of the row before it instead of after a number of rows. So the
thousandth page costs what the first does, and a row that moves meanwhile is neither shown twice
nor skipped.
"""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import F, OrderBy, Q
from django.db.models.functions import Greatest
from django.utils.dateparse import parse_date, parse_datetime

from intake.questions.models import Question


@dataclass(frozen=True, slots=True)
class Order:
    """A sort order that ends with the id, so that no two rows tie."""

    key: str
    descending: bool = False

    def by(self, *, backwards: bool = False) -> tuple[str, str]:
        """Return the fields for `order_by`; `backwards` reverses them."""
        sign = "-" if self.descending != backwards else ""
        return f"{sign}{self.key}", f"{sign}id"

    def without_index(self, *, backwards: bool = False) -> tuple[OrderBy, OrderBy]:
        """Return the same order as an expression that no index serves, for a search.

        PostgreSQL then sorts the hits. It can't tell how rare a word is, and would otherwise walk
        the index over a million rows in order to find a few.
        """
        key = Greatest(F(self.key), F(self.key))
        descending = self.descending != backwards
        return OrderBy(key, descending=descending), OrderBy(F("id"), descending=descending)

    def after(self, value: date | datetime, pk: UUID, *, backwards: bool = False) -> Q:
        """Return the condition for the rows that come after this one."""
        way = "lt" if self.descending != backwards else "gt"
        return Q(**{f"{self.key}__{way}e": value}) & (
            Q(**{f"{self.key}__{way}": value}) | Q(**{f"id__{way}": pk})
        )


ORDERS = {
    "termijn": Order("due_on"),
    "nieuwste": Order("received_at", descending=True),
    "oudste": Order("received_at"),
}


def cursor_of(question: Question, order: Order) -> str:
    """Return the key of a row as it stands in the link to the next page."""
    return f"{getattr(question, order.key).isoformat()}~{question.pk}"


def read_cursor(text: str, order: Order) -> tuple[date | datetime, UUID] | None:
    """Return the key of the row that a page begins after.

    None for text that is no cursor, as from a forged link: the list then starts at its first page.
    """
    value, _tilde, pk = text.partition("~")
    try:
        parsed: date | datetime | None = (
            parse_date(value) if order.key == "due_on" else parse_datetime(value)
        )
        if parsed is None or (isinstance(parsed, datetime) and parsed.tzinfo is None):
            return None
        return parsed, UUID(pk)
    except ValueError:
        return None
