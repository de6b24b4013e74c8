"""A report of somebody's own choice: a measure, rows, columns, filters and a period.

It reads final months and nothing else, and everything passes the door. Months that are not final
yet can't be asked: what comes in late would still change them.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from organisations.partnerships.models import Partnership
from referrals.reports import answers, cubes
from referrals.reports.answers import Answer, answer
from referrals.reports.categories import Categories, municipalities, successors
from referrals.reports.cubes import MOST_DIMENSIONS
from referrals.reports.disclosure_control import tabulate
from referrals.reports.inhabitants import Inhabitants
from referrals.reports.offered import OFFERED, Unit
from referrals.reports.periods import Part, add_months
from referrals.reports.publishing import noise_of
from referrals.reports.quarters import latest_quarter, next_quarter
from referrals.reports.tables import Cell, Dimension, Query, Refused, Table

NOT_PUBLISHED, NO_PERIOD, ENDS_FIRST, SAME_DIMENSION, UNKNOWN_CHOICE = (
    "not_published",
    "no_period",
    "ends_first",
    "same_dimension",
    "unknown_choice",
)
TOO_MANY_DIVISIONS, ONLY_HANDOVERS, NO_INHABITANTS = (
    "too_many_divisions",
    "only_handovers",
    "no_inhabitants",
)
MEASURES = tuple(OFFERED)
FLOW = {Dimension.SENDER, Dimension.RECEIVER}
_QUARTER = re.compile(r"(\d{4})-Q([1-4])")
_MONTHS = re.compile(r"(\d{4})-(\d{2})(?:\.\.(\d{4})-(\d{2}))?")
_LONGEST_YEARS = 10


@dataclass(frozen=True, slots=True)
class Choice:
    """What somebody chose. `municipality` is None for the whole partnership."""

    measure: str
    municipality: str | None
    period: Part
    rows: Dimension
    columns: Dimension | None = None
    filters: Mapping[Dimension, str] = field(default_factory=dict)
    per_thousand: bool = False


def period_of(text: str) -> Part:
    """Read 2026, 2026-Q3, 2026-09 or 2026-02..2026-05; raises Refused."""
    try:
        if found := _QUARTER.fullmatch(text):
            since = date(int(found[1]), 3 * int(found[2]) - 2, 1)
            return Part(since, add_months(since, 3))
        if found := _MONTHS.fullmatch(text):
            since = date(int(found[1]), int(found[2]), 1)
            last = date(int(found[3]), int(found[4]), 1) if found[3] else since
            return Part(since, add_months(last, 1))
        if re.fullmatch(r"\d{4}", text):
            return Part(date(int(text), 1, 1), date(int(text) + 1, 1, 1))
    except ValueError:
        raise Refused(NO_PERIOD) from None
    raise Refused(NO_PERIOD)


def latest_month(now: datetime) -> date:
    """Return the first day of the month after the last one that is final and can be asked."""
    return next_quarter(latest_quarter(now))


def read(partnership: Partnership, choice: Choice, now: datetime) -> Answer:
    """Return the protected answer; raises Refused with its reason. Takes seven queries.

    Finishes first what is due, so that the result does not depend on the nightly task.
    """
    return Reader(partnership, now).read(choice)


def compared(choice: Choice, how: str) -> Choice | None:
    """Return what a report is compared with: 'vorige', 'vorig-jaar' or a neighbourhood."""
    since, until = choice.period
    months = (until.year - since.year) * 12 + until.month - since.month
    if how == "vorige":
        return replace(choice, period=Part(add_months(since, -months), since))
    if how == "vorig-jaar":
        return replace(choice, period=Part(add_months(since, -12), add_months(until, -12)))
    if how and choice.rows is not Dimension.NEIGHBOURHOOD:
        return replace(choice, filters={**choice.filters, Dimension.NEIGHBOURHOOD: how})
    return None


class Reader:
    """Reads reports of one partnership; knows its categories once for all of them."""

    def __init__(self, partnership: Partnership, now: datetime) -> None:
        cubes.finish(partnership, now)
        self.partnership, self.now = partnership, now
        self.categories = Categories(partnership)
        self.counts_as = successors(partnership)
        self.inhabitants = Inhabitants(partnership)
        self.noise = noise_of(partnership)

    def read(self, choice: Choice) -> Answer:
        """Return the protected answer; raises Refused with its reason."""
        _check(choice, self.now)
        return _Report(self, choice).answer()


class _Report:
    """One report: its categories, its cells and the door."""

    def __init__(self, reader: Reader, choice: Choice) -> None:
        self.reader, self.choice = reader, choice
        filters = dict(choice.filters)
        if choice.municipality is not None:
            filters[Dimension.MUNICIPALITY] = choice.municipality
        offered = OFFERED[choice.measure]
        axes = {choice.rows, choice.columns}
        since, until = choice.period
        if offered.is_stock and Dimension.MONTH not in axes:
            since = add_months(until, -1)
        self.query = Query(choice.measure, since, until, choice.rows, choice.columns, filters)
        self._known = reader.categories
        self.categories = {
            dimension: self._known.of(dimension, choice.municipality, since, until)
            for dimension in {*self.query.axes, *filters}
        }
        for dimension, value in filters.items():
            if value not in self.categories[dimension]:
                raise Refused(UNKNOWN_CHOICE)
        cells = cubes.read(
            reader.partnership,
            list(offered.sets),
            self.query.dimensions,
            since,
            until,
            reader.counts_as,
        )
        self._cells = {name: [self._shown(cell) for cell in found] for name, found in cells.items()}

    def _shown(self, cell: Cell) -> Cell:
        if Dimension.LANGUAGE not in cell.where:
            return cell
        where = {d: self._known.counts_as(d, category) for d, category in cell.where.items()}
        return replace(cell, where=where)

    def _table(self, name: str, laid_out_as: Table | None) -> Table:
        return tabulate(
            self._cells[name],
            replace(self.query, measure=name),
            categories=self.categories,
            noise=self.reader.noise,
            smallest=self.reader.partnership.small_number,
            laid_out_as=laid_out_as,
        )

    def answer(self) -> Answer:
        smallest = self.reader.partnership.small_number
        found = answer(self.choice.measure, self._table, smallest)
        if not self.choice.per_thousand:
            return found
        known = self.reader.inhabitants
        filters = self.query.filters
        rates = {
            place: answers.per_thousand(
                figure,
                known.of({**filters, **dict(zip(self.query.axes, place, strict=False))}),
            )
            for place, figure in found.figures.items()
        }
        if not any(rates.values()):
            raise Refused(NO_INHABITANTS)
        return replace(found, unit=Unit.PER_THOUSAND, figures=rates)


def _check(choice: Choice, now: datetime) -> None:
    since, until = choice.period
    if until <= since:
        raise Refused(ENDS_FIRST)
    if until > latest_month(now):
        raise Refused(NOT_PUBLISHED)
    if until > add_months(since, 12 * _LONGEST_YEARS):
        raise Refused(NO_PERIOD)
    if choice.measure not in OFFERED:
        raise Refused(UNKNOWN_CHOICE)
    chosen = [choice.rows, *([choice.columns] if choice.columns else []), *choice.filters]
    if len(set(chosen)) < len(chosen) or Dimension.MONTH in choice.filters:
        raise Refused(SAME_DIMENSION)
    # The municipality is a choice of its own, or an axis where all are asked.
    if Dimension.MUNICIPALITY in choice.filters:
        raise Refused(SAME_DIMENSION)
    if choice.municipality is not None and Dimension.MUNICIPALITY in chosen:
        raise Refused(SAME_DIMENSION)
    divisions = set(chosen) - {Dimension.MUNICIPALITY, Dimension.MONTH}
    if divisions & FLOW and (divisions - FLOW or not OFFERED[choice.measure].of_handovers):
        raise Refused(ONLY_HANDOVERS)
    if len(divisions) > MOST_DIMENSIONS:
        raise Refused(TOO_MANY_DIVISIONS)
    if choice.per_thousand and OFFERED[choice.measure].unit is not Unit.QUESTIONS:
        raise Refused(NO_INHABITANTS)


def known_municipality(partnership: Partnership, code: str) -> bool:
    """Return whether figures are kept for this municipality."""
    return code in municipalities(partnership)
