"""Danger on the public form: said by the resident, or suspected from their words."""

import pytest
from django.utils import timezone

from intake.questions.models import Question
from tests.intake.resident import Resident
from tests.support import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _a_tuesday(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ten o'clock on a Tuesday morning: somebody reads."""
    monkeypatch.setattr(timezone, "now", lambda: make.TUESDAY)


def test_danger_goes_to_triage_and_every_page_shows_the_numbers() -> None:
    here = make.world()
    resident = Resident()
    resident.post("/vraag/hulp/", way="now")
    resident.post("/vraag/")
    assert "Wacht niet op ons" in resident.get("/vraag/woorden/").content.decode()
    named = resident.writes()
    resident.post("/vraag/controle/", named=named)
    question = Question.objects.get()
    assert (question.urgency, question.lead_team) == ("danger", here.triage)


@pytest.mark.parametrize("pages", [["bel-mij"], ["", "woorden"]])
def test_danger_said_on_the_danger_page_is_not_asked_again(pages: list[str]) -> None:
    make.world()
    resident = Resident()
    resident.post("/vraag/hulp/", way="now")
    for page in pages:
        html = resident.get(f"/vraag/{page}/".replace("//", "/")).content.decode()
        assert "Wacht niet op ons" in html
        assert 'name="danger"' not in html
        resident.post("/vraag/")
    if "woorden" in pages:
        resident.writes("hij staat voor de deur")
    else:
        resident.post("/vraag/bel-mij/", phone="06 12345678")
    assert resident.get("/vraag/controle/").context["in_danger"] is True


def test_words_that_may_mean_danger_lead_to_the_danger_page_once() -> None:
    make.world()
    resident = Resident()
    resident.post("/vraag/")
    words = "mijn man slaat mij"
    assert resident.post("/vraag/woorden/", words=words)["Location"] == "/vraag/hulp/"
    assert "tel:08002000" in resident.get("/vraag/hulp/").content.decode()
    assert resident.post("/vraag/hulp/", way="safe")["Location"] == "/vraag/over-wie/"
    # It is asked once: the resident's no is believed.
    assert resident.post("/vraag/woorden/", words=words)["Location"] == "/vraag/over-wie/"
    resident.post("/vraag/hulp/", way="now")
    assert "Wacht niet op ons" in resident.get("/vraag/over-wie/").content.decode()


def test_after_a_no_to_danger_the_receiver_is_the_same_and_the_day_sooner() -> None:
    here = make.world()
    resident = Resident()
    resident.post("/vraag/")
    resident.post("/vraag/woorden/", words="mijn man slaat mij")
    resident.post("/vraag/hulp/", way="safe")
    resident.sends(resident.writes("mijn man slaat mij, en het geld is op"))
    question = Question.objects.get()
    assert (question.urgency, question.lead) == ("soon", here["stimenz"])
