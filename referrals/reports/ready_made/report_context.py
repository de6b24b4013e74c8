"""What the ready-made questions have in common: who asks, and how figures are read and named."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from organisations.partnerships.models import Partnership
from referrals.reports import choice
from referrals.reports.answers import Answer
from referrals.reports.charts import Bar
from referrals.reports.choice import Choice, Reader
from referrals.reports.document import Value, spoken_period
from referrals.reports.names import Names
from referrals.reports.offered import OFFERED
from referrals.reports.periods import Part, add_months
from referrals.reports.tables import Dimension, Place, Refused
from welzijn.accounts.models import User


@dataclass(frozen=True)
class ReportContext:
    """One policy officer's question: about which municipality, at which moment."""

    partnership: Partnership
    user: User
    municipality: str | None
    place: str
    names: Names
    now: datetime
    reader: Reader
    detail: str = ""

    @property
    def year(self) -> Part:
        """The last twelve final months."""
        until = choice.latest_month(self.now)
        return Part(add_months(until, -12), until)

    @property
    def year_before(self) -> Part:
        """The twelve months before those."""
        return Part(add_months(self.year.since, -12), self.year.since)

    @property
    def period(self) -> str:
        """The last twelve final months in words."""
        return spoken_period(*self.year)

    def answer(
        self,
        measure: str,
        rows: Dimension,
        columns: Dimension | None = None,
        period: Part | None = None,
        filters: Mapping[Dimension, str] | None = None,
    ) -> Answer | None:
        """Return the protected answer; None where it is refused."""
        if self.municipality is not None and rows is Dimension.MUNICIPALITY:
            rows = Dimension.NEIGHBOURHOOD
        asked = Choice(
            measure, self.municipality, period or self.year, rows, columns, filters or {}
        )
        try:
            return self.reader.read(asked)
        except Refused:
            return None

    def label(self, answer: Answer, key: str) -> str:
        """Return the name of a row."""
        return self.names.of(answer.query.rows, key, answer.together)


def value(answer: Answer | None, row: str, column: str = "") -> Value:
    """Return a figure of an answer; without an answer, no figure."""
    if answer is None:
        return Value(None)
    place: Place = (row, column)
    return Value(answer.figures.get(place), answer.unit)


def bar(found: Value) -> Bar:
    """Return a figure as it is drawn."""
    shown = found.shown
    return Bar(shown.value, shown.lower, shown.upper) if shown else Bar(None)


def definitions(*measures: str) -> list[tuple[str, str]]:
    """Return name and definition of these measures."""
    return [(str(OFFERED[name].name), str(OFFERED[name].definition)) for name in measures]


def largest(answer: Answer, most: int) -> Sequence[str]:
    """Return the rows with the largest figures."""
    known = [(row, f) for row in answer.rows if (f := answer.figures[row, ""]) is not None]
    return [row for row, _f in sorted(known, key=lambda item: -item[1].value)[:most]]
