"""A report of somebody's own choice: a measure, rows, columns, filters and a period.

It reads the rollup and nothing else, and everything passes the door. Months that are not published
yet can't be asked: what comes in late would still change them.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from organisations.partnerships.models import Partnership
from referrals.reports.cells import ROLLED_UP, from_rollup
from referrals.reports.door import Dimension, Query, Refused, Table, tabulate
from referrals.reports.periods import Part, add_months
from referrals.reports.publishing import Categories, municipalities, noise_of, successors
from referrals.reports.quarters import latest_quarter, next_quarter

NOT_PUBLISHED, NO_PERIOD, ENDS_FIRST, SAME_DIMENSION, UNKNOWN_CHOICE = (
    "not_published",
    "no_period",
    "ends_first",
    "same_dimension",
    "unknown_choice",
)
MEASURES = ROLLED_UP
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
    columns: Dimension | None
    filters: Mapping[Dimension, str]


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
    """Return the first day of the month after the last one that can be asked."""
    return next_quarter(latest_quarter(now))


def read(partnership: Partnership, choice: Choice, now: datetime) -> Table:
    """Return the protected table; raises Refused with its reason. Takes six queries."""
    _check(choice, now)
    filters = dict(choice.filters)
    if choice.municipality is not None:
        filters[Dimension.MUNICIPALITY] = choice.municipality
    query = Query(choice.measure, *choice.period, choice.rows, choice.columns, filters)
    known = Categories(partnership)
    categories = {
        dimension: known.of(dimension, choice.municipality, *choice.period)
        for dimension in {*query.axes, *filters}
    }
    for dimension, value in filters.items():
        if value not in categories[dimension]:
            raise Refused(UNKNOWN_CHOICE)
    cells = from_rollup(partnership, query.dimensions, *choice.period, successors(partnership))
    return tabulate(
        cells[choice.measure],
        query,
        categories=categories,
        noise=noise_of(partnership),
        smallest=partnership.small_number,
    )


def _check(choice: Choice, now: datetime) -> None:
    since, until = choice.period
    if until <= since:
        raise Refused(ENDS_FIRST)
    if until > latest_month(now):
        raise Refused(NOT_PUBLISHED)
    if until > add_months(since, 12 * _LONGEST_YEARS):
        raise Refused(NO_PERIOD)
    if choice.measure not in MEASURES:
        raise Refused(UNKNOWN_CHOICE)
    chosen = [choice.rows, *([choice.columns] if choice.columns else []), *choice.filters]
    if len(set(chosen)) < len(chosen) or Dimension.MONTH in choice.filters:
        raise Refused(SAME_DIMENSION)
    # The municipality is a choice of its own, or an axis where all are asked.
    if Dimension.MUNICIPALITY in choice.filters:
        raise Refused(SAME_DIMENSION)
    if choice.municipality is not None and Dimension.MUNICIPALITY in chosen:
        raise Refused(SAME_DIMENSION)


def known_municipality(partnership: Partnership, code: str) -> bool:
    """Return whether figures are kept for this municipality."""
    return code in municipalities(partnership)
