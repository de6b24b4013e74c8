"""The list: every row of the partnership, and a name or words only where they may be read."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from intake.questions.models import Question
from referrals.caseload import listing
from referrals.caseload.ordering import ORDERS
from referrals.caseload.selection import EVERYTHING, UNKNOWN, CaseloadFilter
from referrals.casework import pick_up
from tests.referrals.caseload.listed import references, show
from tests.support import factories as make
from welzijn.audit.models import AccessEvent

pytestmark = pytest.mark.django_db
HOST = {"host": "putten.localhost"}


def test_a_coordinator_sees_every_row_and_a_name_only_on_a_basis(here: make.World) -> None:
    coordinator = make.coordinator(here, "stimenz", reads_new=True)
    own = make.question(here, "geld", name="Henk Visser", words="brief van de deurwaarder")
    other = make.question(here, "opgroeien", name="Noor Peeters", words="ruzie thuis")
    rows = {row.question.pk: row for row in show(here, coordinator).rows}
    assert set(rows) == {own.pk, other.pk}
    assert (rows[own.pk].who, rows[own.pk].excerpt) == ("Henk Visser", "brief van de deurwaarder")
    assert (rows[other.pk].who, rows[other.pk].excerpt, rows[other.pk].readable) == ("", "", False)
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


@pytest.mark.parametrize("path", ["/caseload/", "/wijk/"])
def test_what_was_searched_in_an_old_address_goes_into_no_link(
    here: make.World, client: Client, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    monkeypatch.setattr(listing, "PAGE_SIZE", 1)
    for _time in range(2):
        make.question(here, "geld", name="Henk Visser", postcode="3881AB")
    client.force_login(make.coordinator(here, "stimenz", reads_new=True))
    address = f"{path}?wijk=dorp&zoek=Henk+Visser"
    page = client.get(address, headers={"host": "putten.localhost"}, follow=True)
    html = page.content.decode()
    assert 'rel="next"' in html
    assert "zoek=" not in html
    assert html.count('name="zoek"') == 1, "only in the box that posts"


def test_filters_narrow_the_list(here: make.World) -> None:
    coordinator = make.coordinator(here)
    geld = make.question(here, "geld", postcode="3881AB", channel="call_me")
    young = make.question(here, "opgroeien", postcode="3882AB")
    nowhere = make.question(here, "bewegen", "geld")
    worker = make.intake_worker(here, "jeugd-punt")
    pick_up.pick_up(question=young, by=worker, now=make.TUESDAY)

    def found(**filters: Any) -> set[str]:
        return set(references(show(here, coordinator, **filters)))

    assert found() == {geld.reference, young.reference, nowhere.reference}
    assert found(organisation="jeugd-punt") == {young.reference}
    assert found(neighbourhood="dorp") == {geld.reference}
    assert found(neighbourhood=UNKNOWN) == {nowhere.reference}
    assert found(life_domain="geld") == {geld.reference, nowhere.reference}
    assert found(channel="call_me") == {geld.reference}
    assert found(status="picked_up") == found(worker=worker.pk) == {young.reference}
    assert found(status="closed") == set()


def test_late_is_from_the_end_of_the_day_on_and_counts_working_days(here: make.World) -> None:
    coordinator = make.coordinator(here)
    question = make.question(here, "geld")
    friday = make.TUESDAY.date() - timedelta(days=4)
    Question.objects.filter(pk=question.pk).update(due_on=friday)

    def late(now: Any) -> list[int]:
        page = listing.show(
            user=coordinator,
            partnership=here.partnership,
            filters=CaseloadFilter(late=True),
            now=now,
        )
        return [row.late for row in page.rows]

    saturday = make.TUESDAY - timedelta(days=3)
    assert late(saturday - timedelta(days=1)) == []
    assert late(saturday) == [1]
    assert late(saturday + timedelta(days=2)) == [1]
    assert late(make.TUESDAY) == [2]


@pytest.mark.parametrize("counted", [1000, 5], ids=["all", "some"])
def test_pages_show_every_row_once_in_order_and_back_again(
    here: make.World, monkeypatch: pytest.MonkeyPatch, counted: int
) -> None:
    monkeypatch.setattr(listing, "PAGE_SIZE", 3)
    monkeypatch.setattr(listing, "COUNT_LIMIT", counted)
    coordinator = make.coordinator(here, "stimenz", reads_new=True)
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
    for order in ORDERS:
        seen, page = [], show(here, coordinator, order=order)
        assert page.before == ""
        assert (page.number, page.more_than_limit) == (min(8, counted), counted < 8)
        pages = [references(page)]
        while page.after:
            seen += references(page)
            page = show(here, coordinator, order=order, after=page.after)
            pages.append(references(page))
        seen += references(page)
        assert len(seen) == len(set(seen)) == 8
        back = []
        while page.before:
            page = show(here, coordinator, order=order, before=page.before)
            back.append(references(page))
        assert back == pages[-2::-1]


def test_a_row_that_leaves_between_pages_hides_no_other(
    here: make.World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listing, "PAGE_SIZE", 2)
    coordinator = make.coordinator(here)
    for _number in range(5):
        make.question(here, "geld")
    everything = references(show(here, coordinator, status=EVERYTHING))
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
    assert queries() == few <= 21


def test_questions_of_another_partnership_are_not_listed(here: make.World) -> None:
    elsewhere = make.world("elders")
    question = make.question(elsewhere, "geld")
    coordinator = make.coordinator(here, reads_new=True)
    assert question.reference not in str(show(here, coordinator).rows)
    assert show(here, coordinator).rows == []
