"""The working-day calendar, used for all promises, terms and escalations.

Pure: no database, no clock of its own. Dates are local dates in Europe/Amsterdam; moments are
aware datetimes (UTC unless said otherwise). A Partnership builds its own `Calendar` from its
closing days and its two choices about Good Friday and 5 May.

Two rules:

* a day that does not count moves a deadline later, never earlier;
* only national official holidays count by default. A regional day off (carnival in Brabant)
  counts if the partnership lists it as a closing day.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from functools import lru_cache
from types import MappingProxyType
from zoneinfo import ZoneInfo

import holidays
from dateutil.easter import easter

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
_DAY = timedelta(days=1)
# Long enough for any real closure, short enough that a calendar without working days is noticed.
_MAX_CLOSED_IN_A_ROW = 400


class NoWorkingDayError(ValueError):
    """The calendar has no working day for more than a year: its closing days are wrong."""


class LiberationDay(StrEnum):
    """Whether 5 May is a day off: in most Dutch collective agreements once in five years."""

    NEVER = "never"
    LUSTRUM = "lustrum"
    YEARLY = "yearly"


Slot = tuple[time, time]


@dataclass(frozen=True, slots=True)
class OpeningHours:
    """Opening hours: per ISO weekday (1 is Monday) the slots in local time.

    A slot is (from, until); `until` itself is outside it. Slots of a day don't overlap.
    """

    slots: Mapping[int, tuple[Slot, ...]]

    def on(self, day: date) -> tuple[Slot, ...]:
        """Return the slots of that weekday, earliest first; empty where closed."""
        return tuple(sorted(self.slots.get(day.isoweekday(), ())))


OFFICE_HOURS = OpeningHours(
    MappingProxyType({weekday: ((time(9), time(17)),) for weekday in range(1, 6)})
)


def local_date(now: datetime) -> date:
    """Return the date in Europe/Amsterdam. Raises ValueError for a naive datetime."""
    return _aware(now).astimezone(AMSTERDAM).date()


def local_moment(day: date, at: time = time(0)) -> datetime:
    """Return the moment (UTC) at which it is `at` on `day` in Amsterdam.

    A time that summer time skips (02.30 on the last Sunday of March) moves by an hour; of a time
    that occurs twice (October) it is the first.
    """
    return datetime.combine(day, at, tzinfo=AMSTERDAM).astimezone(UTC)


@dataclass(frozen=True, slots=True)
class Calendar:
    """The working days of one partnership.

    closing_days: days on which the whole partnership is closed (carnival, a study day).
    good_friday: closed on Good Friday. No Dutch law makes it a day off; many employers do.
    liberation_day: closed on 5 May never, each fifth year (2025, 2030), or each year.
    open_days: working days in a weekend or on a holiday; these override all others.
    """

    closing_days: frozenset[date] = frozenset()
    good_friday: bool = False
    liberation_day: LiberationDay = LiberationDay.LUSTRUM
    open_days: frozenset[date] = field(default_factory=frozenset)

    def is_working_day(self, day: date) -> bool:
        """Return whether that day is a working day of this partnership."""
        if day in self.open_days:
            return True
        return (
            day.weekday() < 5
            and day not in self.closing_days
            and day not in _official(day.year, self.good_friday, self.liberation_day)
        )

    def holiday_name(self, day: date) -> str | None:
        """Return the Dutch name of the holiday that this calendar observes on that day, or None."""
        if day in self.open_days:
            return None
        return _official(day.year, self.good_friday, self.liberation_day).get(day)

    def add_working_days(self, day: date, count: int) -> date:
        """Return the day `count` working days after `day` (before it where count < 0).

        `day` itself never counts. With 0, return `day` if it is a working day, otherwise the next
        one: a promise made on Saturday for "today" is a promise for Monday.
        Raises NoWorkingDayError where the calendar is closed for more than a year.
        """
        if count == 0:
            return self._seek(day - _DAY, _DAY)
        step = _DAY if count > 0 else -_DAY
        for _ in range(abs(count)):
            day = self._seek(day, step)
        return day

    def working_days_between(self, start: date, end: date) -> int:
        """Return the number of working days after `start` up to and including `end`.

        Negative where `end` is before `start`.
        """
        if end < start:
            return -self.working_days_between(end, start)
        days = (start + _DAY * n for n in range(1, (end - start).days + 1))
        return sum(map(self.is_working_day, days))

    def overdue_by(self, due_on: date, today: date) -> int:
        """Return by how many working days something due on `due_on` is late; 0 if it is not.

        It is late from the end of its day on: what was due on Friday is late by one on Saturday,
        on Sunday and on Monday.
        """
        if today <= due_on:
            return 0
        return max(1, self.working_days_between(due_on, today))

    def reads_now(self, now: datetime, hours: OpeningHours = OFFICE_HOURS) -> bool:
        """Return whether it is a working day and within the hours at this moment."""
        local = _aware(now).astimezone(AMSTERDAM)
        if not self.is_working_day(local.date()):
            return False
        clock = local.time().replace(tzinfo=None)
        return any(begin <= clock < until for begin, until in hours.on(local.date()))

    def next_working_moment(self, now: datetime, hours: OpeningHours = OFFICE_HOURS) -> datetime:
        """Return the first working moment (UTC) from `now` on, possibly `now` itself.

        Raises NoWorkingDayError where the hours or the calendar leave no such moment for a year.
        """
        moment = _aware(now).astimezone(UTC)
        if self.reads_now(moment, hours):
            return moment
        day = local_date(moment)
        for offset in range(_MAX_CLOSED_IN_A_ROW):
            candidate = day + _DAY * offset
            if not self.is_working_day(candidate):
                continue
            for begin, _until in hours.on(candidate):
                opens = local_moment(candidate, begin)
                if opens >= moment:
                    return opens
        raise NoWorkingDayError(day)

    def _seek(self, day: date, step: timedelta) -> date:
        for _ in range(_MAX_CLOSED_IN_A_ROW):
            day += step
            if self.is_working_day(day):
                return day
        raise NoWorkingDayError(day)


def _aware(now: datetime) -> datetime:
    if now.tzinfo is None:
        raise ValueError("a moment without a time zone has no date in Amsterdam")
    return now


@lru_cache(maxsize=1024)
def _official(year: int, good_friday: bool, liberation_day: LiberationDay) -> Mapping[date, str]:
    """Return the official holidays of a year with their Dutch names.

    The library includes Good Friday and, every fifth year, 5 May. Both are the partnership's
    choice, so they are set here instead.
    """
    days = dict(holidays.country_holidays("NL", years=[year], language="nl"))
    friday, fifth_of_may = easter(year) - 2 * _DAY, date(year, 5, 5)
    name_of_friday = days.pop(friday, "Goede vrijdag")
    # In 2008 Ascension Day fell on 1 May and in 2016 on 5 May: then 5 May stays a holiday.
    ascension = easter(year) + 39 * _DAY
    if fifth_of_may != ascension:
        days.pop(fifth_of_may, None)
    if good_friday:
        days[friday] = name_of_friday
    if liberation_day is LiberationDay.YEARLY or (
        liberation_day is LiberationDay.LUSTRUM and year % 5 == 0
    ):
        days.setdefault(fifth_of_may, "Bevrijdingsdag")
    return MappingProxyType(days)
