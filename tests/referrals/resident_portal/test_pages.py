"""The resident's own page: what it tells, what they can do, and what a stranger learns."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from intake.access_log import open_question, resident_log
from intake.questions.models import Question
from referrals.casework.close import close
from referrals.casework.pick_up import pick_up
from referrals.follow_ups import staff_actions as follow_up_actions
from tests.support import factories as make
from tests.support.html import as_read
from tests.support.refused import is_refused, shown_again
from tests.support.signing_in import entered
from welzijn.audit.models import AccessEvent, Withholding
from welzijn.audit.reasons import Reason

pytestmark = pytest.mark.django_db
HOST = {"host": "putten.localhost"}


def page_of(client: Client) -> str:
    return client.get("/volg/vraag/", headers=HOST).content.decode()


def test_reference_and_code_open_the_page_however_they_are_typed() -> None:
    here = make.world()
    receipt = make.submitted(here, "geld", now=timezone.now())
    typed = {
        "reference": receipt.reference.lower().replace("-", " "),
        "code": " ".join(receipt.code),
    }
    client = Client()
    assert client.post("/volg/", typed, headers=HOST).status_code == 302
    text = page_of(client)
    assert "Uw vraag ligt bij Stimenz, omdat het over geld gaat." in text
    assert "Iemand belt u. Dat gebeurt uiterlijk" in as_read(text)


def test_a_wrong_code_and_an_unknown_reference_say_the_same() -> None:
    here = make.world()
    receipt = make.submitted(here, "geld")
    for reference in (receipt.reference, "BBBB-BBBB"):
        client = Client()
        typed = {"reference": reference, "code": "123456789"}
        page = shown_again(client, client.post("/volg/", typed, headers=HOST)).content.decode()
        assert "horen niet bij elkaar" in page
        # The reference stands there again; a code is kept nowhere.
        assert reference in page
        assert "123456789" not in page


def test_after_ten_wrong_codes_the_right_one_is_refused() -> None:
    here = make.world()
    receipt = make.submitted(here, "geld")
    client = Client()
    for _try in range(10):
        client.post("/volg/", {"reference": receipt.reference, "code": "1"}, headers=HOST)
    right = {"reference": receipt.reference, "code": receipt.code}
    late = shown_again(client, client.post("/volg/", right, headers=HOST))
    assert "vaak achter elkaar niet gelukt" in late.content.decode()


def test_the_code_of_one_partnership_opens_nothing_at_another() -> None:
    here = make.world()
    make.world("elders")
    receipt = make.submitted(here, "geld")
    right = {"reference": receipt.reference, "code": receipt.code}
    answer = Client().post("/volg/", right, headers={"host": "elders.localhost"})
    assert is_refused(answer)


def test_after_a_no_the_page_gives_the_reason_of_who_has_it_now() -> None:
    here = make.world()
    receipt = make.submitted(here, "vervoer", shares=False, now=timezone.now())
    text = page_of(entered(receipt))
    why = "omdat wij daar eerst uitzoeken wie u het beste kan helpen."
    assert f"Uw vraag ligt bij het Toegangsteam, {why}" in text
    assert "omdat het over" not in text


def test_without_the_code_there_is_nothing_to_see() -> None:
    make.world()
    for path in ("vraag/", "vraag/trek-in/"):
        answer = Client().get(f"/volg/{path}", headers=HOST)
        assert (answer.status_code, answer["Location"]) == (302, "/volg/")


def test_who_looked_is_on_the_page_with_name_and_reason() -> None:
    here = make.world()
    receipt = make.submitted(here, "geld", now=timezone.now())
    fatma = make.intake_worker(here, "stimenz", who=make.user("Fatma de Boer"))
    open_question.open_question(
        user=fatma,
        partnership=here.partnership,
        question_id=receipt.question.pk,
        why=Reason.ROUTING,
        now=timezone.now(),
    )
    text = page_of(entered(receipt))
    assert (
        "Fatma de Boer van Stimenz heeft uw vraag gelezen. Reden: kijken waarom uw vraag hier ligt."
        in text
    )


def test_an_organisation_may_show_functions_instead_of_names() -> None:
    here = make.world()
    receipt = make.submitted(here, "geld", now=timezone.now())
    here["stimenz"].shows_worker_names = False
    here["stimenz"].save()
    who = make.user("Fatma de Boer", function="Maatschappelijk werker")
    fatma = make.intake_worker(here, "stimenz", who=who)
    open_question.open_question(
        user=fatma,
        partnership=here.partnership,
        question_id=receipt.question.pk,
        why=Reason.OPENED,
        now=timezone.now(),
    )
    text = page_of(entered(receipt))
    assert "Fatma" not in text
    assert "Maatschappelijk werker van Stimenz" in text


def test_who_looked_more_often_on_a_day_is_one_line_with_every_time() -> None:
    here = make.world()
    receipt = make.submitted(here, "geld", now=timezone.now())
    fatma = make.intake_worker(here, "stimenz", who=make.user("Fatma de Boer"))
    for _again in range(5):
        open_question.open_question(
            user=fatma,
            partnership=here.partnership,
            question_id=receipt.question.pk,
            why=Reason.OPENED,
            now=make.TUESDAY,
        )
    text = page_of(entered(receipt))
    assert text.count("Fatma de Boer van Stimenz heeft uw vraag gelezen.") == 1
    assert "10.00 uur (5 keer)" in text


def test_a_withheld_look_needs_a_second_approver_and_comes_back_after_review() -> None:
    here = make.world()
    question = make.question(here, "geld")
    worker, boss = make.intake_worker(here, "stimenz"), make.coordinator(here, "stimenz")
    open_question.open_question(
        user=worker,
        partnership=here.partnership,
        question_id=question.pk,
        why=Reason.OPENED,
        now=make.TUESDAY,
    )
    event = AccessEvent.objects.get(actor=worker)
    held = Withholding.objects.create(
        event=event,
        reason="gevaar thuis",
        requested_by=worker,
        requested_at=make.TUESDAY,
        review_on=(make.TUESDAY + timedelta(days=30)).date(),
    )
    assert len(resident_log.entries_for(question, now=make.TUESDAY)) == 1
    held.approved_by, held.approved_at = boss, make.TUESDAY
    held.save()
    assert resident_log.entries_for(question, now=make.TUESDAY) == []
    later = make.TUESDAY + timedelta(days=31)
    assert len(resident_log.entries_for(question, now=later)) == 1


def test_adding_something_and_withdrawing() -> None:
    here = make.world()
    receipt = make.submitted(here, "geld", now=timezone.now())
    client = entered(receipt)
    client.post("/volg/vraag/vul-aan/", {"words": "Er ligt nu ook een brief."}, headers=HOST)
    assert "Er ligt nu ook een brief." in page_of(client)
    client.post("/volg/vraag/trek-in/", headers=HOST)
    assert Question.objects.get().status == Question.Status.WITHDRAWN
    late = client.post("/volg/vraag/vul-aan/", {"words": "toch nog iets"}, headers=HOST)
    # Nobody reads it any more, but it isn't lost.
    assert "toch nog iets" in shown_again(client, late).content.decode()


def test_an_empty_message_is_an_error_at_its_field() -> None:
    here = make.world()
    client = entered(make.submitted(here, "geld", now=timezone.now()))
    answer = shown_again(client, client.post("/volg/vraag/vul-aan/", {"words": " "}, headers=HOST))
    assert "Schrijf eerst iets op" in answer.content.decode()


def test_stopping_shuts_the_door_at_once_and_triage_has_it() -> None:
    here = make.world()
    receipt = make.submitted(here, "geld", now=timezone.now())
    worker = make.intake_worker(here, "stimenz")
    client = entered(receipt)
    question = Question.objects.get()
    basis = question.sharing_bases.get()
    assert client.get(f"/volg/vraag/stop-delen/{basis.pk}/", headers=HOST).status_code == 200
    assert question in Question.objects.visible_to(worker)
    client.post(f"/volg/vraag/stop-delen/{basis.pk}/", headers=HOST)
    assert question not in Question.objects.visible_to(worker)
    question.refresh_from_db()
    assert question.lead_team == here.triage


def test_a_made_up_handover_is_not_found() -> None:
    here = make.world()
    client = entered(make.submitted(here, "geld", now=timezone.now()))
    for value in ("", "x", "00000000-0000-0000-0000-000000000000"):
        data = {"overdracht": value, "antwoord": "ja"}
        assert client.post("/volg/vraag/overdracht/", data, headers=HOST).status_code == 404


def test_an_unhappy_verdict_opens_the_question_again() -> None:
    here = make.world()
    receipt = make.submitted(here, "geld", now=timezone.now())
    worker = make.intake_worker(here, "stimenz")
    question = Question.objects.get()
    pick_up(question=question, by=worker, now=timezone.now())
    close(
        question=question,
        result=Question.Result.HELPED,
        words="Het is geregeld.",
        by=worker,
        now=timezone.now(),
    )
    client = entered(receipt)
    assert "Is dit de beste oplossing?" in page_of(client)
    client.post("/volg/vraag/oordeel/", {"verdict": "1", "words": "Niet goed"}, headers=HOST)
    question.refresh_from_db()
    assert question.is_open
    assert question.lead == here["stimenz"]


def test_the_title_of_the_page_says_nothing() -> None:
    here = make.world()
    text = page_of(entered(make.submitted(here, "geld", now=timezone.now())))
    title = text.split("<title>")[1].split("</title>")[0]
    assert "Stimenz" not in title
    assert "geld" not in title.lower()


def test_a_step_that_is_not_for_the_resident_shows_its_day_only() -> None:
    here = make.world()
    now = timezone.now()
    receipt = make.submitted(here, "geld", now=now)
    worker = make.intake_worker(here, "stimenz")
    pick_up(question=receipt.question, by=worker, now=now)
    follow_up_actions.plan(
        question=Question.objects.get(),
        what="bellen als hij weg is",
        due_on=timezone.localdate() + timedelta(days=14),
        by=worker,
        now=now,
    )
    text = page_of(entered(receipt))
    assert "wij gaan samen verder" in text
    assert "als hij weg is" not in text
