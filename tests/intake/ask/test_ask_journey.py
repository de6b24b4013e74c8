"""A resident asks online: each page in turn, both ways, and what they take home."""

import uuid

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from intake.ask.models import Draft
from intake.people.models import ContactDetail
from intake.questions.models import Question, SharingBasis
from organisations.directory.models import Team
from organisations.routing.models import RuleSet
from tests.intake.resident import Resident
from tests.support import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _a_tuesday(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ten o'clock on a Tuesday morning: somebody reads."""
    monkeypatch.setattr(timezone, "now", lambda: make.TUESDAY)


def test_the_front_door_offers_two_equal_ways() -> None:
    make.world()
    page = Resident().get("/").content.decode()
    assert 'href="/vraag/"' in page
    assert 'href="/vraag/bel-mij/"' in page


def test_the_bare_host_lists_the_open_front_doors() -> None:
    make.world()
    make.partnership("dicht")
    page = Client().get("/", headers={"host": "localhost:8000"}).content.decode()
    assert 'href="http://putten.localhost:8000/"' in page
    assert "Dicht" not in page


def test_writing_it_down_makes_a_question_at_the_organisation_that_was_named() -> None:
    here = make.world()
    resident = Resident()
    named = resident.writes()
    assert named == "stimenz"
    assert resident.sends(named)["Location"] == "/vraag/gelukt/"
    question = Question.objects.get()
    assert question.words == "brief van deurwaarder snap nie"
    assert (question.lead, question.channel) == (here["stimenz"], "online")
    assert question.neighbourhood == here.places["dorp"]
    assert question.asker.name == "Ria"
    assert question.asker.age_band == "27-66"
    basis = question.sharing_bases.get()
    assert (basis.kind, basis.organisation) == (SharingBasis.Kind.CONSENT, here["stimenz"])
    assert ContactDetail.objects.get().value == "+31612345678"


def test_the_last_page_says_who_why_and_when_and_shows_the_code_without_an_address() -> None:
    make.world()
    resident = Resident()
    resident.sends(resident.writes())
    question = Question.objects.get()
    for _reload in range(2):
        page = resident.get("/vraag/gelukt/")
        text = page.content.decode()
        assert "Uw vraag ligt bij Stimenz, omdat het gaat over geld." in text
        assert question.reference in text
        assert page.context["code"] in text


def test_what_was_written_leaves_the_draft_once_it_is_sent() -> None:
    make.world()
    resident = Resident()
    resident.sends(resident.writes())
    before = Draft.objects.count()
    assert before == 1
    resident.post("/wissen/")
    assert Draft.objects.count() == 0
    assert resident.get("/vraag/gelukt/").status_code == 302
    assert Question.objects.count() == 1


def test_a_no_is_helped_by_triage_and_isnt_told_the_others_reason() -> None:
    here = make.world()
    resident = Resident()
    resident.sends(resident.writes(), shares="no")
    question = Question.objects.get()
    assert question.lead_team == here.triage
    text = resident.get("/vraag/gelukt/").content.decode()
    assert "Uw vraag ligt bij het Toegangsteam, omdat wij daar eerst uitzoeken" in text
    assert "Stimenz" not in text


def test_where_triage_reads_first_no_yes_is_asked() -> None:
    here = make.world()
    resident = Resident()
    named = resident.writes(onderwerp={})
    page = resident.get("/vraag/controle/")
    assert "shares" not in page.context["form"].fields
    assert "Jeugd-Punt" in page.content.decode()
    resident.post("/vraag/controle/", named=named)
    assert Question.objects.get().lead_team == here.triage


def test_sending_twice_makes_one_question() -> None:
    make.world()
    resident = Resident()
    named = resident.writes()
    first = resident.sends(named)
    second = resident.sends(named)
    assert Question.objects.count() == 1
    assert first["Location"] == second["Location"] == "/vraag/gelukt/"


def test_two_posts_that_cross_make_one_question_with_one_code() -> None:
    make.world()
    resident = Resident()
    named = resident.writes()
    before = Draft.objects.get().payload
    resident.sends(named)
    first = resident.get("/vraag/gelukt/").context["code"]
    # The second POST has read the draft before the first one was answered.
    Draft.objects.update(payload=before)
    resident.sends(named)
    assert Question.objects.count() == 1
    assert resident.get("/vraag/gelukt/").context["code"] == first


def test_a_second_question_can_be_asked_in_the_same_browser() -> None:
    make.world()
    resident = Resident()
    resident.sends(resident.writes())
    resident.sends(resident.writes("nog iets"))
    assert Question.objects.count() == 2


def test_a_second_call_can_be_asked_for_and_the_first_code_is_still_there() -> None:
    make.world()
    resident = Resident()
    for number in ("0612345678", "0612345679"):
        sent = resident.post("/vraag/bel-mij/", phone=number)
        assert sent["Location"] == "/vraag/controle/"
        resident.sends(resident.named())
        page = resident.get("/vraag/bel-mij/").content.decode()
        assert "Dit is een nieuwe vraag" in page
        assert number not in page
    assert Question.objects.count() == 2


def test_a_yes_to_a_team_names_its_organisations() -> None:
    here = make.world()
    team = Team.objects.create(
        partnership=here.partnership,
        slug="dorp",
        name="Wijkteam Dorp",
        organisation=here["stimenz"],
    )
    team.organisations.set([here["stimenz"], here["actief"]])
    old = here.partnership.rule_sets.get()
    old.status = RuleSet.Status.ARCHIVED
    old.save()
    rules = RuleSet.objects.create(partnership=here.partnership, version=2)
    make.rule(rules, "vervoer", {"is": "life_domains_any", "values": ["vervoer"]}, team)
    rules.status, rules.published_at = RuleSet.Status.PUBLISHED, make.TUESDAY
    rules.save()
    resident = Resident()
    named = resident.writes(onderwerp={"domains": ["vervoer"]})
    assert named == "team:dorp"
    page = resident.get("/vraag/controle/").content.decode()
    assert "Mag het Wijkteam Dorp lezen wat u heeft geschreven?" in page
    assert "In dit team werken mensen van Actief Putten en Stimenz." in page
    resident.sends(named)
    assert Question.objects.get().lead_team == team


def test_sending_takes_at_most_fifteen_queries() -> None:
    make.world()
    resident = Resident()
    named = resident.writes()
    with CaptureQueriesContext(connection) as queries:
        resident.sends(named)
    assert len(queries) <= 15, "\n".join(q["sql"][:120] for q in queries)


def test_without_name_number_or_mail_a_question_is_taken_in() -> None:
    make.world()
    resident = Resident()
    resident.sends(resident.writes(bereiken={"ways": ["code"]}))
    question = Question.objects.get()
    assert question.asker.name == ""
    assert question.asker.contact_wish.ways == []
    assert "Kijk dus zelf met uw code" in resident.get("/vraag/gelukt/").content.decode()


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


def test_the_yes_is_asked_again_when_somebody_else_would_pick_it_up() -> None:
    make.world()
    resident = Resident()
    resident.writes()
    answer = resident.sends("jeugd-punt")
    assert answer.status_code == 409
    assert "Stimenz kan u nu het beste helpen" in answer.content.decode()
    assert Question.objects.count() == 0


def test_danger_goes_to_triage_at_once_and_the_numbers_stand_on_every_page() -> None:
    here = make.world()
    resident = Resident()
    resident.post("/vraag/hulp/", way="write")
    resident.post("/vraag/")
    assert "Wacht niet op ons" in resident.get("/vraag/woorden/").content.decode()
    named = resident.writes()
    resident.post("/vraag/controle/", named=named)
    question = Question.objects.get()
    assert (question.urgency, question.lead_team) == ("danger", here.triage)


@pytest.mark.parametrize(("way", "pages"), [("call", ["bel-mij"]), ("write", ["", "woorden"])])
def test_who_said_on_the_danger_page_that_there_is_danger_is_not_asked_again(
    way: str, pages: list[str]
) -> None:
    make.world()
    resident = Resident()
    resident.post("/vraag/hulp/", way=way)
    for page in pages:
        html = resident.get(f"/vraag/{page}/".replace("//", "/")).content.decode()
        assert "Wacht niet op ons" in html
        assert 'name="danger"' not in html
        resident.post("/vraag/")
    if way == "write":
        resident.writes("hij staat voor de deur")
    else:
        resident.post("/vraag/bel-mij/", phone="06 12345678")
    assert resident.get("/vraag/controle/").context["in_danger"] is True


def test_words_that_may_mean_danger_put_the_question_with_the_numbers_first() -> None:
    make.world()
    resident = Resident()
    resident.post("/vraag/")
    words = "mijn man slaat mij"
    assert resident.post("/vraag/woorden/", words=words)["Location"] == "/vraag/hulp/"
    assert "tel:08002000" in resident.get("/vraag/hulp/").content.decode()
    assert resident.post("/vraag/hulp/", way="safe")["Location"] == "/vraag/over-wie/"
    # It is asked once: the resident's no is believed.
    assert resident.post("/vraag/woorden/", words=words)["Location"] == "/vraag/over-wie/"
    resident.post("/vraag/hulp/", way="on")
    assert "Wacht niet op ons" in resident.get("/vraag/over-wie/").content.decode()


def test_after_a_no_to_danger_the_same_organisation_looks_at_it_sooner() -> None:
    here = make.world()
    resident = Resident()
    resident.post("/vraag/")
    resident.post("/vraag/woorden/", words="mijn man slaat mij")
    resident.post("/vraag/hulp/", way="safe")
    resident.sends(resident.writes("mijn man slaat mij, en het geld is op"))
    question = Question.objects.get()
    assert (question.urgency, question.lead) == ("soon", here["stimenz"])


def test_a_call_proposes_what_it_is_about_and_the_person_chooses() -> None:
    here = make.world()
    here.domains["geld"].words = ["deurwaarder"]
    here.domains["geld"].save()
    resident = Resident()
    resident.post("/vraag/bel-mij/", phone="0612345678", words="brief van deurwaarder")
    page = resident.get("/vraag/controle/")
    assert [p.slug for p, _words in page.context["proposed"]] == ["geld"]
    assert "U schreef: deurwaarder" in page.content.decode()
    assert page.context["chosen"].to_triage
    assert resident.post("/vraag/controle/", domain="geld")["Location"] == "/vraag/controle/"
    resident.sends(resident.named())
    assert Question.objects.get().lead == here["stimenz"]


def test_what_their_words_seem_to_be_about_stands_first_and_isnt_ticked() -> None:
    here = make.world()
    here.domains["vervoer"].words = ["ziekenhuis"]
    here.domains["vervoer"].save()
    resident = Resident()
    resident.writes("ik moet naar het ziekenhuis", onderwerp={})
    form = resident.get("/vraag/onderwerp/").context["form"]
    (first, proposed), (_rest, others) = form.fields["domains"].choices
    assert (first, [slug for slug, _label in proposed]) == ("Misschien is het dit", ["vervoer"])
    assert "U schreef: naar het ziekenhuis<" in proposed[0][1]
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
    assert "Sla deze vraag dan over" in _after_start(resident)
    resident.sends(resident.writes(woorden={"words": "", "opening_wil": "rust", "opening_kan": ""}))
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
    assert 'value="06 12345678"' in resident.get("/vraag/bereiken/").content.decode()


def test_no_page_with_typed_text_is_stored_by_a_browser() -> None:
    make.world()
    resident = Resident()
    resident.writes()
    for path in ("woorden", "over-wie", "bereiken", "controle", "bel-mij", "hulp"):
        assert resident.get(f"/vraag/{path}/")["Cache-Control"] == "no-store", path


def test_the_table_of_drafts_holds_nothing_that_can_be_read() -> None:
    make.world()
    resident = Resident()
    resident.writes("een geheim van Ria")
    payload = bytes(Draft.objects.get().payload)
    assert b"geheim" not in payload
    assert uuid.UUID(int=0).bytes not in payload
