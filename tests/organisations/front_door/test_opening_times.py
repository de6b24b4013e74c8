"""The working days and reading hours of a partnership."""

from datetime import date, time

import pytest

from organisations.front_door import opening_times
from tests.support import factories as make

pytestmark = pytest.mark.django_db


def test_closing_days_and_dutch_holidays_are_no_working_days() -> None:
    partnership = make.partnership()
    partnership.closing_days.create(day=date(2026, 11, 24), name="Studiedag")
    calendar = opening_times.calendar(partnership)
    assert not calendar.is_working_day(date(2026, 11, 24))
    assert not calendar.is_working_day(date(2026, 12, 25))
    assert calendar.is_working_day(date(2026, 11, 25))


@pytest.mark.parametrize("closed", [True, False])
def test_good_friday_is_the_choice_of_the_partnership(closed: bool) -> None:
    calendar = opening_times.calendar(make.partnership(good_friday=closed))
    assert calendar.is_working_day(date(2026, 4, 3)) is not closed


@pytest.mark.parametrize(
    ("choice", "closed"), [("never", []), ("lustrum", [2025]), ("yearly", [2025, 2026])]
)
def test_liberation_day_is_the_choice_of_the_partnership(choice: str, closed: list[int]) -> None:
    calendar = opening_times.calendar(make.partnership(liberation_day=choice))
    assert [y for y in (2025, 2026) if not calendar.is_working_day(date(y, 5, 5))] == closed


def test_reading_hours_are_those_of_the_file_by_weekday() -> None:
    slots = {"2": [["09:00", "12:00"], ["13:00", "17:00"]]}
    hours = opening_times.hours(make.partnership(reading_hours=slots))
    assert hours.on(date(2026, 11, 24)) == ((time(9), time(12)), (time(13), time(17)))
    assert hours.on(date(2026, 11, 25)) == ()
