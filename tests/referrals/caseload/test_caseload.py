"""The caseload: everybody's rows, nobody's story."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.postgres.search import SearchQuery
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from intake.questions.models import Question
from referrals.caseload import balance, listing
from referrals.casework import pick_up
from tests.support import factories as make
from welzijn.accounts.models import User
from welzijn.audit.models import AccessEvent

pytestmark = pytest.mark.django_db
HOST = {"host": "putten.localhost"}


@pytest.fixture
def here(settings) -> make.World:
    settings.WELZIJN_DEMO = True  # a second factor is another test's subject
    return make.world()


def show(here: make.World, user: User, **wanted: Any) -> listing.Page:
    return listing.show(
        user=user,
        partnership=here.partnership,
        wanted=listing.Wanted(**wanted),
        now=make.TUESDAY,
    )


def references(page: listing.Page) -> list[str]:
    return [row.question.reference for row in page.rows]


def test_a_coordinator_sees_every_row_and_a_name_only_on_a_basis(here: make.World) -> None:
    coordinator = make.coordinator(here, "stimenz", reads_new=True)
    own = make.question(here, "geld", name="Henk Visser", words="brief van de deurwaarder")
    other = make.question(here, "opgroeien", name="Noor Peeters", words="ruzie thuis")
    rows = {row.question.pk: row for row in show(here, coordinator).rows}
    assert set(rows) == {own.pk, other.pk}
    assert (rows[own.pk].who, rows[own.pk].said) == ("Henk Visser", "brief van de deurwaarder")
    assert (rows[other.pk].who, rows[other.pk].said, rows[other.pk].readable) == ("", "", False)
    assert rows[other.pk].domains == ["Opgroeien en school"]


def test_what_may_not_be_shown_does_not_leave_the_database(here: make.World) -> None:
    coordinator = make.coordinator(here, "stimenz")
    make.question(here, "opgroeien", name="Noor Peeters", words="ruzie thuis")
    (row,) = show(here, coordinator).rows
    assert "words" in row.question.get_deferred_fields()
    assert "asker" not in row.question._state.fields_cache


def test_each_name_or_word_in_the_list_is_in_the_log(here: make.World) -> None:
    coordinator = make.coordinator(here, "stimenz", reads_new=True)
    own = make.question(here, "geld", name="Henk Visser")
    make.question(here, "opgroeien", name="Noor Peeters")
    show(here, coordinator)
    event = AccessEvent.objects.get(actor=coordinator)
    assert (event.action, event.question_id, event.person_id) == ("list", own.pk, own.asker_id)
    assert (event.organisation, event.basis, event.role) == (
        here["stimenz"],
        "consent",
        "coordinator",
    )


def test_a_search_finds_a_reference_anywhere_and_people_only_where_they_may_be_read(
    here: make.World,
) -> None:
    coordinator = make.coordinator(here, "stimenz", reads_new=True)
    own = make.question(here, "geld", name="Henk Visser", words="de deurwaarder staat voor de deur")
    other = make.question(here, "opgroeien", name="Henk Peeters", words="bang voor de deurwaarder")
    assert references(show(here, coordinator, search=other.reference.lower())) == [other.reference]
    by_name = show(here, coordinator, search="henk")
    assert (references(by_name), by_name.number) == ([own.reference], 1)
    by_words = show(here, coordinator, search="deurwaarders")
    assert (references(by_words), by_words.number) == ([own.reference], 1)
    assert show(here, coordinator, search="peeters").number == 0
    assert Question.objects.filter(search=SearchQuery("deurwaarders", config="dutch")).count() == 2
    searched = AccessEvent.objects.filter(actor=coordinator, action="search")
    assert set(searched.values_list("question_id", flat=True)) == {own.pk}


@pytest.mark.parametrize("search", ["x", "\x00", "'; --", "a" * 99, "%", "___", "!&|()"])
def test_an_odd_search_finds_nothing_and_breaks_nothing(here: make.World, search: str) -> None:
    coordinator = make.coordinator(here, "stimenz", reads_new=True)
    make.question(here, "geld", name="Henk Visser")
    assert show(here, coordinator, search=search).rows == []


def test_filters_narrow_the_list(here: make.World) -> None:
    coordinator = make.coordinator(here)
    geld = make.question(here, "geld", postcode="3881AB", channel="call_me")
    young = make.question(here, "opgroeien", postcode="3882AB")
    nowhere = make.question(here, "bewegen", "geld")
    worker = make.intake_worker(here, "jeugd-punt")
    pick_up.pick_up(question=young, by=worker, now=make.TUESDAY)

    def found(**wanted: Any) -> set[str]:
        return set(references(show(here, coordinator, **wanted)))

    assert found() == {geld.reference, young.reference, nowhere.reference}
    assert found(organisation="jeugd-punt") == {young.reference}
    assert found(neighbourhood="dorp") == {geld.reference}
    assert found(neighbourhood=listing.UNKNOWN) == {nowhere.reference}
    assert found(life_domain="geld") == {geld.reference, nowhere.reference}
    assert found(channel="call_me") == {geld.reference}
    assert found(status="picked_up") == found(worker=worker.pk) == {young.reference}
    assert found(status="closed") == set()


def test_late_counts_working_days_and_a_day_off_makes_nothing_late(here: make.World) -> None:
    coordinator = make.coordinator(here)
    question = make.question(here, "geld")
    friday = make.TUESDAY.date() - timedelta(days=4)
    Question.objects.filter(pk=question.pk).update(due_on=friday)

    def late(now: Any) -> list[int]:
        page = listing.show(
            user=coordinator,
            partnership=here.partnership,
            wanted=listing.Wanted(late=True),
            now=now,
        )
        return [row.late for row in page.rows]

    saturday = make.TUESDAY - timedelta(days=3)
    assert late(saturday) == []
    assert late(saturday + timedelta(days=2)) == [1]
    assert late(make.TUESDAY) == [2]


@pytest.mark.parametrize(
    ("search", "counted"), [("", 1000), ("henk", 1000), ("henk", 5)], ids=["all", "few", "many"]
)
def test_pages_show_every_row_once_in_order_and_back_again(
    here: make.World, monkeypatch: pytest.MonkeyPatch, search: str, counted: int
) -> None:
    monkeypatch.setattr(listing, "PAGE", 3)
    monkeypatch.setattr(listing, "COUNTED", counted)
    coordinator = make.coordinator(here, "stimenz", reads_new=True)
    if search:
        make.question(here, "opgroeien", name="Henk Peeters")
        make.question(here, "geld", name="Ada", words="de huur")
    for number in range(8):
        question = make.question(
            here,
            "geld",
            name="Ada" if number % 3 else "Henk",
            words="Henk belt niet terug" if number % 3 < 2 else "Vraag het aan Henk",
            now=make.TUESDAY - timedelta(hours=number),
        )
        due_on = make.TUESDAY.date() + timedelta(days=number // 3)
        Question.objects.filter(pk=question.pk).update(due_on=due_on)
    for order in listing.ORDERS:
        seen, page = [], show(here, coordinator, order=order, search=search)
        assert page.before == ""
        assert (page.number, page.more_than_counted) == (min(8, counted), counted < 8)
        pages = [references(page)]
        while page.after:
            seen += references(page)
            page = show(here, coordinator, order=order, search=search, after=page.after)
            pages.append(references(page))
        seen += references(page)
        assert len(seen) == len(set(seen)) == 8
        back = []
        while page.before:
            page = show(here, coordinator, order=order, search=search, before=page.before)
            back.append(references(page))
        assert back == pages[-2::-1]


def test_a_row_that_goes_meanwhile_hides_no_other(
    here: make.World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listing, "PAGE", 2)
    coordinator = make.coordinator(here)
    for _number in range(5):
        make.question(here, "geld")
    everything = references(show(here, coordinator, status=listing.EVERYTHING))
    first = show(here, coordinator)
    Question.objects.filter(pk=first.rows[0].question.pk).update(
        status="withdrawn", closed_at=make.TUESDAY
    )
    seen, page = references(first), first
    while page.after:
        page = show(here, coordinator, after=page.after)
        seen += references(page)
    assert len(everything) == 2
    assert len(seen) == len(set(seen)) == 5


@pytest.mark.parametrize("cursor", ["x", "2026-11-24~x", "~", "2026-13-45~" + "0" * 32])
def test_a_forged_page_key_gives_the_first_page(here: make.World, cursor: str) -> None:
    coordinator = make.coordinator(here)
    question = make.question(here, "geld")
    assert references(show(here, coordinator, after=cursor)) == [question.reference]


def test_the_list_takes_the_same_queries_for_one_row_and_for_a_page(
    here: make.World, client: Client
) -> None:
    coordinator = make.coordinator(here, "stimenz", reads_new=True)
    client.force_login(coordinator)

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get("/caseload/", headers=HOST).status_code == 200
        return len(captured)

    make.question(here, "geld", name="Een")
    queries()
    few = queries()
    for number in range(12):
        make.question(here, "geld", "vervoer", name=f"Vrager {number}")
    assert queries() == few <= 20


def test_another_partnership_is_not_there(here: make.World) -> None:
    elsewhere = make.world("elders")
    question = make.question(elsewhere, "geld")
    coordinator = make.coordinator(here, reads_new=True)
    assert show(here, coordinator, search=question.reference).rows == []
    assert show(here, coordinator).rows == []


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
    refused = client.post(path, {"to": str(stranger.pk)}, headers=HOST)
    assert refused.status_code == 400
    assert client.post(path, {"to": str(worker.pk)}, headers=HOST).status_code == 302
    question.refresh_from_db()
    assert (question.assigned_to, question.status) == (worker, "picked_up")


def test_a_coordinator_moves_a_question_with_a_reason(here: make.World, client: Client) -> None:
    coordinator = make.coordinator(here, "welzijn")
    question = make.question(here, "geld", now=timezone.now() - timedelta(hours=1))
    client.force_login(coordinator)
    path = f"/caseload/{question.pk}/verplaats/"
    without = client.post(path, {"to": "jeugd-punt", "ground": "phone"}, headers=HOST)
    assert without.status_code == 400
    danger = {"to": "jeugd-punt", "ground": "danger", "why": "no_room"}
    assert client.post(path, danger, headers=HOST).status_code == 400
    answer = client.post(
        path, {"to": "jeugd-punt", "ground": "phone", "why": "wrong_rule"}, headers=HOST
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
    client.post(path, {"to": "jeugd-punt", "ground": "", "why": "wrong_rule"}, headers=HOST)
    question.refresh_from_db()
    assert question.lead_team == here.triage


def test_the_balance_counts_by_organisation_and_worker(here: make.World) -> None:
    coordinator = make.coordinator(here)
    worker = make.intake_worker(here, "stimenz")
    old = make.question(here, "geld", now=make.TUESDAY - timedelta(days=8))
    make.question(here, "geld")
    make.question(here, "opgroeien")
    pick_up.pick_up(question=old, by=worker, now=make.TUESDAY)
    Question.objects.filter(pk=old.pk).update(due_on=make.TUESDAY.date() - timedelta(days=1))
    found = balance.of(user=coordinator, partnership=here.partnership, now=make.TUESDAY)
    assert (found.open, found.late, found.new, found.waiting) == (3, 1, 2, 2)
    assert [(load.organisation, load.open, load.late) for load in found.by_organisation] == [
        ("Jeugd-Punt", 1, 0),
        ("Stimenz", 2, 1),
    ]
    assert [(load.worker, load.open, load.late) for load in found.by_worker] == [
        (worker.name, 1, 1)
    ]


def test_each_number_of_the_balance_opens_as_many_questions(here: make.World) -> None:
    coordinator = make.coordinator(here)
    own = make.question(here, "geld")
    triaged = make.question(here, "geld")
    lead = here.triage.organisation
    Question.objects.filter(pk=triaged.pk).update(lead=lead, lead_team=here.triage)
    Question.objects.filter(pk=own.pk).update(lead=lead)
    found = balance.of(user=coordinator, partnership=here.partnership, now=make.TUESDAY)
    assert {
        load.slug: references(show(here, coordinator, organisation=load.slug))
        for load in found.by_organisation
    } == {lead.slug: [own.reference], f"team:{here.triage.slug}": [triaged.reference]}
    assert [load.open for load in found.by_organisation] == [1, 1]


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
    answer = client.post(f"/caseload/verdeling/{ill.pk}/", {"to": str(colleague.pk)}, headers=HOST)
    assert answer.status_code == 302
    assert set(Question.objects.values_list("assigned_to", flat=True)) == {colleague.pk}
