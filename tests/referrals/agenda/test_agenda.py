"""The agenda: what stands in it, on the page and in the feed of a worker's own calendar."""

from datetime import date, datetime, time, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from icalendar import Calendar

from intake.questions.models import Question
from organisations.roles.models import Membership
from referrals.agenda import entries, feeds
from referrals.agenda.entries import Sort
from referrals.agenda.models import CalendarFeed
from referrals.casework import pick_up
from referrals.follow_ups import staff_actions
from referrals.follow_ups.models import FollowUp
from referrals.handovers.models import Handover
from tests.referrals.conferences.family_conference import Family
from tests.referrals.handovers.case import Case
from tests.support import factories as make
from tests.support.factories import World
from tests.support.signing_in import signed_in
from welzijn.accounts.models import User
from welzijn.audit.models import AccessEvent
from welzijn.core.working_days import local_moment

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_tuesday", "no_second_factor")]
NOW = make.TUESDAY
FRIDAY = date(2026, 11, 27)
WEEK = (date(2026, 11, 23), date(2026, 11, 29))
HOST = {"host": "putten.localhost"}


@pytest.fixture
def here() -> World:
    return make.world()


@pytest.fixture
def worker(here: World) -> User:
    return make.intake_worker(here, "stimenz")


@pytest.fixture
def question(here: World, worker: User) -> Question:
    made = make.question(here, "geld", name="Zeynep Yildiz")
    pick_up.pick_up(question=made, by=worker, now=NOW)
    staff_actions.plan(
        question=made,
        what="langs bij Zeynep",
        due_on=FRIDAY,
        at_time=time(14, 30),
        by=worker,
        now=NOW,
    )
    return made


def of(
    user: User, here: World, days: tuple[date, date] = WEEK, now: datetime = NOW
) -> list[entries.Entry]:
    return entries.between(
        user=user, partnership=here.partnership, first=days[0], last=days[1], now=now
    )


def test_plans_with_their_time_and_a_term_of_the_law(
    here: World, worker: User, question: Question
) -> None:
    FollowUp.objects.filter(kind="first_contact").update(kind="clock")
    found = {one.sort: one for one in of(worker, here)}
    assert found[Sort.PLAN].begins == local_moment(FRIDAY, time(14, 30))
    assert found[Sort.PLAN].what == "langs bij Zeynep"
    assert found[Sort.LEGAL].begins is None


def test_only_ones_own_and_only_what_one_may_read(
    here: World, worker: User, question: Question
) -> None:
    assert of(make.intake_worker(here, "stimenz"), here) == []
    Membership.objects.filter(user=worker).update(until=NOW.date())
    assert [one for one in of(worker, here, now=NOW + timedelta(days=1)) if one.question] == []


def test_a_meeting_and_an_mdo() -> None:
    case = Case()
    handover = case.accepted()
    at = NOW + timedelta(days=2)
    Handover.objects.filter(pk=handover.pk).update(meeting_at=at, meeting_where="Trefpunt")
    week = entries.week_of(at.date())
    for user in (case.sender, case.receiver):
        one = next(e for e in of(user, case.here, week) if e.sort is Sort.MEETING)
        assert (one.begins, one.where) == (at, "Trefpunt")


def test_an_mdo_of_who_is_invited() -> None:
    family = Family()
    conference = family.planned()
    assert conference.starts_at is not None
    week = entries.week_of(conference.starts_at.date())
    (one,) = [e for e in of(family.youth, family.here, week) if e.sort is Sort.CONFERENCE]
    assert one.begins == conference.starts_at


def test_learning_sessions_of_the_neighbourhoods(here: World, worker: User) -> None:
    here.partnership.learning_sessions = [
        {
            "name": "Intervisie",
            "weekday": 4,
            "every": "week",
            "which": None,
            "start": "12:00",
            "end": "13:00",
            "place": "Trefpunt",
        }
    ]
    here.partnership.save()
    (one,) = of(worker, here)
    assert (one.sort, one.what, one.day) == (Sort.SESSION, "Intervisie", date(2026, 11, 26))


def test_the_page_shows_a_week_or_a_day_and_records_the_look(
    worker: User, question: Question
) -> None:
    client = signed_in(worker)
    page = client.get("/agenda/?op=2026-11-27").content.decode()
    assert "langs bij Zeynep" in page.replace("Langs", "langs")
    assert "14.30 tot 15.00 uur" in page
    assert AccessEvent.objects.filter(actor=worker, reason="agenda").count() == 1
    day = client.get("/agenda/?beeld=dag&op=2026-11-26").content.decode()
    assert "14.30" not in day
    assert client.get("/agenda/?op=geen-dag").status_code == 200


def test_the_same_queries_at_any_size(here: World, worker: User, question: Question) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            of(worker, here)
        return len(captured)

    of(worker, here)
    few = queries()
    for _n in range(5):
        staff_actions.plan(question=question, what="bellen", due_on=FRIDAY, by=worker, now=NOW)
    assert queries() == few


def feed_of(worker: User) -> tuple[Client, str]:
    client = signed_in(worker)
    page = client.post("/agenda/adres/", {"keuze": "maak"}, follow=True).content.decode()
    address = page.split("/agenda/")[-1] if "/agenda/" in page else ""
    start = page.index("http", page.index("<code"))
    address = page[start : page.index(".ics", start) + 4]
    return client, address.removeprefix("http://putten.localhost")


def test_the_feed_shows_no_person(here: World, worker: User, question: Question) -> None:
    _client, path = feed_of(worker)
    looks = AccessEvent.objects.count()
    answer = Client(headers=HOST).get(path)
    assert answer["Content-Type"].startswith("text/calendar")
    made = answer.content.decode()
    for secret in ("Zeynep", question.reference, str(question.pk), "langs", "Stimenz"):
        assert secret not in made
    summaries = {str(e["SUMMARY"]) for e in Calendar.from_ical(made).walk("VEVENT")}
    assert summaries == {"Te doen"}
    assert AccessEvent.objects.count() == looks


def test_the_address_is_shown_once_kept_as_a_hash_and_ends(
    here: World, worker: User, question: Question
) -> None:
    client, path = feed_of(worker)
    token = path.removeprefix("/agenda/").removesuffix(".ics")
    assert len(token) >= 40
    assert token not in str(list(CalendarFeed.objects.values()))
    assert token not in client.get("/agenda/").content.decode()
    other, newer = feed_of(worker)
    assert Client(headers=HOST).get(path).status_code == 404
    assert Client(headers=HOST).get(newer).status_code == 200
    other.post("/agenda/adres/", {"keuze": "stop"})
    assert Client(headers=HOST).get(newer).status_code == 404
    assert Client(headers=HOST).get("/agenda/geraden.ics").status_code == 404


def test_a_role_that_ends_ends_the_feed(here: World, worker: User) -> None:
    token = feeds.make(user=worker, partnership=here.partnership, now=NOW)
    assert feeds.of_token(token, here.partnership, NOW) == worker
    Membership.objects.filter(user=worker).update(until=NOW.date() - timedelta(days=1))
    assert feeds.of_token(token, here.partnership, NOW) is None
    User.objects.filter(pk=worker.pk).update(is_active=False)
    assert feeds.of_token(token, here.partnership, NOW) is None


def test_another_partnership_does_not_serve_it(here: World, worker: User) -> None:
    token = feeds.make(user=worker, partnership=here.partnership, now=NOW)
    assert feeds.of_token(token, make.partnership("oss"), NOW) is None
