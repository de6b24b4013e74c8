"""Months of the calendar, and the parts of a period whose figures are fixed.

A free period is made of whole years, quarters and months: its figure is the sum of theirs. So no
choice of a period gives a figure that is not a sum of those that everybody can read, and shifting a
period by a month teaches nothing new.
"""

from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from typing import NamedTuple


class Part(NamedTuple):
    """A whole year, quarter or month: from its first day to before `until`."""

    since: date
    until: date


def add_months(day: date, count: int) -> date:
    """Return the first day of the month `count` months after that of `day`."""
    months = day.year * 12 + day.month - 1 + count
    return date(months // 12, months % 12 + 1, 1)


@lru_cache(maxsize=1024)
def parts_of(since: date, until: date) -> tuple[Part, ...]:
    """Return the fewest whole years, quarters and months that make up a period.

    Both are first days of months; `until` is not included.
    """
    return tuple(_parts(since, until))


def _parts(since: date, until: date) -> Iterator[Part]:
    while since < until:
        for length in (12, 3, 1):
            end = add_months(since, length)
            if (since.month - 1) % length == 0 and end <= until:
                yield Part(since, end)
                since = end
                break


def months_between(since: date, until: date) -> Iterator[Part]:
    """Yield the months of a period."""
    while since < until:
        end = add_months(since, 1)
        yield Part(since, end)
        since = end
