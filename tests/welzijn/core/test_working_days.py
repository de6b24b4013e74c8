"""The working-day calendar: Dutch holidays, closing days, opening hours, summer time."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from welzijn.core.working_days import (
    AMSTERDAM,
    Calendar,
    LiberationDay,
    NoWorkingDayError,
    OpeningHours,
    local_date,
    local_moment,
)

DAYS = Calendar()
dates = st.dates(date(2010, 1, 1), date(2060, 1, 1))
counts = st.integers(0, 60)
moments = st.integers(0, 40 * 366 * 24 * 4).map(
    lambda quarters: datetime(2010, 1, 1, tzinfo=UTC) + timedelta(minutes=15 * quarters)
)
calendars = st.builds(
    Calendar,
    closing_days=st.frozensets(dates, max_size=20),
    good_friday=st.booleans(),
    liberation_day=st.sampled_from(LiberationDay),
    open_days=st.frozensets(dates, max_size=5),
)


@pytest.mark.parametrize(
    ("day", "works"),
    [
        ("2026-01-01", False),
        ("2026-04-03", True),  # Good Friday: no day off by law
        ("2026-04-06", False),  # Easter Monday
        ("2026-04-27", False),  # King's Day
        ("2025-04-27", False),  # a Sunday, so that King's Day was on the 26th, a Saturday
        ("2025-04-28", True),
        ("2026-05-05", True),  # Liberation Day in an ordinary year
        ("2025-05-05", False),  # and in a lustrum
        ("2026-05-14", False),  # Ascension Day
        ("2026-05-15", True),  # the Friday after it is a choice of one's own
        ("2026-05-25", False),  # Whit Monday
        ("2026-12-25", False),
        ("2026-12-26", False),
        ("2026-12-31", True),
        ("2026-02-16", True),  # carnival Monday: a closing day in Brabant, no holiday
        ("2026-11-28", False),  # Saturday
        ("2016-05-05", False),  # Ascension Day on 5 May
        ("2008-05-01", False),  # Ascension Day on 1 May
    ],
)
def test_the_national_holidays_and_no_others(day, works) -> None:
    assert DAYS.is_working_day(date.fromisoformat(day)) is works


@pytest.mark.parametrize(
    ("choice", "ordinary_year", "lustrum"),
    [
        (LiberationDay.NEVER, True, True),
        (LiberationDay.LUSTRUM, True, False),
        (LiberationDay.YEARLY, False, False),
    ],
)
def test_the_fifth_of_may_is_the_partnerships_choice(choice, ordinary_year, lustrum) -> None:
    calendar = Calendar(liberation_day=choice)
    assert calendar.is_working_day(date(2026, 5, 5)) is ordinary_year
    assert calendar.is_working_day(date(2025, 5, 5)) is lustrum


def test_good_friday_and_carnival_count_where_the_partnership_says_so() -> None:
    brabant = Calendar(closing_days=frozenset({date(2026, 2, 16)}), good_friday=True)
    assert not brabant.is_working_day(date(2026, 2, 16))
    assert not brabant.is_working_day(date(2026, 4, 3))
    assert brabant.holiday_name(date(2026, 4, 3)) == "Goede vrijdag"
    assert brabant.holiday_name(date(2026, 4, 27)) == "Koningsdag"
    assert DAYS.holiday_name(date(2026, 4, 3)) is None


def test_a_day_worked_on_purpose_wins() -> None:
    saturday, christmas = date(2026, 11, 28), date(2026, 12, 25)
    calendar = Calendar(open_days=frozenset({saturday, christmas}))
    assert calendar.is_working_day(saturday)
    assert calendar.is_working_day(christmas)
    assert calendar.holiday_name(christmas) is None


def test_two_working_days_over_easter() -> None:
    thursday = date(2026, 4, 2)
    assert DAYS.add_working_days(thursday, 2) == date(2026, 4, 7)
    assert Calendar(good_friday=True).add_working_days(thursday, 2) == date(2026, 4, 8)


def test_today_on_a_saturday_means_monday() -> None:
    assert DAYS.add_working_days(date(2026, 11, 28), 0) == date(2026, 11, 30)
    assert DAYS.add_working_days(date(2026, 11, 30), 0) == date(2026, 11, 30)


def test_back_in_time() -> None:
    assert DAYS.add_working_days(date(2026, 11, 30), -1) == date(2026, 11, 27)


def test_what_was_due_on_friday_is_late_from_the_end_of_friday_on() -> None:
    friday = date(2026, 11, 27)
    late = [DAYS.overdue_by(friday, friday + timedelta(days=n)) for n in range(-1, 6)]
    assert late == [0, 0, 1, 1, 1, 2, 3]


def test_reading_along() -> None:
    def at(text: str) -> datetime:
        return datetime.fromisoformat(text).replace(tzinfo=AMSTERDAM).astimezone(UTC)

    assert DAYS.reads_now(at("2026-11-27 09:00"))
    assert DAYS.reads_now(at("2026-11-27 16:59"))
    assert not DAYS.reads_now(at("2026-11-27 17:00"))
    assert not DAYS.reads_now(at("2026-11-27 18:10"))
    assert not DAYS.reads_now(at("2026-11-28 11:00"))
    assert not DAYS.reads_now(at("2026-12-25 11:00"))
    assert DAYS.next_working_moment(at("2026-11-27 18:10")) == at("2026-11-30 09:00")
    assert DAYS.next_working_moment(at("2026-11-27 08:00")) == at("2026-11-27 09:00")
    assert DAYS.next_working_moment(at("2026-11-27 10:15")) == at("2026-11-27 10:15")


def test_a_lunch_break_and_a_free_wednesday() -> None:
    hours = OpeningHours(
        {
            1: ((time(13), time(17)), (time(9), time(12))),
            2: ((time(9), time(12)),),
        }
    )
    monday_noon = local_moment(date(2026, 11, 30), time(12, 30))
    assert not DAYS.reads_now(monday_noon, hours)
    assert DAYS.next_working_moment(monday_noon, hours) == local_moment(
        date(2026, 11, 30), time(13)
    )
    wednesday = local_moment(date(2026, 12, 2), time(10))
    assert DAYS.next_working_moment(wednesday, hours) == local_moment(date(2026, 12, 7), time(9))


def test_the_date_in_amsterdam_around_midnight_in_both_seasons() -> None:
    assert local_date(datetime(2026, 11, 24, 22, 59, tzinfo=UTC)) == date(2026, 11, 24)
    assert local_date(datetime(2026, 11, 24, 23, 0, tzinfo=UTC)) == date(2026, 11, 25)
    assert local_date(datetime(2026, 7, 1, 21, 59, tzinfo=UTC)) == date(2026, 7, 1)
    assert local_date(datetime(2026, 7, 1, 22, 0, tzinfo=UTC)) == date(2026, 7, 2)


def test_summer_time_changes_the_hour_and_not_the_promise() -> None:
    friday, monday = date(2026, 3, 27), date(2026, 3, 30)
    assert local_moment(friday, time(9)).hour == 8
    assert local_moment(monday, time(9)).hour == 7
    assert DAYS.next_working_moment(local_moment(friday, time(17))) == local_moment(monday, time(9))
    skipped = local_moment(date(2026, 3, 29), time(2, 30))
    assert skipped == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)
    twice = local_moment(date(2026, 10, 25), time(2, 30))
    assert twice == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


def test_a_moment_without_a_zone_is_refused() -> None:
    naive = datetime(2026, 11, 24, 12)  # noqa: DTZ001 - the mistake under test
    with pytest.raises(ValueError, match="time zone"):
        local_date(naive)
    with pytest.raises(ValueError, match="time zone"):
        DAYS.reads_now(naive)


def test_a_calendar_that_is_always_closed_says_so() -> None:
    start = date(2026, 1, 1)
    closed = Calendar(frozenset(start + timedelta(days=n) for n in range(800)))
    with pytest.raises(NoWorkingDayError):
        closed.add_working_days(start, 1)
    with pytest.raises(NoWorkingDayError):
        DAYS.next_working_moment(datetime(2026, 1, 1, tzinfo=UTC), OpeningHours({}))


@given(calendars, dates, counts)
def test_the_answer_is_a_working_day_and_never_earlier(calendar, day, count) -> None:
    later = calendar.add_working_days(day, count)
    assert calendar.is_working_day(later)
    assert later >= day + timedelta(days=count)


@given(calendars, dates, st.integers(1, 60))
def test_counting_undoes_adding(calendar, day, count) -> None:
    assert calendar.working_days_between(day, calendar.add_working_days(day, count)) == count


@given(calendars, dates, st.integers(1, 60))
def test_back_and_forth_from_a_working_day_is_where_one_was(calendar, day, count) -> None:
    start = calendar.add_working_days(day, 0)
    assert calendar.add_working_days(calendar.add_working_days(start, count), -count) == start


@given(calendars, dates, counts)
def test_one_step_at_a_time_is_the_same_walk(calendar, day, count) -> None:
    walked = calendar.add_working_days(day, 1)
    for _ in range(count):
        walked = calendar.add_working_days(walked, 1)
    assert walked == calendar.add_working_days(day, count + 1)


@given(calendars, dates, dates, counts)
def test_a_later_start_never_gives_an_earlier_deadline(calendar, one, other, count) -> None:
    early, late = sorted([one, other])
    assert calendar.add_working_days(early, count) <= calendar.add_working_days(late, count)


@given(calendars, dates, st.frozensets(dates, max_size=10), counts)
def test_a_day_off_more_never_brings_a_deadline_nearer(calendar, day, more, count) -> None:
    stricter = Calendar(
        calendar.closing_days | more,
        calendar.good_friday,
        calendar.liberation_day,
        calendar.open_days,
    )
    assert stricter.add_working_days(day, count) >= calendar.add_working_days(day, count)


@given(calendars, dates, st.integers(0, 200))
def test_late_from_the_end_of_the_day_and_later_only_by_a_working_day(
    calendar, due, passed
) -> None:
    today = due + timedelta(days=passed)
    now = calendar.overdue_by(due, today)
    assert (now > 0) is (passed > 0)
    assert now == (max(1, calendar.working_days_between(due, today)) if passed else 0)


@given(calendars, moments)
def test_the_next_working_moment_is_one_and_the_first(calendar, moment) -> None:
    then = calendar.next_working_moment(moment)
    assert then >= moment
    assert calendar.reads_now(then)
    assert calendar.next_working_moment(then) == then
    if then > moment:
        assert not calendar.reads_now(then - timedelta(seconds=1))


@given(moments)
def test_every_moment_lies_in_the_day_that_amsterdam_says(moment) -> None:
    day = local_date(moment)
    assert local_moment(day) <= moment < local_moment(day + timedelta(days=1))
