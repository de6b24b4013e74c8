"""A resident takes their own question along, without what is about others."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from intake.questions.models import Question
from referrals.casework import withdraw as casework_withdraw
from referrals.retention import due
from tests.referrals.retention.full_case import TERMS, ended, everything, with_terms
from tests.support import factories as make
from tests.support.html import squeezed
from tests.support.signing_in import with_open_question
from welzijn.audit.models import AccessEvent, Withholding
from welzijn.audit.reasons import Reason

pytestmark = pytest.mark.django_db
HOST = {"host": "putten.localhost"}
ADDRESS = "/volg/vraag/gegevens/"


@pytest.fixture
def question() -> Question:
    """About the asker's mother, with everything that can hang from a question."""
    return everything(with_terms(make.world()), now=timezone.now())


def browser(question: Question) -> Client:
    """A browser that has this question open."""
    return with_open_question(Client(), question.pk)


def taken(question: Question, form: str = "json") -> Any:
    return browser(question).post(ADDRESS, {"vorm": form}, headers=HOST)


def both(question: Question) -> list[str]:
    return [taken(question, form).content.decode() for form in ("json", "lezen")]


def test_everything_they_told_and_everything_on_their_page_is_in_it(question: Question) -> None:
    for text in both(question):
        for notified in (
            question.reference,
            "deurwaarder",  # the words
            "rust",  # an opening answer
            "Sanne",
            "sanne@voordeur.example",
            "na vieren",
            "wij bellen de bank",  # agreed
            "Zij weten meer van school.",
            "Het gaat over geld voor school.",
            "Huisarts Vos",
            "elke week bellen",  # the plan
            "wij spraken",  # the minutes
            "school bellen",
            "Stimenz",
        ):
            assert notified in text, notified


def test_a_machine_gets_a_number_for_machines_and_a_reader_one_as_people_write_it(
    question: Question,
) -> None:
    for_a_machine, to_read = both(question)
    assert "+31612345678" in for_a_machine
    assert "06 12345678" in to_read


def test_what_is_about_others_and_what_is_a_workers_own_is_not_in_it(question: Question) -> None:
    for text in both(question):
        for left_out in (
            "Riet",  # who it is about
            "klonk moe",  # a note at a contact
            "Hij slaat haar.",  # the Meldcode
            "Veilig Thuis",
            "bo@voordeur.example",
            "Meester Bo",
            "vos@voordeur.example",
            "Wat raad je aan?",  # even overleggen
            "Bel samen.",
            "Is er haast bij?",
        ):
            assert left_out not in text, left_out


def test_a_subject_who_said_yes_still_keeps_their_own_data(question: Question) -> None:
    Question.objects.filter(pk=question.pk).update(
        subject_answer="yes", subject_answer_by="self", subject_answer_at=timezone.now()
    )
    assert all("Riet" not in text for text in both(question))


def test_a_withheld_look_is_not_in_it(question: Question) -> None:
    seen = AccessEvent.objects.filter(question_id=question.pk, reason=Reason.OPENED).get()
    assert "heeft uw vraag gelezen" in both(question)[0]
    Withholding.objects.create(
        event=seen,
        reason="de partner heeft de code",
        requested_by=make.user(),
        requested_at=timezone.now(),
        approved_by=make.user(),
        approved_at=timezone.now(),
        review_on=timezone.localdate() + timedelta(days=20),
    )
    for text in both(question):
        assert "heeft uw vraag gelezen" not in text
        assert "de partner heeft de code" not in text


def test_a_verdict_and_what_they_wrote_beside_it_are_theirs(question: Question) -> None:
    question.timeline.create(
        at=timezone.now(),
        kind="added",
        actor_kind="resident",
        sentence="question.verdict",
        parameters={"verdict": 2},
        note="te langzaam",
    )
    assert all("te langzaam" in text for text in both(question))


def test_what_they_added_is_in_it_in_their_own_words(question: Question) -> None:
    casework_withdraw.add_words(question=question, words="Ik slaap weer.", now=timezone.now())
    assert all("Ik slaap weer." in text for text in both(question))


def test_where_a_talk_is_they_read_there_only_if_they_are_invited(question: Question) -> None:
    def places() -> list[str]:
        talks = json.loads(taken(question).content)["talks"]["talks"]
        return [talk["place"] for talk in talks if "place" in talk]

    assert not question.agenda_items.get().resident_invited
    assert places() == []
    question.agenda_items.update(resident_invited=True, not_invited_why="")
    assert places() == ["Buurthuis"]


def test_downloading_is_in_the_log_and_on_their_own_list(question: Question) -> None:
    client = browser(question)
    client.get(ADDRESS, headers=HOST)
    downloads = AccessEvent.objects.filter(question_id=question.pk, action="export")
    assert not downloads.exists()
    client.post(ADDRESS, {"vorm": "json"}, headers=HOST)
    assert downloads.get().actor_kind == AccessEvent.Kind.RESIDENT
    assert "uw vraag gedownload" in client.get("/volg/vraag/", headers=HOST).content.decode()


def test_the_file_says_nothing_by_its_name_and_stays_in_no_cache(question: Question) -> None:
    for form, name, kind in (("json", "json", "application/json"), ("lezen", "html", "text/html")):
        answer = taken(question, form)
        assert answer["Content-Disposition"] == f'attachment; filename="gegevens.{name}"'
        assert answer["Content-Type"] == f"{kind}; charset=utf-8"
        assert "no-store" in answer["Cache-Control"]


def test_the_page_to_read_needs_nothing_from_anywhere_and_its_title_says_nothing(
    question: Question,
) -> None:
    page = taken(question, "lezen").content.decode()
    assert squeezed(page).lower().startswith('<!doctype html><html lang="nl">')
    assert "<title>Uw gegevens</title>" in page
    assert not any(part in page for part in ("<script", "<link", "src=", "http:", "https:"))


def test_words_with_markup_stay_words() -> None:
    here = with_terms(make.world())
    question = make.question(here, "geld", words="<b>hoi</b> & zo", now=timezone.now())
    data, page = both(question)
    assert json.loads(data)["question"]["words"] == "<b>hoi</b> & zo"
    assert "&lt;b&gt;hoi&lt;/b&gt; &amp; zo" in page


def test_the_keys_for_a_machine_are_those_of_the_docs(question: Question) -> None:
    data = json.loads(taken(question).content)
    assert data["format"] == 1
    assert set(data) == {
        *("format", "question", "you", "now", "steps", "passed_on", "talks"),
        *("shared", "looks", "kept", "danger", "attachments"),
    }
    assert data["you"]["contact"][0] == {"kind": "e-mail", "value": "sanne@voordeur.example"}
    # Nobody asked.
    assert "may_say_who" not in data["you"]
    assert data["talks"]["talks"][0]["plan"] == "elke week bellen"


def test_without_the_code_there_is_nothing() -> None:
    with_terms(make.world())
    for answer in (
        Client().get(ADDRESS, headers=HOST),
        Client().post(ADDRESS, {"vorm": "json"}, headers=HOST),
    ):
        assert (answer.status_code, answer["Location"]) == (302, "/volg/")


def test_another_form_is_not_there(question: Question) -> None:
    assert taken(question, "pdf").status_code == 404


# --- Until when -----------------------------------------------------------------------------------
def test_the_page_says_until_when_and_the_night_after_it_goes() -> None:
    here = with_terms(make.world())
    question = ended(make.question(here, "geld"), make.TUESDAY)
    until = due.kept_until(question)
    assert until == make.TUESDAY.date().replace(year=make.TUESDAY.year + TERMS["welfare"])
    page = browser(question).get("/volg/vraag/", headers=HOST).content.decode()
    assert f"tot en met {until.day} november {until.year}" in page
    for days, goes in ((0, False), (1, True)):
        night = make.TUESDAY.replace(year=until.year, hour=3) + timedelta(days=days)
        groups = due.groups(partnership=here.partnership, now=night)
        assert any(due.expired(group, now=night).exists() for group in groups) is goes


def test_what_a_person_left_moves_the_day_and_an_open_question_has_none() -> None:
    here = with_terms(make.world())
    question = make.question(here, "geld")
    assert due.kept_until(question) is None
    ended(question, make.TUESDAY)
    question.timeline.create(
        at=make.TUESDAY + timedelta(days=9),
        kind="code",
        actor_kind="resident",
        sentence="code.given_at_desk",
    )
    until = due.kept_until(question)
    assert until is not None
    assert (until.day, until.month) == (3, 12)


def test_advice_without_a_person_is_there_for_the_day_only() -> None:
    from intake.submission.submission import ContactChoices

    here = with_terms(make.world())
    question = ended(make.question(here, "geld", reach=ContactChoices()), make.TUESDAY)
    Question.objects.filter(pk=question.pk).update(kind="advice")
    question.refresh_from_db()
    assert due.kept_until(question) == make.TUESDAY.date()


def test_what_is_kept_from_the_resident_moves_no_day_that_they_read() -> None:
    """A report or a withheld line, after closing: the day would say when it was written."""
    here = with_terms(make.world())
    question = ended(make.question(here, "geld"), make.TUESDAY)
    notified = due.kept_until(question)
    later = make.TUESDAY + timedelta(days=9)
    question.timeline.create(
        at=later,
        kind="safety",
        actor_kind="staff",
        actor=make.user(),
        organisation=here["stimenz"],
        for_resident=False,
        sentence="withholding.asked",
    )
    Question.objects.filter(pk=question.pk).update(last_activity_at=later)
    question.refresh_from_db()
    assert due.kept_until(question) == notified
    # It is kept for that longer, and what they read is true of it.
    assert notified is not None
    for days, goes in ((1, False), (9, False), (10, True)):
        night = make.TUESDAY.replace(year=notified.year, hour=3) + timedelta(days=days)
        groups = due.groups(partnership=here.partnership, now=night)
        assert any(due.expired(group, now=night).exists() for group in groups) is goes
    page = browser(question).get("/volg/vraag/", headers=HOST).content.decode()
    assert "in elk geval tot en met" in page
