""" "Vorige" on a page that was not sent yet: what stood there is there again, and counts for
nothing until it is sent."""

from typing import Any

import pytest
from django.utils import timezone

from intake.ask.models import Draft
from intake.questions.models import Question
from tests.intake.resident import Resident
from tests.support import factories as make

pytestmark = pytest.mark.django_db

BEFORE = {
    "woorden": "/vraag/",
    "over-wie": "/vraag/woorden/",
    "onderwerp": "/vraag/over-wie/",
    "leeftijd-en-postcode": "/vraag/onderwerp/",
    "bereiken": "/vraag/leeftijd-en-postcode/",
    "nummer": "/vraag/bereiken/",
    "naam": "/vraag/nummer/",
    "bel-mij": "/",
}


@pytest.fixture(autouse=True)
def _a_tuesday(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: make.TUESDAY)


@pytest.fixture
def resident() -> Resident:
    """Somebody who has answered all pages, and sent nothing."""
    make.world()
    found = Resident()
    found.writes()
    return found


@pytest.mark.parametrize(
    ("page", "typed"),
    [
        ("woorden", {"words": "iets anders\nen nog een regel", "danger": True}),
        ("over-wie", {"about": "child", "knows": "", "subject_name": "Sanne"}),
        ("onderwerp", {"domains": ["bewegen", "vervoer"]}),
        ("leeftijd-en-postcode", {"age_band": "67+", "postcode": "Dorpsstraat 9"}),
        (
            "nummer",
            {"phone": "12", "times": ["morning"], "may": ["who"]},
        ),
        ("bereiken", {"ways": ["phone", "email"]}),
        ("naam", {"no_post": False, "interpreter": True}),
        ("bel-mij", {"phone": "06", "name": "Willem", "words": "brief", "domain": "geld"}),
    ],
)
def test_going_back_restores_valid_and_invalid_fields(
    resident: Resident, page: str, typed: dict[str, Any]
) -> None:
    sent = {name: "on" if value is True else value for name, value in typed.items() if value}
    left = resident.post(f"/vraag/{page}/", **sent, weg="terug")
    assert left["Location"] == BEFORE[page]
    form = resident.get(f"/vraag/{page}/").context["form"]
    assert {name: form[name].value() or type(value)() for name, value in typed.items()} == typed
    assert not form.errors


def test_unsent_values_do_not_count_and_are_asked_again(
    resident: Resident,
) -> None:
    resident.post("/vraag/woorden/", words="een ander verhaal", weg="terug")
    resident.sends("stimenz")
    assert not Question.objects.exists()
    # From the page before it one comes past it, and not straight to the check page.
    assert resident.post("/vraag/")["Location"] == "/vraag/woorden/"
    assert resident.get("/vraag/controle/")["Location"] == "/vraag/woorden/"
    resident.post("/vraag/woorden/", words="een ander verhaal")
    resident.sends(resident.named())
    assert Question.objects.get().words == "een ander verhaal"


def test_words_that_may_mean_danger_are_asked_about_when_they_are_sent(resident: Resident) -> None:
    resident.post("/vraag/woorden/", words="hij slaat mij", weg="terug")
    sent = resident.post("/vraag/woorden/", words="hij slaat mij")
    assert sent["Location"] == "/vraag/hulp/"


def test_going_back_without_a_change_keeps_the_answer(resident: Resident) -> None:
    resident.post("/vraag/nummer/", phone="06 12345678", weg="terug")
    assert resident.get("/vraag/controle/").status_code == 200


def test_an_empty_page_stores_no_unsent_values(resident: Resident) -> None:
    before = resident.get("/vraag/woorden/").context["form"]["words"].value()
    resident.post("/vraag/woorden/", weg="terug")
    assert resident.get("/vraag/woorden/").context["form"]["words"].value() == before


def test_unsent_values_of_a_megabyte_are_not_stored(resident: Resident) -> None:
    before = len(bytes(Draft.objects.get().payload))
    resident.post("/vraag/woorden/", words="a" * 1_048_576, weg="terug")
    assert len(bytes(Draft.objects.get().payload)) < before + 1000


def test_going_to_the_danger_page_stores_unsent_values(resident: Resident) -> None:
    answer = resident.post("/vraag/nummer/", phone="06 98", weg="hulp")
    assert answer["Location"] == "/vraag/hulp/"
    resident.post("/vraag/hulp/", way="safe")
    assert resident.get("/vraag/nummer/").context["form"]["phone"].value() == "06 98"


def test_a_second_question_begins_without_unsent_values(resident: Resident) -> None:
    resident.post("/vraag/bel-mij/", words="niet voor de ander", weg="terug")
    named = resident.writes()
    resident.sends(named)
    assert Question.objects.count() == 1
    page = resident.get("/vraag/bel-mij/").content.decode()
    assert "niet voor de ander" not in page
