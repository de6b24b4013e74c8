"""Learning sessions come back on the right days, in every year, and stay out on a holiday."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar as ICalendar

from organisations.front_door import configuration as front_door
from organisations.learning_sessions.schedule import days, describe_recurrence, upcoming
from organisations.partnership_file.loading import load
from organisations.partnership_file.reading import read_file
from organisations.partnerships.models import Partnership
from organisations.roles.models import Role
from tests.support.factories import user

NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
BASE = {"name": "Leersessie", "start": "12:00", "end": "13:00", "place": "", "which": None}
FIRST = BASE | {"every": "month", "which": 1, "weekday": 2}
LAST = BASE | {"every": "month", "which": -1, "weekday": 2, "end": "13:30"}
EVEN = BASE | {"every": "even_weeks", "weekday": 2, "start": "11:00"}


def test_the_first_tuesday_of_each_month():
    assert list(days(FIRST, date(2026, 11, 24), date(2027, 3, 1))) == [
        date(2026, 12, 1),
        date(2027, 1, 5),
        date(2027, 2, 2),
    ]


def test_the_last_tuesday_of_each_month():
    assert list(days(LAST, date(2026, 11, 24), date(2027, 2, 28))) == [
        date(2026, 11, 24),
        date(2026, 12, 29),
        date(2027, 1, 26),
        date(2027, 2, 23),
    ]


def test_even_weeks_go_by_the_number_of_the_week_also_after_week_53():
    found = list(days(EVEN, date(2026, 12, 15), date(2027, 2, 1)))
    assert [day.isocalendar().week for day in found] == [52, 2, 4]
    assert found == [date(2026, 12, 22), date(2027, 1, 12), date(2027, 1, 26)]
    assert (found[1] - found[0]) == timedelta(days=21), "week 53 is odd, and so is week 1"


@settings(deadline=None)
@given(
    start=st.dates(date(2020, 1, 1), date(2040, 1, 1)),
    weekday=st.integers(1, 7),
    which=st.sampled_from([1, 2, 3, 4, -1]),
)
def test_every_month_has_exactly_one(start, weekday, which):
    first = start.replace(day=1)
    found = list(
        days(FIRST | {"which": which, "weekday": weekday}, first, first + timedelta(days=400))
    )
    months = [(day.year, day.month) for day in found]
    assert all(day.isoweekday() == weekday for day in found)
    assert len(months) == len(set(months)) >= 13


@pytest.mark.parametrize(
    ("recurrence", "expected"),
    [
        (FIRST, "elke eerste dinsdag van de maand, 12.00 tot 13.00 uur"),
        (LAST, "elke laatste dinsdag van de maand, 12.00 tot 13.30 uur"),
        (EVEN, "elke dinsdag van een even week, 11.00 tot 13.00 uur"),
    ],
)
def test_a_recurrence_is_said_in_words(recurrence, expected):
    assert describe_recurrence(recurrence) == expected


@pytest.fixture
def oss(db) -> Partnership:
    path = Path(django_settings.BASE_DIR) / "organisations" / "partnerships" / "oss.toml"
    return load(file=read_file(path), source=path.name, now=NOW).partnership


def test_the_sessions_of_oss_in_order_and_in_summer_time(oss):
    sessions = upcoming(
        partnership=oss,
        neighbourhoods=list(oss.neighbourhoods.order_by("name")),
        calendar=front_door.of(oss).calendar,
        now=NOW,
    )
    assert [(s.where, s.day) for s in sessions[:4]] == [
        ("West", date(2026, 11, 24)),
        ("Zuid", date(2026, 11, 24)),
        ("Noord-West", date(2026, 12, 1)),
        ("West", date(2026, 12, 8)),
    ]
    july = next(s for s in sessions if s.where == "Noord-West" and s.day == date(2027, 7, 6))
    assert july.starts.astimezone(UTC).hour == 10, "12.00 in Oss is 10.00 UTC in summer"


def test_on_a_holiday_or_a_closing_day_there_is_none_and_it_says_why(oss):
    oss.closing_days.create(day=date(2026, 12, 1), name="Studiedag")
    oss.learning_sessions = [FIRST | {"every": "week", "weekday": 5, "name": "Samen"}]
    oss.save()
    oss.refresh_from_db()
    sessions = upcoming(
        partnership=oss,
        neighbourhoods=list(oss.neighbourhoods.filter(slug="noord-west")),
        calendar=front_door.of(oss).calendar,
        now=NOW,
    )
    off = {session.day: session.off for session in sessions if session.off}
    assert off[date(2026, 12, 1)] == "Studiedag"
    assert off[date(2026, 12, 25)] == "Eerste kerstdag"
    assert date(2026, 12, 4) not in off


HOST = {"headers": {"host": "oss.localhost"}}


def test_the_feed_can_be_subscribed_to_and_stays_the_same(client, oss):
    response = client.get("/leersessies/agenda.ics?wijk=zuid", **HOST)
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    events = ICalendar.from_ical(response.content).walk("VEVENT")
    titles = {"CONFIRMED": "Leersessie Zuid", "CANCELLED": "Vervallen: Leersessie Zuid"}
    assert {str(e["status"]) for e in events} == set(titles)
    assert all(str(e["summary"]) == titles[str(e["status"])] for e in events)
    assert all((e["transp"] == "TRANSPARENT") == (e["status"] == "CANCELLED") for e in events)
    assert len({str(e["uid"]) for e in events}) == len(events) >= 12
    again = ICalendar.from_ical(client.get("/leersessies/agenda.ics?wijk=zuid", **HOST).content)
    assert [e["uid"] for e in again.walk("VEVENT")] == [e["uid"] for e in events]


@pytest.mark.parametrize("query", ["?wijk=niets", "?wijk=%00"])
def test_a_neighbourhood_that_does_not_exist_has_no_feed(client, oss, query):
    assert client.get(f"/leersessies/agenda.ics{query}", **HOST).status_code == 404


def test_the_bare_host_has_no_feed(client, oss):
    response = client.get("/leersessies/agenda.ics", headers={"host": "localhost"})
    assert response.status_code == 404


def test_staff_see_the_next_dates_and_residents_do_not(client, oss, settings):
    assert client.get("/leersessies/", **HOST).status_code == 302
    settings.WELZIJN_DEMO = True
    somebody = user("Yusuf")
    oss.memberships.create(
        user=somebody,
        organisation=oss.triage_team.organisation,
        role=Role.PROFESSIONAL,
        since=date(2022, 1, 1),
    )
    client.force_login(somebody, backend="allauth.account.auth_backends.AuthenticationBackend")
    html = client.get("/leersessies/", **HOST).content.decode()
    assert "elke eerste dinsdag van de maand, 12.00 tot 13.00 uur" in html
    assert "Leersessie West" in html
