"""The front desk logs a question, asks for consent aloud, and reveals nothing."""

import uuid
from typing import Any

import pytest

from intake.desk import lookup
from intake.questions.models import Question, SharingBasis
from intake.resident_access import codes
from intake.submission.submission import ContactChoices, EnteredBy
from tests.support import factories as make
from tests.support.html import comparable
from tests.support.signing_in import signed_in
from welzijn.audit.models import AccessEvent

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_second_factor")]
HOST = {"host": "putten.localhost"}
PHONE = "+31612345678"


def noted(**fields: Any) -> dict[str, Any]:
    return {
        "submission_key": str(uuid.uuid4()),
        "channel": "walk_in",
        "words": "brief van deurwaarder",
        "life_domains": ["geld"],
        "about": "self",
        "phone": "06 12 34 56 78",
        "language": "nl",
        **fields,
    }


def test_the_desk_reads_a_sentence_aloud_that_names_who_would_read_it() -> None:
    here = make.world()
    page = signed_in(make.desk_worker(here)).post("/balie/", noted(), headers=HOST, follow=True)
    text = page.content.decode()
    assert "Mag Stimenz lezen wat u heeft verteld?" in text
    assert Question.objects.count() == 0


def test_a_yes_makes_the_question_with_a_spoken_basis() -> None:
    here = make.world()
    worker = make.desk_worker(here)
    shown = noted(antwoord="ja", shares_with="stimenz")
    client = signed_in(worker)
    answer = client.post("/balie/antwoord/", shown, headers=HOST)
    question = Question.objects.get()
    assert answer["Location"] == f"/balie/{question.pk}/"
    assert (question.lead, question.logged_by) == (here["stimenz"], worker)
    basis = question.sharing_bases.get()
    assert (basis.how, basis.recorded_by) == (SharingBasis.How.SPOKEN, worker)
    code = codes.display_code(codes.first_code(question.submission_key))
    assert code in client.get(f"/balie/{question.pk}/code/", headers=HOST).content.decode()
    card = client.get(f"/balie/{question.pk}/kaartje/", headers=HOST).content.decode()
    assert question.reference in card
    assert code not in card


def test_a_no_is_helped_by_triage() -> None:
    here = make.world()
    signed_in(make.desk_worker(here)).post("/balie/antwoord/", noted(antwoord="nee"), headers=HOST)
    assert Question.objects.get().lead_team == here.triage


def test_sending_twice_makes_one_question() -> None:
    here = make.world()
    client = signed_in(make.desk_worker(here))
    shown = noted(antwoord="ja", shares_with="stimenz")
    first = client.post("/balie/antwoord/", shown, headers=HOST)
    second = client.post("/balie/antwoord/", shown, headers=HOST)
    assert Question.objects.count() == 1
    assert first["Location"] == second["Location"]


def test_consent_for_an_outdated_receiver_is_asked_again() -> None:
    here = make.world()
    page = signed_in(make.desk_worker(here)).post(
        "/balie/antwoord/",
        noted(antwoord="ja", shares_with="jeugd-punt"),
        headers=HOST,
        follow=True,
    )
    assert "Mag Stimenz lezen" in page.content.decode()
    assert Question.objects.count() == 0


def test_wrong_input_keeps_what_was_typed_and_writes_nothing() -> None:
    here = make.world()
    page = signed_in(make.desk_worker(here)).post(
        "/balie/", noted(phone="12", ways=["email"]), headers=HOST, follow=True
    )
    assert page.redirect_chain
    text = page.content.decode()
    assert "brief van deurwaarder" in text
    assert "Vul een e-mailadres in" in text
    assert Question.objects.count() == 0


def test_a_worker_finds_what_they_logged_themselves_and_nothing_else() -> None:
    here = make.world()
    worker, other = make.desk_worker(here), make.desk_worker(here)
    reach = ContactChoices(phone=PHONE, ways=("phone",))
    own = make.question(
        here, "geld", reach=reach, entered_by=EnteredBy(user=worker, organisation=here["welzijn"])
    )
    make.question(here, "opgroeien", reach=reach, name="Sanne")
    mine = lookup.earlier_questions(
        user=worker, partnership=here.partnership, phone=PHONE, now=make.TUESDAY
    )
    assert [found.reference for found in mine] == [own.reference]
    theirs = lookup.earlier_questions(
        user=other, partnership=here.partnership, phone=PHONE, name="Sanne", now=make.TUESDAY
    )
    assert theirs == []
    assert AccessEvent.objects.get(action="search").question_id == own.pk


def test_a_father_on_the_phone_learns_nothing() -> None:
    """Story 2: the screen is the same whether his daughter has a question or not."""
    here = make.world()
    client = signed_in(make.desk_worker(here))
    requested = {"name": "Sanne", "phone": "0612345678"}
    before = client.post("/balie/eerder/", requested, headers=HOST)
    make.question(
        here, "opgroeien", name="Sanne", reach=ContactChoices(phone=PHONE, ways=("phone",))
    )
    after = client.post("/balie/eerder/", requested, headers=HOST)
    assert comparable(before.content.decode()) == comparable(after.content.decode())


def test_a_lost_code_is_reissued_for_reference_and_detail() -> None:
    here = make.world()
    receipt = make.submitted(here, "geld", reach=ContactChoices(phone=PHONE, ways=("phone",)))
    client = signed_in(make.desk_worker(here))
    shown = {"reference": receipt.reference.lower(), "detail": "06-12345678", "present": "on"}
    answer = client.post("/balie/nieuwe-code/", shown, headers=HOST)
    assert answer.status_code == 302
    question = Question.objects.get()
    assert not codes.matches(question.pk, receipt.code, question.code_digest)
    assert question.timeline.filter(kind="code").count() == 1


def test_a_wrong_detail_and_an_unknown_reference_look_the_same_and_are_limited() -> None:
    here = make.world()
    receipt = make.submitted(here, "geld", reach=ContactChoices(phone=PHONE, ways=("phone",)))
    client = signed_in(make.desk_worker(here))
    wrong = {"reference": receipt.reference, "detail": "0687654321", "present": "on"}
    unknown = {**wrong, "reference": "BBBB-BBBB"}
    one = client.post("/balie/nieuwe-code/", wrong, headers=HOST, follow=True)
    two = client.post("/balie/nieuwe-code/", unknown, headers=HOST, follow=True)
    assert "hoort niet bij elkaar" in one.content.decode()
    assert "hoort niet bij elkaar" in two.content.decode()
    for _again in range(10):
        last = client.post("/balie/nieuwe-code/", wrong, headers=HOST, follow=True)
    assert "te vaak geprobeerd" in last.content.decode()


def test_somebody_elses_entry_is_not_found() -> None:
    here = make.world()
    question = make.question(here, "geld")
    client = signed_in(make.desk_worker(here))
    assert client.get(f"/balie/{question.pk}/", headers=HOST).status_code == 404
    assert client.get(f"/balie/{question.pk}/kaartje/", headers=HOST).status_code == 404
    assert client.get(f"/balie/{question.pk}/code/", headers=HOST).status_code == 404


def test_reading_back_a_logged_question_is_in_the_access_log() -> None:
    here = make.world()
    worker = make.desk_worker(here)
    client = signed_in(worker)
    client.post("/balie/antwoord/", noted(antwoord="nee"), headers=HOST)
    question = Question.objects.get()
    before = AccessEvent.objects.filter(actor=worker, question_id=question.pk).count()
    page = client.get(f"/balie/{question.pk}/", headers=HOST)
    assert "brief van deurwaarder" in page.content.decode()
    looks = AccessEvent.objects.filter(actor=worker, question_id=question.pk)
    assert looks.count() == before + 1
    assert looks.latest("at").action == AccessEvent.Action.READ


@pytest.mark.parametrize(
    ("name", "typed"),
    [("Ayşe Y\u0131lmaz", "Yilmaz"), ("Nguyễn", "nguyen"), ("Bo Vos", "Bo"), ("Li", "Li")],
)
def test_a_name_is_found_however_it_is_typed(name: str, typed: str) -> None:
    here = make.world()
    worker = make.desk_worker(here)
    own = make.question(
        here, "geld", name=name, entered_by=EnteredBy(user=worker, organisation=here["welzijn"])
    )
    make.question(
        here, "geld", name="Lotte", entered_by=EnteredBy(user=worker, organisation=here["welzijn"])
    )
    found = lookup.earlier_questions(
        user=worker, partnership=here.partnership, name=typed, now=make.TUESDAY
    )
    assert [question.reference for question in found] == [own.reference]


def test_a_note_behind_a_number_comes_with_when_to_call() -> None:
    here = make.world()
    shown = noted(phone="06 12345678 na 18 uur", antwoord="ja", shares_with="stimenz")
    signed_in(make.desk_worker(here)).post("/balie/antwoord/", shown, headers=HOST)
    asker = Question.objects.get().asker
    assert asker.contact_details.get().value == PHONE
    assert asker.contact_wish.times_note == "na 18 uur"


def test_the_desk_asks_the_opening_questions_and_each_may_be_skipped() -> None:
    here = make.world()
    asked = ["Wat wilt u?", "Wat kunt u?", "Wat heeft u nodig?"]
    here.partnership.opening_questions = [
        {"question": one, "help": "", "informal": ""} for one in asked
    ]
    here.partnership.save()
    client = signed_in(make.desk_worker(here))
    page = client.get("/balie/", headers=HOST).content.decode()
    assert all(one in page for one in asked)
    told = {"opening_0": "rust", "opening_2": "hij slaat mij en ik ben bang"}
    read = client.post("/balie/", noted(**told), headers=HOST, follow=True).content.decode()
    assert 'name="opening_0" value="rust"' in read
    client.post("/balie/antwoord/", noted(antwoord="nee", **told), headers=HOST)
    question = Question.objects.get()
    assert question.opening_answers == [[asked[0], "rust"], [asked[2], told["opening_2"]]]
    assert question.maybe_danger, "danger is heard in an answer too"
