"""Who is told: each once, only while their role holds, and not who did it themselves."""

from datetime import date, timedelta
from typing import Any

import pytest

from intake.questions import question_sentences, timeline
from intake.questions.models import Question, TimelineEntry
from organisations.roles.models import Membership, Role
from referrals.casework_base import notify
from tests.support import factories as make
from welzijn.notifications.models import Message

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 24)


@pytest.fixture
def here() -> make.World:
    return make.world()


def happened(question: Question) -> TimelineEntry:
    return timeline.by_system(
        question=question,
        kind=TimelineEntry.Kind.ADDED,
        sentence=question_sentences.WORDS_ADDED(words="x"),
        now=make.TUESDAY,
    )


def test_intake_workers_are_those_who_read_what_is_new_at_that_organisation(
    here: make.World,
) -> None:
    reads = make.intake_worker(here, "stimenz")
    make.professional(here, "stimenz")
    make.intake_worker(here, "actief")
    make.member(here, Role.FRONT_DESK, "stimenz")
    make.intake_worker(make.world("oss"), "stimenz")
    found = notify.intake_workers(here["stimenz"].pk, here.partnership.pk, TODAY)
    assert found == [reads]


def test_two_roles_are_one_person(here: make.World) -> None:
    worker = make.intake_worker(here, "stimenz")
    make.member(here, Role.COORDINATOR, "stimenz", who=worker, reads_new=True)
    assert notify.intake_workers(here["stimenz"].pk, here.partnership.pk, TODAY) == [worker]
    make.member(here, Role.COORDINATOR, "actief", who=worker)
    assert notify.coordinators(here.partnership.pk, TODAY) == [worker]


@pytest.mark.parametrize(
    ("fields", "found"),
    [
        ({"until": TODAY}, 1),
        ({"until": TODAY - timedelta(days=1)}, 0),
        ({"since": TODAY}, 1),
        ({"since": TODAY + timedelta(days=1)}, 0),
    ],
)
def test_a_role_counts_on_its_first_and_last_day(
    here: make.World, fields: dict[str, Any], found: int
) -> None:
    member = make.triagist(here)
    boss = make.coordinator(here)
    Membership.objects.filter(user__in=[member, boss]).update(**fields)
    assert notify.team_members(here.triage.pk, TODAY) == [member] * found
    assert notify.coordinators(here.partnership.pk, TODAY) == [boss] * found


def test_a_neighbourhood_has_its_own_lead(here: make.World) -> None:
    lead = make.member(here, Role.NEIGHBOURHOOD_LEAD, neighbourhood=here.places["dorp"])
    make.member(here, Role.NEIGHBOURHOOD_LEAD, neighbourhood=here.places["huinen"])
    assert notify.neighbourhood_leads(here.places["dorp"].pk, TODAY) == [lead]


def test_staff_hear_once_and_not_who_did_it(here: make.World) -> None:
    question, one, other = make.question(here, "geld"), make.user(), make.user()
    entry = happened(question)
    recipients = [notify.user(one), notify.user(other), notify.user(one)]
    notify.staff(question, entry, recipients, "question_moved", make.TUESDAY, exclude=other)
    [notified] = Message.objects.filter(subject_id=entry.pk)
    assert notified.recipient_key == f"user:{one.pk}"
    assert notified.context == {
        "reference": question.reference,
        "path": f"/vraagstuk/{question.pk}/",
    }
    assert (notified.about_id, notified.template) == (question.pk, "question_moved")


def test_somebody_who_cannot_open_it_gets_another_way_in(here: make.World) -> None:
    question, user = make.question(here, "geld"), make.user()
    entry = happened(question)
    notify.staff(
        question, entry, [notify.user(user)], "question_moved", make.TUESDAY, path="/werk/"
    )
    assert Message.objects.get(subject_id=entry.pk).context["path"] == "/werk/"


def test_the_resident_hears_only_that_there_is_news(here: make.World) -> None:
    reach = make.ContactChoices(email="a@voordeur.example", ways=("email",))
    question = make.question(here, "geld", name="Ada", reach=reach)
    entry = happened(question)
    for _twice in range(2):
        notify.resident(question, entry, make.TUESDAY)
    [notified] = Message.objects.filter(subject_kind="question.news", subject_id=entry.pk)
    assert (notified.template, notified.context, notified.recipient_kind) == (
        "news",
        {},
        "resident",
    )
