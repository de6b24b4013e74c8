"""What the receiver asks first: the answer is theirs to read once the resident said yes to it."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from intake.access_log.open_question import open_question
from intake.questions.models import SharingBasis
from intake.questions.status import WrongMomentError
from referrals.case_page import page as question_page
from referrals.casework import contact_moments
from referrals.casework_base.models import ContactMoment
from referrals.handovers import clarifications, receiver_summary
from referrals.handovers import services as handover_services
from referrals.handovers.models import Handover, HandoverTalk
from tests.referrals.follow_ups.due import the
from tests.referrals.handovers.case import Case
from tests.support import factories as make
from welzijn.audit.reasons import Reason
from welzijn.notifications.models import Message

pytestmark = pytest.mark.django_db
NOW = make.TUESDAY
HOST = {"host": "putten.localhost"}
PHONE, ONLINE = SharingBasis.How.PHONE, SharingBasis.How.ONLINE
ASKED, ANSWER = "Is er al een hulpverlener?", "Nee, nog niet."


def requested(case: Case) -> Handover:
    clarifications.ask(handover=case.offered(), text=ASKED, by=case.receiver, now=NOW)
    return Handover.objects.get()


def answered(case: Case) -> HandoverTalk:
    return clarifications.answer(handover=requested(case), text=ANSWER, by=case.sender, now=NOW)


def receiver_reads() -> list[str]:
    return [shown.text for shown in receiver_summary.summary_of(Handover.objects.get()).talk]


def test_a_question_of_the_receiver_is_the_senders_turn() -> None:
    case = Case()
    found = requested(case)
    assert (found.status, found.due_for) == ("question", "sender")
    assert the(case.question, "handover").worker == case.sender
    assert Message.objects.filter(template="handover_question").exists()


def test_an_answer_lies_with_the_resident_before_the_receiver_reads_it() -> None:
    case = Case()
    talk = answered(case)
    found = Handover.objects.get()
    assert (found.status, found.due_for) == ("answered", "resident")
    assert receiver_reads() == [ASKED]
    assert the(case.question, "handover").waits_for == "resident"
    waits = clarifications.waiting(found)
    assert waits is not None
    assert (waits.question, waits.answer) == (ASKED, talk)
    # To the receiver nothing is said; to the resident that there is news.
    assert not Message.objects.filter(template="handover_offered", due_version=found.step).exists()


def test_after_the_residents_yes_the_receiver_reads_it_and_their_clock_starts_anew() -> None:
    case = Case()
    talk = answered(case)
    clarifications.resident_says(talk=talk, yes=True, how=ONLINE, now=NOW)
    found = Handover.objects.get()
    assert (found.status, found.due_for) == ("offered", "receiver")
    assert receiver_reads() == [ASKED, ANSWER]
    assert Message.objects.filter(template="handover_offered", due_version=found.step).exists()


def test_a_yes_told_to_the_sender_sends_it_at_once_and_says_who_heard_it() -> None:
    case = Case()
    clarifications.answer(
        handover=requested(case), text=ANSWER, by=case.sender, yes_how=PHONE, now=NOW
    )
    talk = HandoverTalk.objects.get(text=ANSWER)
    assert (talk.resident_yes_how, talk.resident_yes_recorded_by) == ("phone", case.sender)
    assert (Handover.objects.get().status, receiver_reads()) == ("offered", [ASKED, ANSWER])


def test_after_a_no_the_sender_writes_another_answer_and_the_first_is_never_read() -> None:
    case = Case()
    talk = answered(case)
    clarifications.resident_says(talk=talk, yes=False, how=ONLINE, now=NOW)
    found = Handover.objects.get()
    assert (found.status, found.due_for) == ("question", "sender")
    assert Message.objects.filter(template="resident_reacted").exists()
    clarifications.answer(
        handover=found, text="Dat vertellen wij later.", by=case.sender, yes_how=PHONE, now=NOW
    )
    assert receiver_reads() == [ASKED, "Dat vertellen wij later."]


def test_a_yes_told_with_an_answer_is_no_yes_to_anything_else() -> None:
    case = Case()
    proposed = handover_services.propose(
        question=case.question,
        to=case.here["jeugd-punt"],
        why="Zij kunnen dit goed.",
        summary="Iemand met vragen over school.",
        by=case.sender,
        now=NOW,
    )
    with pytest.raises(WrongMomentError):
        clarifications.answer(
            handover=proposed, text=ANSWER, by=case.sender, now=NOW, yes_how=PHONE
        )
    handover_services.resident_says(handover=proposed, yes=True, how=ONLINE, now=NOW)
    clarifications.ask(handover=proposed, text=ASKED, by=case.receiver, now=NOW)
    first = clarifications.answer(handover=proposed, text=ANSWER, by=case.sender, now=NOW)
    for notified in (None, PHONE):
        with pytest.raises(WrongMomentError):
            clarifications.answer(
                handover=proposed, text="Iets anders.", by=case.sender, now=NOW, yes_how=notified
            )
    waits = clarifications.waiting(Handover.objects.get())
    assert waits is not None
    assert (waits.answer, receiver_reads()) == (first, [ASKED])


def test_an_answer_with_the_person_in_it_is_refused() -> None:
    case = Case()
    with pytest.raises(ValidationError):
        clarifications.answer(
            handover=requested(case), text="Ja, bij Yildiz thuis.", by=case.sender, now=NOW
        )
    assert Handover.objects.get().status == "question"


def test_sentences_are_answered_once_and_only_while_they_wait() -> None:
    case = Case()
    talk = answered(case)
    clarifications.resident_says(talk=talk, yes=True, how=ONLINE, now=NOW)
    with pytest.raises(WrongMomentError):
        clarifications.resident_says(talk=talk, yes=False, how=ONLINE, now=NOW)


def test_a_yes_to_the_handover_is_no_yes_to_an_answer() -> None:
    # Found by the state machine.
    case = Case()
    answered(case)
    for yes in (True, False):
        with pytest.raises(WrongMomentError):
            handover_services.resident_says(
                handover=Handover.objects.get(), yes=yes, how=ONLINE, now=NOW
            )
    assert (Handover.objects.get().status, receiver_reads()) == ("answered", [ASKED])


def test_the_receiver_need_not_wait_for_the_answer() -> None:
    case = Case()
    talk = answered(case)
    handover_services.accept(handover=Handover.objects.get(), by=case.receiver, now=NOW)
    with pytest.raises(WrongMomentError):
        clarifications.resident_says(talk=talk, yes=True, how=ONLINE, now=NOW)


def shown_after_yes(case: Case, user: Any) -> str:
    """All that the page of the question says of what was asked and answered, to this user."""
    opened = open_question(
        user=user,
        partnership=case.here.partnership,
        question_id=case.question.pk,
        why=Reason.OPENED,
        now=NOW,
    )
    roles = list(user.memberships.all())
    found = question_page.of(opened=opened, roles=roles, now=NOW)
    return "\n".join([*(one.text for one in found.talk), *(step.text for step in found.steps)])


@pytest.mark.parametrize("refused", [True, False])
def test_what_the_resident_did_not_let_go_there_the_receiver_reads_nowhere_after_their_yes(
    refused: bool,
) -> None:
    case = Case()
    talk = answered(case)
    if refused:
        clarifications.resident_says(talk=talk, yes=False, how=ONLINE, now=NOW)
        clarifications.answer(
            handover=Handover.objects.get(),
            text="Dat vertellen wij later.",
            by=case.sender,
            yes_how=PHONE,
            now=NOW,
        )
    handover_services.accept(handover=Handover.objects.get(), by=case.receiver, now=NOW)
    assert ANSWER in shown_after_yes(case, case.sender)
    read = shown_after_yes(case, case.receiver)
    assert ANSWER not in read
    assert ASKED in read
    assert ("Dat vertellen wij later." in read) is refused


def test_three_failed_tries_while_it_waits_for_the_resident_end_it() -> None:
    case = Case()
    answered(case)
    for minutes in range(3):
        contact_moments.log_contact(
            question=case.question,
            way=ContactMoment.Way.PHONE,
            outcome=ContactMoment.Outcome.NOT_REACHED,
            by=case.sender,
            now=NOW + timedelta(minutes=minutes + 1),
        )
    assert Handover.objects.get().status == "lapsed"


def test_a_yes_that_nobody_heard_anyhow_is_refused_by_the_database() -> None:
    talk = answered(Case())
    with pytest.raises(IntegrityError), transaction.atomic():
        HandoverTalk.objects.filter(pk=talk.pk).update(resident_yes_at=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        HandoverTalk.objects.filter(pk=talk.pk).update(
            resident_yes_at=NOW, resident_yes_how="phone", refused_at=NOW
        )


def follow(case: Case, client: Client, code: str) -> str:
    client.post("/volg/", {"reference": case.question.reference, "code": code}, headers=HOST)
    return client.get("/volg/vraag/", headers=HOST).content.decode()


def test_the_resident_reads_question_and_answer_and_says_yes_on_their_page(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(timezone, "now", lambda: NOW)
    case = Case()
    page = follow(case, client, case.code)
    talk = answered(case)
    page = client.get("/volg/vraag/", headers=HOST).content.decode()
    assert "Mag dit antwoord naar Jeugd-Punt?" in page
    assert ASKED in page
    assert ANSWER in page
    sent = {"overdracht": talk.handover_id, "zin": talk.pk, "antwoord": "ja"}
    shown = client.post("/volg/vraag/overdracht/", sent, headers=HOST, follow=True)
    assert "Jeugd-Punt leest het antwoord." in shown.content.decode()
    assert receiver_reads() == [ASKED, ANSWER]
    again = client.post("/volg/vraag/overdracht/", sent, headers=HOST, follow=True)
    assert "ligt niet meer bij de inwoner" in again.content.decode()


def test_sentences_of_another_question_are_not_found(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(timezone, "now", lambda: NOW)
    case = Case()
    follow(case, client, case.code)
    talk = answered(case)
    for zin in ("x", "00000000-0000-0000-0000-000000000000"):
        sent = {"overdracht": talk.handover_id, "zin": zin, "antwoord": "ja"}
        assert client.post("/volg/vraag/overdracht/", sent, headers=HOST).status_code == 404


def test_the_sender_answers_and_records_the_yes_in_the_case(
    client: Client, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    settings.WELZIJN_DEMO = True  # no second factor
    monkeypatch.setattr(timezone, "now", lambda: NOW)
    case = Case()
    requested(case)
    client.force_login(case.sender)
    path = f"/vraagstuk/{case.question.pk}/"
    client.post(f"{path}antwoord/", {"text": ANSWER, "yes_how": "page"}, headers=HOST)
    page = client.get(path, headers=HOST).content.decode()
    assert "Vraag de inwoner of uw antwoord naar Jeugd-Punt mag." in page
    assert "wacht op de ja van de inwoner" in page
    client.post(f"{path}antwoord-inwoner/", {"answer": "ja", "how": "phone"}, headers=HOST)
    talk = HandoverTalk.objects.get(text=ANSWER)
    assert (talk.resident_yes_how, talk.resident_yes_recorded_by) == ("phone", case.sender)
    client.force_login(case.receiver)
    offered = client.get(f"/vraagstuk/overdracht/{talk.handover_id}/", headers=HOST)
    assert ANSWER in offered.content.decode()
