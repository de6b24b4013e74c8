"""The desk passes on what a caller asks: it is due for who has the question, and seen by nobody."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from intake.questions.models import Question
from intake.questions.status import WrongMomentError
from referrals.desk_messages import services
from referrals.follow_ups.models import FollowUp
from tests.support import factories as make
from tests.support.factories import World
from tests.support.html import as_read
from tests.support.refused import shown_again
from tests.support.signing_in import signed_in
from tests.welzijn.staff_forms.pages import browser, opened, sent
from welzijn.accounts.models import User
from welzijn.audit.models import AccessEvent
from welzijn.notifications.models import Message

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_second_factor")]
HOST = {"host": "putten.localhost"}
PATH = "/balie/doorgeven/"


@pytest.fixture
def desk(here: World) -> User:
    """Somebody at the desk, who may not read the question."""
    return make.desk_worker(here)


def typed(question: Question, **changes: Any) -> dict[str, Any]:
    return {
        "kenmerk": question.reference,
        "kind": "call_back",
        "who": "mevrouw De Wit",
        "about": "de brief van de bank.",
        "when": "morgen voor 12 uur",
        **changes,
    }


def pass_on(question: Question, by: User, **changes: Any) -> FollowUp:
    given = typed(question, **changes)
    return services.pass_on(
        question=question,
        kind=services.Kind(given["kind"]),
        who=given["who"],
        about=given["about"],
        when=given["when"],
        by=by,
        now=changes.get("now", make.TUESDAY),
    )


def test_it_is_due_the_next_working_day_for_who_has_the_question_and_they_hear_now(
    question: Question, worker: User, desk: User
) -> None:
    made = pass_on(question, desk)
    assert (made.worker, made.due_on) == (worker, date(2026, 11, 25))
    assert made.what == (
        "terugbellen: mevrouw De Wit, over de brief van de bank; bereikbaar morgen voor 12 uur"
    )
    heard = Message.objects.get(template="desk_message")
    assert heard.recipient_key == f"user:{worker.pk}"
    assert set(heard.context) == {"reference", "path"}


def test_the_resident_reads_that_it_was_passed_on_and_not_what(
    question: Question, worker: User, desk: User
) -> None:
    """Somebody else may have phoned."""
    pass_on(question, desk)
    entry = question.timeline.first()
    assert entry is not None
    assert entry.text == "De balie heeft doorgegeven dat iemand gebeld wil worden over uw vraag."
    assert "brief van de bank" in entry.for_colleagues
    look = AccessEvent.objects.get(actor=desk, question_id=question.pk)
    assert (look.action, look.reason) == ("change", "desk_message")


@pytest.mark.parametrize("kind", list(services.Kind))
@pytest.mark.parametrize("when", ["", "na vijven"])
def test_each_kind_says_what_to_do(
    question: Question, desk: User, kind: services.Kind, when: str
) -> None:
    what = pass_on(question, desk, kind=kind, when=when).what
    assert "mevrouw De Wit" in what
    assert ("na vijven" in what) == bool(when)


def test_sent_twice_it_is_passed_on_once(question: Question, desk: User) -> None:
    client = browser(desk)
    keys = opened(client, PATH)
    for _time in range(2):
        assert sent(client, PATH, keys, **typed(question)).status_code == 302
    assert FollowUp.objects.filter(kind="desk").count() == 1
    assert question.timeline.filter(sentence__startswith="desk_message").count() == 1


def test_two_callers_are_two_things_to_do(question: Question, desk: User) -> None:
    pass_on(question, desk)
    pass_on(question, desk, who="zijn zus")
    assert FollowUp.objects.filter(kind="desk", status="open").count() == 2


def test_the_page_shows_nothing_of_the_question(question: Question, desk: User) -> None:
    client = signed_in(desk)
    answer = client.post(PATH, typed(question, about=""), headers=HOST)
    page = shown_again(client, answer).content.decode()
    for secret in ("Ada de Wit", "ada@voordeur.example", "Stimenz", "kom er niet uit"):
        assert secret not in page
    assert "Vul in waar het over gaat." in as_read(page)


def test_an_unknown_a_closed_and_anothers_reference_read_alike(
    question: Question, worker: User, desk: User
) -> None:
    there = make.world("oss")
    elsewhere = make.question(there, "geld")
    client = signed_in(desk)
    shown = set()
    for reference in ("BK7M-4PQ9", elsewhere.reference, "x"):
        answer = client.post(PATH, typed(question, kenmerk=reference), headers=HOST)
        page = shown_again(client, answer).content.decode()
        shown.add("Er is geen open vraag met dit kenmerk." in as_read(page))
    assert shown == {True}
    assert not FollowUp.objects.filter(kind="desk").exists()


def test_a_question_that_was_closed_meanwhile_is_refused(question: Question, desk: User) -> None:
    from referrals.casework import withdraw

    withdraw.withdraw(question=question, now=make.TUESDAY)
    with pytest.raises(WrongMomentError):
        pass_on(question, desk)


def test_who_has_it_finds_it_in_the_work_and_ticks_it_off_with_a_contact(
    question: Question, worker: User, desk: User
) -> None:
    made = pass_on(question, desk)
    client = signed_in(worker)
    work = as_read(client.get("/werk/", headers=HOST).content.decode())
    assert "terugbellen: mevrouw De Wit" in work.casefold() or "Terugbellen" in work
    page = client.get(f"/vraagstuk/{question.pk}/contact/", headers=HOST).content.decode()
    assert str(made.pk) in page


def test_only_a_desk_may(here: World, question: Question, worker: User) -> None:
    assert signed_in(worker).get(PATH, headers=HOST).status_code == 403
    assert Client().get(PATH, headers=HOST).status_code == 302
    with pytest.raises(IndexError):
        pass_on(question, worker)
