"""The working days of a partnership, and the hours in which its desk reads questions."""

from datetime import time
from types import MappingProxyType

from organisations.partnerships.models import Partnership
from welzijn.core.working_days import Calendar, LiberationDay, OpeningHours


def calendar(partnership: Partnership) -> Calendar:
    """Return the working-day calendar: Dutch holidays and the partnership's closing days."""
    return Calendar(
        closing_days=frozenset(partnership.closing_days.values_list("day", flat=True)),
        good_friday=partnership.good_friday,
        liberation_day=LiberationDay(partnership.liberation_day),
    )


def hours(partnership: Partnership) -> OpeningHours:
    """Return the hours in which the desk reads questions, from the partnership's file."""
    return OpeningHours(
        MappingProxyType(
            {
                int(weekday): tuple(
                    (time.fromisoformat(begin), time.fromisoformat(end)) for begin, end in slots
                )
                for weekday, slots in partnership.reading_hours.items()
            }
        )
    )
