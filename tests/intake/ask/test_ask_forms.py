"""What the pages of the public form ask, offer and keep."""

import re

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


def test_a_minor_is_spoken_to_with_je_and_no_parent_is_asked_for() -> None:
    make.world()
    resident = Resident()
    named = resident.writes(
        "ruzie thuis",
        onderwerp={"domains": ["opgroeien"]},
        leeftijd_en_postcode={"age_band": "12-15"},
        bereiken={"ways": ["code"], "no_post": "on"},
    )
    page = resident.get("/vraag/controle/").content.decode()
    assert "Mag Jeugd-Punt lezen wat je hebt geschreven?" in page
    assert "Geen post" in page
    resident.sends(named)
    assert "Jouw vraag ligt bij Jeugd-Punt" in resident.get("/vraag/gelukt/").content.decode()
    assert Question.objects.get().asker.contact_wish.no_post


def test_the_door_for_young_people_says_je_from_the_first_page() -> None:
    make.world()
    resident = Resident()
    start = resident.get("/vraag/?je=1").content.decode()
    assert "Voordat je begint" in start
    resident.post("/vraag/", je="1")
    assert "zoals je praat" in resident.get("/vraag/woorden/").content.decode()


def test_for_somebody_else_the_name_is_kept_apart_from_the_asker() -> None:
    here = make.world()
    resident = Resident()
    named = resident.writes(
        "ze komt de deur niet meer uit",
        over_wie={"about": "parent", "knows": "no", "subject_name": "Jannie"},
        onderwerp={"domains": ["vervoer"]},
        leeftijd_en_postcode={"age_band": "67+", "postcode": "3882"},
    )
    page = resident.get("/vraag/controle/").content.decode()
    assert "Jannie weet niet dat u dit vraagt." in page
    resident.sends(named)
    question = Question.objects.get()
    assert question.lead == here["welzijn"]
    assert (question.asker.name, question.subject.name) == ("Ria", "Jannie")
    assert (question.subject_knows, question.subject.age_band) == ("no", "67+")
    assert question.asker.age_band == ""


def test_call_me_takes_two_pages() -> None:
    here = make.world()
    resident = Resident()
    sent = resident.post(
        "/vraag/bel-mij/",
        phone="0612345678",
        name="Willem",
        times=["morning"],
        may=["message"],
        words="brief van deurwaarder snap nie",
        domain="geld",
    )
    assert sent["Location"] == "/vraag/controle/"
    resident.sends(resident.named())
    question = Question.objects.get()
    assert (question.channel, question.lead) == ("call_me", here["stimenz"])
    wish = question.asker.contact_wish
    assert (wish.ways, wish.times) == (["phone"], ["morning"])
    assert (wish.may_leave_message, wish.may_say_who) == (True, False)
    assert "Iemand belt u vandaag, " in resident.get("/vraag/gelukt/").content.decode()


def test_a_call_suggests_a_life_domain_and_the_resident_chooses() -> None:
    here = make.world()
    here.domains["geld"].words = ["deurwaarder"]
    here.domains["geld"].save()
    resident = Resident()
    resident.post("/vraag/bel-mij/", phone="0612345678", words="brief van deurwaarder")
    page = resident.get("/vraag/controle/")
    assert [p.slug for p, _words in page.context["proposed"]] == ["geld"]
    assert re.search(r"U schreef:[^<]*deurwaarder", page.content.decode())
    assert page.context["chosen"].to_triage
    assert resident.post("/vraag/controle/", domain="geld")["Location"] == "/vraag/controle/"
    resident.sends(resident.named())
    assert Question.objects.get().lead == here["stimenz"]


def test_suggested_life_domains_come_first_and_unticked() -> None:
    here = make.world()
    here.domains["vervoer"].words = ["ziekenhuis"]
    here.domains["vervoer"].save()
    resident = Resident()
    resident.writes("ik moet naar het ziekenhuis", onderwerp={})
    form = resident.get("/vraag/onderwerp/").context["form"]
    (first, proposed), (_rest, others) = form.fields["domains"].choices
    assert (first, [slug for slug, _label in proposed]) == ("Misschien is het dit", ["vervoer"])
    assert "U schreef: ziekenhuis<" in proposed[0][1]
    assert "vervoer" not in [slug for slug, _label in others]
    assert form["domains"].value() == []


def test_a_postcode_in_two_neighbourhoods_asks_which() -> None:
    here = make.world()
    here.places["dorp"].postcodes.create(postcode="3882")
    resident = Resident()
    resident.writes(leeftijd_en_postcode={"postcode": "3882"})
    page = resident.get("/vraag/leeftijd-en-postcode/")
    assert page.context["form"].asks_only_where
    chosen = {"postcode": "3882", "chosen_for": "3882", "neighbourhood": "dorp"}
    answer = resident.post("/vraag/leeftijd-en-postcode/", **chosen)
    assert answer["Location"] == "/vraag/controle/"
    assert "3882, Putten-dorp" in resident.get("/vraag/controle/").content.decode()


def test_the_opening_questions_of_a_partnership_may_be_skipped() -> None:
    here = make.world()
    here.partnership.opening_questions = [
        {"key": "wil", "question": "Wat wilt u?", "informal": "Wat wil je?", "help": ""},
        {"key": "kan", "question": "Wat kunt u?", "informal": None, "help": "Alles telt."},
    ]
    here.partnership.save()
    resident = Resident()
    assert "Wat wilt u?" not in _after_start(resident)
    resident.fills_in("woorden", words="het is te druk")
    page = resident.get("/vraag/gesprek-1/").content.decode()
    assert "Wat wilt u?" in page
    assert "Sla deze vraag dan over" in page
    # One question a page, and each may be skipped.
    resident.fills_in("gesprek-1", opening="rust")
    page = resident.get("/vraag/gesprek-2/").content.decode()
    assert "Alles telt. Weet u het nog niet?" in page
    assert "Stap 4 van 10" in page
    resident.fills_in("gesprek-2", opening="")
    assert resident.get("/vraag/gesprek-3/")["Location"] == "/vraag/over-wie/"
    resident.sends(resident.writes("het is te druk"))
    assert Question.objects.get().opening_answers == [["Wat wilt u?", "rust"]]


def _after_start(resident: Resident) -> str:
    resident.post("/vraag/")
    return resident.get("/vraag/woorden/").content.decode()


def test_going_back_shows_what_was_answered() -> None:
    make.world()
    resident = Resident()
    resident.writes()
    assert "brief van deurwaarder snap nie" in resident.get("/vraag/woorden/").content.decode()
    assert 'value="3881 AB"' in resident.get("/vraag/leeftijd-en-postcode/").content.decode()
    assert 'value="06 12345678"' in resident.get("/vraag/nummer/").content.decode()


def test_a_question_without_name_number_or_mail_is_accepted() -> None:
    make.world()
    resident = Resident()
    resident.sends(resident.writes(bereiken={"ways": ["code"]}))
    question = Question.objects.get()
    assert question.asker.name == ""
    assert question.asker.contact_wish.ways == []
    assert "Kijk dus zelf met uw code" in resident.get("/vraag/gelukt/").content.decode()
