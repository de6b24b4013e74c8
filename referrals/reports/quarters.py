"""Quarters, the day on which their figures are published, and what one publication covers."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import NamedTuple

from referrals.reports.periods import add_months
from welzijn.core.working_days import local_date

PUBLISHED_ON_DAY = 15
"""The figures of a quarter are published on this day of the month after it (Europe/Amsterdam). By
then the work of its last days has been recorded."""


class Block(NamedTuple):
    """What one publication covers: a municipality ('' for unknown) and a quarter."""

    municipality: str
    quarter: date


def default_municipality(counts_as: Mapping[str, str]) -> str:
    """Return the municipality of questions whose own is unknown: the only one there is, or ''.

    `counts_as`: each municipality's code and that of its last successor.
    """
    distinct = set(counts_as.values())
    return distinct.pop() if len(distinct) == 1 else ""


def quarter_of(day: date) -> date:
    """Return the first day of the quarter of `day`."""
    return date(day.year, day.month - (day.month - 1) % 3, 1)


def next_quarter(quarter: date) -> date:
    """Return the first day of the next quarter."""
    return add_months(quarter, 3)


def publication_day(quarter: date) -> date:
    """Return the day on which the figures of a quarter are published."""
    return next_quarter(quarter).replace(day=PUBLISHED_ON_DAY)


def latest_quarter(now: datetime) -> date:
    """Return the last quarter whose publication day has come."""
    today = local_date(now)
    quarter = add_months(quarter_of(today), -3)
    return quarter if today >= publication_day(quarter) else add_months(quarter, -3)


def quarter_number(quarter: date) -> int:
    """Return its number in the year: 1 for January to March."""
    return (quarter.month + 2) // 3
