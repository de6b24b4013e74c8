"""Quarters, when the figures of one are published, and what one publication is about."""

from datetime import date, datetime
from typing import NamedTuple

from welzijn.core.working_days import local_date

PUBLISHED_ON_DAY = 15
"""The figures of a quarter are published on this day of the month after it, in Amsterdam. What
belongs to the last days has been written down by then."""


class Block(NamedTuple):
    """What one publication is about: a municipality ('' where it isn't known) and a quarter."""

    municipality: str
    quarter: date


def quarter_of(day: date) -> date:
    """The first day of the quarter in which `day` lies."""
    return date(day.year, day.month - (day.month - 1) % 3, 1)


def following(quarter: date) -> date:
    """The first day of the quarter after it."""
    return _add_months(quarter, 3)


def months_of(quarter: date) -> tuple[date, date, date]:
    """The first days of its three months."""
    return quarter, _add_months(quarter, 1), _add_months(quarter, 2)


def publication_day(quarter: date) -> date:
    """The day on which the figures of a quarter appear."""
    return following(quarter).replace(day=PUBLISHED_ON_DAY)


def published_by(now: datetime) -> date:
    """The last quarter whose figures have appeared by now."""
    today = local_date(now)
    quarter = _add_months(quarter_of(today), -3)
    return quarter if today >= publication_day(quarter) else _add_months(quarter, -3)


def number_of(quarter: date) -> int:
    """1 for January to March, and so on."""
    return (quarter.month + 2) // 3


def _add_months(day: date, count: int) -> date:
    months = day.year * 12 + day.month - 1 + count
    return date(months // 12, months % 12 + 1, 1)
