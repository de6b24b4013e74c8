"""Unusual and invalid input: a clear sentence, a 4xx status, nothing half written."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import RequestDataTooBig
from django.db import connection
from django.test import Client
from django.utils import timezone

from intake.ask import draft
from intake.ask.conversation import Conversation
from intake.ask.models import Draft
from intake.people.models import Person
from intake.questions.models import Question
from intake.submission import submit
from intake.submission.routing_preview import preview
from organisations.partnerships.models import Partnership
from tests.intake.resident import HOST, Resident
from tests.support import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _a_tuesday(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: make.TUESDAY)


@pytest.fixture
def resident() -> Resident:
    """Somebody who has read the first page."""
    make.world()
    found = Resident()
    found.post("/vraag/")
    return found


def errors(answer: Any) -> dict[str, list[str]]:
    """Return the errors at the fields of a page."""
    return {name: list(found) for name, found in answer.context["form"].errors.items()}


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("", "Een paar woorden is genoeg."),
        ("   \n ", "Een paar woorden is genoeg."),
        ("a" * 20_001, "Uw tekst is te lang: 20.001 tekens."),
        ("a\x00b", "een teken dat wij niet kunnen bewaren"),
    ],
)
def test_unusable_words_are_refused_at_their_field(
    resident: Resident, words: str, sentence: str
) -> None:
    answer = resident.sent_wrong("woorden", words=words)
    assert sentence in errors(answer)["words"][0]
    assert b"Er klopt" in answer.content
    assert "woorden" not in _kept(resident)


def test_a_text_too_long_to_keep_is_shown_again_all_the_same(resident: Resident) -> None:
    answer = resident.post("/vraag/woorden/", words="a" * 1_048_576)
    assert answer.status_code == 413
    assert "1.048.576 tekens" in errors(answer)["words"][0]


def test_what_is_wrong_is_kept_until_it_is_right(resident: Resident) -> None:
    resident.sent_wrong("woorden", words="", danger="on")
    page = resident.get("/vraag/woorden/")
    assert errors(page)["words"]
    assert page.context["form"]["danger"].value()
    # Nothing comes after it until then, and the way back still works.
    assert resident.get("/vraag/controle/")["Location"] == "/vraag/woorden/"
    resident.fills_in("woorden", words="een brief")
    assert not errors(resident.get("/vraag/woorden/"))


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("bel\x07\x1b[31m mij", "bel[31m mij"),
        ("ik ben 😢 en 👨‍👩‍👧", "ik ben 😢 en 👨‍👩‍👧"),
        ("أحتاج مساعدة", "أحتاج مساعدة"),
        ("een\u202etruc", "eentruc"),
    ],
)
def test_emoji_and_other_scripts_stay_and_hidden_controls_go(
    resident: Resident, typed: str, kept: str
) -> None:
    resident.sends(resident.writes(typed))
    assert Question.objects.get().words == kept


def test_half_an_emoji_is_refused_at_its_field(resident: Resident) -> None:
    answer = resident.client.post(
        "/vraag/woorden/",
        b"words=help%ED%A0%BD",  # the first half of a surrogate pair
        content_type="application/x-www-form-urlencoded",
        headers=HOST,
    )
    assert answer.status_code == 302
    assert "half teken" in errors(resident.get("/vraag/woorden/"))["words"][0]


def test_more_than_the_limit_of_a_request_is_refused(resident: Resident) -> None:
    try:
        answer = resident.post("/vraag/woorden/", words="a" * 5_000_000)
    except RequestDataTooBig:
        pytest.fail("the request's limit reached the view")
    assert answer.status_code in {400, 413}
    assert Question.objects.count() == 0


@pytest.mark.parametrize(
    "number", ["06-12345678", "0031 6 1234 5678", "+31 (0)6 12345678", "06 12345678 (dochter)"]
)
def test_a_phone_number_in_any_notation_is_one_number(resident: Resident, number: str) -> None:
    resident.post("/vraag/bel-mij/", phone=number)
    assert _kept(resident)["bel-mij"]["phone"] == "+31612345678"


@pytest.mark.parametrize("number", ["", "12", "bel maar", "06123456789012"])
def test_an_invalid_number_is_refused_at_its_field(resident: Resident, number: str) -> None:
    answer = resident.sent_wrong("bel-mij", phone=number, words="blijft staan")
    assert "phone" in errors(answer)
    assert "blijft staan" in answer.content.decode()


def test_a_call_without_a_number_is_an_error_at_the_number(resident: Resident) -> None:
    resident.post("/vraag/bereiken/", ways=["phone"])
    answer = resident.sent_wrong("nummer")
    assert errors(answer) == {
        "phone": ["Vul een telefoonnummer in. Anders kunnen wij u niet bellen."]
    }


def test_a_landline_gets_no_text_message(resident: Resident) -> None:
    resident.post("/vraag/bereiken/", ways=["sms"])
    answer = resident.sent_wrong("nummer", phone="0341 357 001")
    assert list(errors(answer)) == ["phone"]


def test_details_that_no_chosen_way_uses_are_not_stored(resident: Resident) -> None:
    resident.writes()
    resident.reached_by(ways=["email"], email="R@Thuis.Example")
    resident.sends(resident.named())
    details = Person.objects.get().contact_details.values_list("kind", "value")
    assert list(details) == [("email", "R@thuis.example")]


def test_a_postcode_outside_the_area_is_accepted_with_a_notice(resident: Resident) -> None:
    named = resident.writes(leeftijd_en_postcode={"postcode": "1012 AB"})
    assert "buiten ons gebied" in resident.get("/vraag/controle/").content.decode()
    resident.sends(named)
    question = Question.objects.get()
    assert (question.postcode, question.neighbourhood) == ("1012AB", None)


def test_an_invalid_postcode_is_refused_at_its_field(resident: Resident) -> None:
    answer = resident.sent_wrong("leeftijd-en-postcode", postcode="Dorpsstraat 9")
    assert list(errors(answer)) == ["postcode"]


@pytest.mark.parametrize(
    ("page", "data", "field"),
    [
        ("over-wie", {"about": "koning"}, "about"),
        ("over-wie", {}, "about"),
        ("over-wie", {"about": "child"}, "knows"),
        ("onderwerp", {"domains": ["bestaat-niet"]}, "domains"),
        ("leeftijd-en-postcode", {"age_band": "42"}, "age_band"),
        ("bereiken", {"ways": ["duif"]}, "ways"),
        ("bereiken", {}, "ways"),
        ("bereiken", {"ways": ["code", "phone"]}, "ways"),
        ("bel-mij", {"phone": "0612345678", "times": ["nacht"]}, "times"),
        ("naam", {"language": "xx"}, "language"),
    ],
)
def test_an_unknown_choice_is_refused_at_its_field(
    resident: Resident, page: str, data: dict[str, Any], field: str
) -> None:
    assert list(errors(resident.sent_wrong(page, **data))) == [field]


def test_a_page_out_of_turn_redirects_to_the_first_unanswered_one(resident: Resident) -> None:
    assert resident.get("/vraag/bereiken/")["Location"] == "/vraag/woorden/"
    assert resident.get("/vraag/controle/")["Location"] == "/vraag/woorden/"
    assert resident.get("/vraag/geheim/").status_code == 404


def test_a_post_out_of_turn_leads_to_whose_turn_it_is_and_is_stored(resident: Resident) -> None:
    answer = resident.post("/vraag/onderwerp/", domains=["geld"])
    assert answer["Location"] == "/vraag/woorden/"
    page = resident.get("/vraag/woorden/").content.decode()
    assert "Eerst deze vraag nog" in page
    assert 'action="/vraag/woorden/"' in page
    assert _kept(resident)["onderwerp"] == {"domains": ["geld"], "guess": ""}
    assert Question.objects.count() == 0


def test_the_check_page_cant_be_sent_before_its_turn(resident: Resident) -> None:
    answer = resident.sends("stimenz")
    assert answer.status_code == 302
    assert Question.objects.count() == 0


def test_a_missing_answer_about_sharing_is_an_error_at_its_field(resident: Resident) -> None:
    named = resident.writes()
    answer = resident.sent_wrong("controle", named=named)
    assert errors(answer) == {"shares": ["Kies ja of nee. Nee mag ook."]}


def test_an_expired_page_says_so_and_keeps_what_was_sent(
    resident: Resident, monkeypatch: pytest.MonkeyPatch
) -> None:
    resident.writes()
    later = make.TUESDAY + timedelta(minutes=61)
    monkeypatch.setattr(timezone, "now", lambda: later)
    answer = resident.post("/vraag/nummer/", phone="0612345678")
    assert answer["Location"] == "/vraag/woorden/"
    page = resident.get("/vraag/woorden/").content.decode()
    assert "wissen wij na een uur" in page
    assert "Wat u net heeft gestuurd, hebben wij nog" in page
    assert _kept(resident)["nummer"]["phone"] == "+31612345678"


def test_an_expired_check_page_says_so(resident: Resident, monkeypatch: pytest.MonkeyPatch) -> None:
    named = resident.writes()
    later = make.TUESDAY + timedelta(minutes=61)
    monkeypatch.setattr(timezone, "now", lambda: later)
    assert resident.sends(named)["Location"] == "/vraag/"
    assert "wissen wij na een uur" in resident.get("/vraag/").content.decode()


def test_the_rules_changing_between_reading_and_sending_writes_nothing(
    resident: Resident, monkeypatch: pytest.MonkeyPatch
) -> None:
    named = resident.writes()
    here = Partnership.objects.get()
    other = preview(
        partnership=here,
        submission=replace(Conversation().to_submission(), life_domains=()),
        now=make.TUESDAY,
    )

    def changed(**_everything: Any) -> submit.Receipt:
        raise submit.OtherOrganisationError(other)

    monkeypatch.setattr("intake.ask.views.sending.submit", changed)
    assert resident.sends(named)["Location"] == "/vraag/controle/"
    assert "Er is iets veranderd" in resident.get("/vraag/controle/").content.decode()
    assert Question.objects.count() == Person.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_the_database_down_says_so_and_gives_back_what_was_typed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    make.world()
    browser = Client(raise_request_exception=False)
    browser.post("/vraag/", headers=HOST)
    connection.close()
    with monkeypatch.context() as broken:
        broken.setitem(connection.settings_dict, "PORT", "1")
        answer = browser.post("/vraag/woorden/", {"words": "mijn hele verhaal"}, headers=HOST)
    assert answer.status_code == 503
    page = answer.content.decode()
    assert 'name="words" value="mijn hele verhaal"' in page
    assert 'action="/vraag/woorden/"' in page
    assert "0341 000 000" in page
    again = browser.post("/vraag/woorden/", {"words": "mijn hele verhaal"}, headers=HOST)
    assert again["Location"] == "/vraag/over-wie/"
    make.fresh_front_doors()


def test_a_draft_of_another_version_is_read_as_far_as_possible() -> None:
    kept = Conversation.from_draft({"answers": {"begin": {}}, "forgotten": 1})
    assert kept.first_unanswered == "woorden"


def test_a_form_without_its_token_gives_back_what_was_typed() -> None:
    make.world()
    browser = Client(enforce_csrf_checks=True)
    answer = browser.post("/vraag/woorden/", {"words": "mijn hele verhaal"}, headers=HOST)
    assert answer.status_code == 403
    assert 'name="words" value="mijn hele verhaal"' in answer.content.decode()


def _kept(resident: Resident) -> dict[str, Any]:
    class Asks:
        META: dict[str, str] = {}
        COOKIES = {draft.COOKIE: resident.client.cookies[draft.COOKIE].value}

    stored = draft.read(Asks(), now=timezone.now())  # type: ignore[arg-type]  # only its cookies
    assert stored is not None
    assert Draft.objects.exists()
    return stored["answers"]
