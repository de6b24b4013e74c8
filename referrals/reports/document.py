"""What a page of figures says, in a form that the screen and every file are made from.

A `Document` has a title, one sentence a finding, sections with a picture and its table, and the
definitions of what is counted. The screen, the spreadsheets and the PDF lay out the same document,
so that none of them can show what another doesn't.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from referrals.reports.answers import Shown
from referrals.reports.charts import Picture
from referrals.reports.long_format import Row
from referrals.reports.noise import Figure
from referrals.reports.offered import Unit
from welzijn.core import dates


@dataclass(frozen=True, slots=True)
class Value:
    """A figure as it stands in a table: its number, between which numbers, and its unit."""

    shown: Shown
    unit: Unit = Unit.QUESTIONS

    @property
    def number(self) -> float | None:
        """The number for a cell of a spreadsheet."""
        return None if self.shown is None else round(float(self.shown.value), 1)

    @property
    def text(self) -> str:
        """The number as it is read."""
        return _("geen cijfer") if self.shown is None else _number(self.shown.value, self.unit)

    @property
    def between(self) -> str:
        """Between which numbers the truth lies; empty where there is no figure."""
        if self.shown is None:
            return ""
        low, high = (
            _number(end, self.unit, bare=True) for end in (self.shown.lower, self.shown.upper)
        )
        return _("tussen {low} en {high}").format(low=low, high=high)


@dataclass(frozen=True, slots=True)
class TableOf:
    """A table: its head, and rows of texts and `Value`s."""

    caption: str
    head: Sequence[str]
    rows: Sequence[Sequence[object]]

    @property
    def labelled_rows(self) -> list[list[tuple[str, object]]]:
        """Each cell with the name of its column: on a phone a row is a card."""
        return [list(zip(self.head, row, strict=True)) for row in self.rows]


@dataclass(frozen=True, slots=True)
class Section:
    """A picture with its table, or one of both, and what has to be said about them."""

    heading: str
    table: TableOf
    picture: Picture | None = None
    note: str = ""
    map: Picture | None = None

    @property
    def pictures(self) -> list[Picture]:
        """The chart, and the map where the neighbourhoods have borders."""
        return [one for one in (self.picture, self.map) if one is not None]


@dataclass(frozen=True, slots=True)
class Document:
    """One page of figures."""

    title: str
    place: str
    period: str
    sentences: Sequence[str]
    sections: Sequence[Section]
    definitions: Sequence[tuple[str, str]]
    bound: int
    lines: Sequence[Row] = field(default_factory=tuple)
    name: str = "cijfers"

    @property
    def widest(self) -> int:
        """How far a counted figure on this page can be off: a sum of months more than a month."""
        cells = (cell for part in self.sections for row in part.table.rows for cell in row)
        shown = (cell.shown for cell in cells if isinstance(cell, Value))
        return max([self.bound, *(one.bound for one in shown if isinstance(one, Figure))])

    @property
    def protection(self) -> str:
        """How figures are protected, in one sentence a layman understands."""
        return _(
            "Deze cijfers gaan over groepen, nooit over mensen. Daarom zit elk geteld cijfer er een"
            " klein beetje naast: hoogstens {n}. Daardoor tellen de delen van een tabel niet"
            " precies op tot het totaal."
        ).format(n=self.widest)


def _number(number: float, unit: Unit, *, bare: bool = False) -> str:
    decimals = 1 if unit is Unit.PER_THOUSAND else 0
    text = number_format(round(float(number), decimals), decimals, use_l10n=True)
    return text if bare else text + {Unit.PERCENT: " %"}.get(unit, "")


def about(value: Value) -> str:
    """Return a figure with its uncertainty in words: for a sentence."""
    if value.shown is None:
        return _("te weinig vragen voor een cijfer")
    return _("ongeveer {number}; het echte getal ligt {between}").format(
        number=value.text, between=value.between
    )


def spoken_period(since: date, until: date) -> str:
    """Return a period in words; `until` is not included."""
    last = until - timedelta(days=1)
    return _("{first} tot en met {last}").format(
        first=dates.month_named(since), last=dates.month_named(last)
    )
