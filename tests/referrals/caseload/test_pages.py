"""The pages of coordinators and neighbourhood leads."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from intake.questions.models import Question
from referrals.casework import pick_up
from tests.support import factories as make
from welzijn.audit.models import AccessEvent

pytestmark = pytest.mark.django_db
HOST = {"host": "putten.localhost"}


@pytest.mark.parametrize(
    "role", ["professional", "intake_worker", "desk_worker", "triagist", "user"]
)
def test_the_screens_are_for_coordinators(here: make.World, client: Client, role: str) -> None:
    question = make.question(here, "geld")
    organisation = {"professional": ["stimenz"], "intake_worker": ["stimenz"]}.get(role, [])
    user = make.user() if role == "user" else getattr(make, role)(here, *organisation)
    client.force_login(user)
    for path in ("/caseload/", "/caseload/verdeling/", f"/caseload/{question.pk}/"):
        assert client.get(path, headers=HOST).status_code == 403, path


def test_a_wijkaanjager_sees_their_own_neighbourhood_without_people(
    here: make.World, client: Client
) -> None:
    lead = make.member(here, "neighbourhood_lead", neighbourhood=here.places["huinen"])
    question = make.question(
        here, "geld", postcode="3882AA", name="Henk Visser", words="deurwaarder"
    )
    make.question(here, "geld", postcode="3881AA")
    client.force_login(lead)
    body = client.get("/wijk/", headers=HOST).content.decode()
    assert question.reference in body
    assert body.count("vd-reference") == 1
    assert "Henk" not in body
    assert "deurwaarder" not in body
    assert client.get("/wijk/?wijk=dorp", headers=HOST).status_code == 404


def test_a_wijkaanjager_filters_sorts_and_compares_with_the_whole(
    here: make.World, client: Client
) -> None:
    lead = make.member(here, "neighbourhood_lead", neighbourhood=here.places["huinen"])
    now = timezone.now()
    money = make.question(here, "geld", postcode="3882AA", now=now)
    youth = make.question(here, "opgroeien", postcode="3882AA", now=now)
    for _number in range(10):
        make.question(here, "geld", postcode="3881AA", now=now)
    client.force_login(lead)
    page = client.get("/wijk/?wijk=huinen&leefgebied=geld&volgorde=nieuwste", headers=HOST)
    shown = [row.question for row in page.context["page"].rows]
    assert shown == [money]
    page = client.get("/wijk/?volgorde=-kenmerk", headers=HOST)
    shown = [row.question for row in page.context["page"].rows]
    assert shown == sorted([money, youth], key=lambda one: one.reference, reverse=True)
    first = page.context["shares"][0]
    # Two questions here are too few for a share; twelve in the whole are not.
    assert (first.here, first.share_here) == (1, None)
    whole = {one.share_whole for one in page.context["shares"]}
    assert whole == {92, 8}


def test_one_question_shows_steps_but_neither_person_nor_words(
    here: make.World, client: Client
) -> None:
    coordinator = make.coordinator(here)
    question = make.question(here, "geld", name="Henk Visser", words="brief van de deurwaarder")
    client.force_login(coordinator)
    body = client.get(f"/caseload/{question.pk}/", headers=HOST).content.decode()
    assert question.reference in body
    assert "Henk" not in body
    assert "deurwaarder" not in body
    assert not AccessEvent.objects.exists()
    elsewhere = make.question(make.world("elders"), "geld")
    assert client.get(f"/caseload/{elsewhere.pk}/", headers=HOST).status_code == 404


def test_a_coordinator_assigns_a_question_that_they_may_not_read(
    here: make.World, client: Client
) -> None:
    coordinator = make.coordinator(here, "welzijn")
    worker = make.professional(here, "stimenz")
    stranger = make.professional(here, "jeugd-punt")
    question = make.question(here, "geld", now=timezone.now() - timedelta(hours=1))
    client.force_login(coordinator)
    path = f"/caseload/{question.pk}/wijs-toe/"
    refused = client.post(path, {"to": str(stranger.pk), "why": "druk"}, headers=HOST)
    assert refused.status_code == 400
    without = client.post(path, {"to": str(worker.pk)}, headers=HOST)
    assert without.status_code == 400
    given = {"to": str(worker.pk), "why": "Stimenz heeft plaats"}
    assert client.post(path, given, headers=HOST).status_code == 302
    question.refresh_from_db()
    assert (question.assigned_to, question.status) == (worker, "picked_up")


def test_a_coordinator_moves_a_question_with_a_reason(here: make.World, client: Client) -> None:
    coordinator = make.coordinator(here, "welzijn")
    question = make.question(here, "geld", now=timezone.now() - timedelta(hours=1))
    client.force_login(coordinator)
    path = f"/caseload/{question.pk}/verplaats/"
    without = client.post(path, {"to": "jeugd-punt", "ground": "phone"}, headers=HOST)
    assert without.status_code == 400
    unsure = {"to": "jeugd-punt", "ground": "phone", "why": "wrong_rule"}
    asked = client.post(path, unsure, headers=HOST)
    assert asked.status_code == 400
    assert "U kunt dit hierna niet ongedaan maken." in asked.content.decode()
    danger = {"to": "jeugd-punt", "ground": "danger", "why": "no_room", "sure": "on"}
    assert client.post(path, danger, headers=HOST).status_code == 400
    answer = client.post(
        path,
        {"to": "jeugd-punt", "ground": "phone", "why": "wrong_rule", "sure": "on"},
        headers=HOST,
    )
    assert answer.status_code == 302
    question.refresh_from_db()
    assert question.lead == here["jeugd-punt"]
    assert question.decisions.get().corrections.get().why == "wrong_rule"


def test_without_the_residents_yes_it_goes_to_triage(here: make.World, client: Client) -> None:
    coordinator = make.coordinator(here, "welzijn")
    question = make.question(here, "geld", now=timezone.now() - timedelta(hours=1))
    client.force_login(coordinator)
    path = f"/caseload/{question.pk}/verplaats/"
    client.post(
        path, {"to": "jeugd-punt", "ground": "", "why": "wrong_rule", "sure": "on"}, headers=HOST
    )
    question.refresh_from_db()
    assert question.lead_team == here.triage


def test_all_work_of_a_colleague_who_falls_ill_is_divided_at_once(
    here: make.World, client: Client
) -> None:
    coordinator = make.coordinator(here)
    ill = make.intake_worker(here, "stimenz")
    colleague = make.intake_worker(here, "stimenz")
    questions = [make.question(here, "geld") for _number in range(2)]
    for question in questions:
        pick_up.pick_up(question=question, by=ill, now=make.TUESDAY)
    client.force_login(coordinator)
    answer = client.post(
        f"/caseload/verdeling/{ill.pk}/",
        {"to": str(colleague.pk), "reden": "Zij is ziek"},
        headers=HOST,
    )
    assert answer.status_code == 302
    assert set(Question.objects.values_list("assigned_to", flat=True)) == {colleague.pk}


def test_the_page_takes_twenty_queries_at_most(here: make.World, client: Client) -> None:
    make.question(here, "geld")
    client.force_login(make.coordinator(here, "stimenz", reads_new=True))
    client.get("/caseload/", headers=HOST)
    with CaptureQueriesContext(connection) as captured:
        client.get("/caseload/", headers=HOST)
    assert len(captured) <= 20
