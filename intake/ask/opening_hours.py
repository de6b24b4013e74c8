"""When questions are read, in words for residents."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from organisations.front_door.configuration import FrontDoor
from welzijn.core import dates
from welzijn.core.working_days import AMSTERDAM, OpeningHours, local_date

_PARTS = {
    "morning": (time(0), time(12)),
    "afternoon": (time(12), time(18)),
    "evening": (time(18), time(23, 59)),
}
# A Monday, from which the names of weekdays are formatted.
_MONDAY = date(2000, 1, 3)


@dataclass(frozen=True, slots=True)
class Availability:
    """Whether questions are read now, and from which day and local time they are again."""

    now: bool
    today: bool
    day: date
    time: str


def availability(front: FrontDoor, now: datetime) -> Availability:
    """Return what a page says before a resident types. `now` is timezone-aware."""
    begins = front.calendar.next_working_moment(now, front.hours).astimezone(AMSTERDAM)
    return Availability(
        now=front.reads_now(now),
        today=begins.date() == local_date(now),
        day=begins.date(),
        time=clock(begins.time()),
    )


def parts_of_the_day(hours: OpeningHours) -> list[str]:
    """Return the parts of the day in which somebody is there on some day: nobody calls outside."""
    slots = [slot for of_day in hours.slots.values() for slot in of_day]
    return [
        part
        for part, (begin, until) in _PARTS.items()
        if any(opens < until and closes > begin for opens, closes in slots)
    ]


def clock(at: time) -> str:
    """Return a time in Dutch notation: "9.00", "13.30"."""
    return f"{at.hour}.{at.minute:02d}"


def hours_in_words(hours: OpeningHours) -> list[tuple[str, str]]:
    """Return the reading hours as (days, times), consecutive days with the same times joined.

    For example ("Maandag tot en met vrijdag", "9.00 tot 17.00 uur"). Days off are left out.
    """
    runs: list[tuple[list[int], str]] = []
    for weekday in range(1, 8):
        times = _(" en ").join(
            _("{begin} tot {until} uur").format(begin=clock(begin), until=clock(until))
            for begin, until in sorted(hours.slots.get(weekday, ()))
        )
        if runs and runs[-1][1] == times and runs[-1][0][-1] == weekday - 1:
            runs[-1][0].append(weekday)
        else:
            runs.append(([weekday], times))
    return [(capfirst(_days(days)), times) for days, times in runs if times]


def _days(weekdays: list[int]) -> str:
    first, last = _weekday(weekdays[0]), _weekday(weekdays[-1])
    if len(weekdays) == 1:
        return first
    if len(weekdays) == 2:
        return join_words([first, last])
    return _("{first} tot en met {last}").format(first=first, last=last)


def _weekday(number: int) -> str:
    return dates.weekday_named(_MONDAY.replace(day=_MONDAY.day + number - 1))


def join_words(words: Iterable[str]) -> str:
    """Join words as "a, b en c"."""
    found = list(words)
    if len(found) < 2:
        return "".join(found)
    return _("{list} en {last}").format(list=", ".join(found[:-1]), last=found[-1])
