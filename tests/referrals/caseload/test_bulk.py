"""One step with several questions: each is checked, and what couldn't be done is named."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from intake.questions.models import Question
from referrals.caseload import bulk
from referrals.caseload.models import Spread
from referrals.casework import pick_up
from referrals.casework.models import OutsideChange
from referrals.follow_ups.models import FollowUp
from tests.support import factories as make
from welzijn.notifications.models import Message

pytestmark = pytest.mark.django_db
HOST = {"host": "putten.localhost"}


def said(client: Client, path: str, data: dict[str, Any]) -> str:
    """What the page says after a step."""
    answer = client.post(path, data, headers=HOST, follow=True)
    return answer.content.decode()


def ids(*questions: Question) -> list[str]:
    return [str(question.pk) for question in questions]


@pytest.fixture
def earlier() -> Any:
    return timezone.now() - timedelta(hours=1)


def test_several_are_assigned_and_who_may_not_is_named_with_the_reason(
    here: make.World, client: Client, earlier: Any
) -> None:
    worker = make.professional(here, "stimenz")
    mine, other = (
        make.question(here, "geld", now=earlier),
        make.question(here, "opgroeien", now=earlier),
    )
    second = make.question(here, "geld", now=earlier)
    client.force_login(make.coordinator(here, "stimenz"))
    body = said(
        client,
        "/caseload/samen/",
        {
            "doe": "toewijzen",
            "vraag": ids(mine, other, second),
            "toe-naar": str(worker.pk),
            "toe-reden": "Stimenz heeft plaats",
        },
    )
    assert "2 vragen toegewezen." in body
    assert other.reference in body
    assert "Deze collega mag deze vraag niet lezen." in body
    assert set(Question.objects.filter(assigned_to=worker)) == {mine, second}
    assert Spread.objects.get().rows.count() == 2


def test_anothers_work_is_not_assigned_without_a_reason(
    here: make.World, client: Client, earlier: Any
) -> None:
    worker = make.professional(here, "stimenz")
    theirs = make.coordinator(here, "stimenz")
    question = make.question(here, "geld", now=earlier, name="Henk Visser")
    client.force_login(make.coordinator(here, "welzijn"))
    step = {"doe": "toewijzen", "vraag": ids(question), "toe-naar": str(worker.pk)}
    assert "Schrijf op waarom" in said(client, "/caseload/samen/", step)
    assert not OutsideChange.objects.exists()
    said(client, "/caseload/samen/", {**step, "toe-reden": "Zij is ziek"})
    change = OutsideChange.objects.get()
    assert (change.organisation, change.reason, change.did) == (
        here["stimenz"],
        "Zij is ziek",
        "assigned",
    )
    mail = Message.objects.get(template="outside_change")
    assert mail.address == theirs.email
    assert "Henk" not in str(mail.context)
    assert "ziek" not in str(mail.context)
    client.force_login(theirs)
    page = client.get("/caseload/", headers=HOST).content.decode()
    assert "Zij is ziek" in page
    client.post("/caseload/gezien/", headers=HOST)
    assert "Zij is ziek" not in client.get("/caseload/", headers=HOST).content.decode()


def test_several_move_and_what_may_not_be_taken_alone_is_asked(
    here: make.World, client: Client, earlier: Any
) -> None:
    own = make.question(here, "geld", now=earlier)
    theirs = make.question(here, "opgroeien", now=earlier)
    closed = make.question(here, "geld", now=earlier)
    Question.objects.filter(pk=closed.pk).update(status="withdrawn", closed_at=timezone.now())
    make.coordinator(here, "jeugd-punt")
    client.force_login(make.coordinator(here, "stimenz"))
    body = said(
        client,
        "/caseload/samen/",
        {
            "doe": "verplaatsen",
            "vraag": ids(own, theirs, closed),
            "ver-naar": "stimenz",
            "ver-zeker": "on",
            "ver-waarom": "wrong_domain",
        },
    )
    assert "Deze vraag ligt al bij Stimenz" in body
    assert "Deze vraag is afgerond" in body
    own.refresh_from_db()
    theirs.refresh_from_db()
    assert own.lead == here["stimenz"]
    # Without the resident's yes a question of others goes to the triage team.
    assert theirs.lead_team == here.triage
    assert OutsideChange.objects.get().organisation == here["jeugd-punt"]


def test_several_are_planned_only_where_one_could_be(
    here: make.World, client: Client, earlier: Any
) -> None:
    own = make.question(here, "geld", now=earlier)
    theirs = make.question(here, "opgroeien", now=earlier)
    client.force_login(make.coordinator(here, "stimenz", reads_new=True))
    in_a_week = (timezone.localdate() + timedelta(days=7)).isoformat()
    body = said(
        client,
        "/caseload/samen/",
        {
            "doe": "plannen",
            "vraag": ids(own, theirs),
            "plan-wat": "Bellen over de brief",
            "plan-op": in_a_week,
            "plan-op_sure": in_a_week,  # where that day is in a weekend
        },
    )
    assert "Ingepland bij 1 vraag." in body
    assert f"{theirs.reference}): U werkt niet (meer) aan deze vraag." in body
    assert FollowUp.objects.filter(kind="agreed").get().question == own


def test_a_reminder_goes_once_a_day_and_names_nobody(
    here: make.World, client: Client, earlier: Any
) -> None:
    worker = make.intake_worker(here, "stimenz")
    question = make.question(here, "geld", now=earlier, name="Henk Visser")
    pick_up.pick_up(question=question, by=worker, now=earlier)
    client.force_login(make.coordinator(here, "welzijn"))
    step = {"doe": "herinneren", "vraag": ids(question)}
    assert "Herinnering verstuurd voor 1 vraag." in said(client, "/caseload/samen/", step)
    assert "Hieraan is vandaag al herinnerd." in said(client, "/caseload/samen/", step)
    mail = Message.objects.get(template="question_reminder")
    assert (mail.address, mail.context["reference"]) == (worker.email, question.reference)
    assert "Henk" not in str(mail.context)


def test_nothing_chosen_and_nothing_filled_in_are_said(here: make.World, client: Client) -> None:
    question = make.question(here, "geld")
    client.force_login(make.coordinator(here))
    empty = client.post("/caseload/samen/", {"doe": "herinneren"}, headers=HOST)
    assert (empty.status_code, "Kies eerst een of meer vragen." in empty.content.decode()) == (
        422,
        True,
    )
    half = client.post(
        "/caseload/samen/", {"doe": "toewijzen", "vraag": ids(question)}, headers=HOST
    )
    body = half.content.decode()
    assert half.status_code == 422
    assert "Kies een of meer collega" in body
    assert f'value="{question.pk}"\n' in body or f'value="{question.pk}"' in body


def test_questions_of_another_partnership_are_out_of_reach(here: make.World) -> None:
    elsewhere = make.question(make.world("elders"), "geld")
    coordinator = make.coordinator(here)
    outcome = bulk.each(
        user=coordinator,
        partnership=here.partnership,
        ids=[elsewhere.pk],
        do=bulk.remind(by=coordinator, now=timezone.now()),
    )
    assert (outcome.done, outcome.asked, outcome.refused) == ([], [], {})
