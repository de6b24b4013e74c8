"""A resident asks online: each page in turn, both ways, and what they take home."""

import uuid

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from intake.ask import draft
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
        assert "Uw vraag ligt bij Stimenz, omdat het over geld gaat." in text
        assert question.reference in text
        assert page.context["code"] in text


def test_what_was_written_leaves_the_draft_once_it_is_sent() -> None:
    make.world()
    resident = Resident()
    resident.sends(resident.writes())
    # The receipt, under the new key and locked under the old one for a repeated POST.
    receipts = [len(bytes(row.payload)) for row in Draft.objects.all()]
    assert len(receipts) == 2
    assert max(receipts) < 1500
    resident.post("/wissen/")
    assert Draft.objects.count() == 0
    assert resident.get("/vraag/gelukt/").status_code == 302
    assert Question.objects.count() == 1


def test_after_a_no_triage_helps_and_the_other_reason_is_not_shown() -> None:
    here = make.world()
    resident = Resident()
    resident.sends(resident.writes(), shares="no")
    question = Question.objects.get()
    assert question.lead_team == here.triage
    text = resident.get("/vraag/gelukt/").content.decode()
    assert "Uw vraag ligt bij het Toegangsteam, omdat wij daar eerst uitzoeken" in text
    assert "Stimenz" not in text


def test_consent_is_not_asked_if_triage_reads_first() -> None:
    here = make.world()
    resident = Resident()
    named = resident.writes("help", onderwerp={})
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
    (before,), key = Draft.objects.all(), resident.client.cookies[draft.COOKIE].value
    resident.sends(named)
    first = resident.get("/vraag/gelukt/").context["code"]
    # The second POST has read the draft before the first one was answered.
    Draft.objects.filter(pk=before.pk).update(payload=before.payload)
    resident.client.cookies[draft.COOKIE] = key
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


def test_consent_is_asked_again_if_the_rules_changed() -> None:
    make.world()
    resident = Resident()
    resident.writes()
    assert resident.sends("jeugd-punt")["Location"] == "/vraag/controle/"
    page = resident.get("/vraag/controle/").content.decode()
    assert "Nu kan Stimenz u het beste helpen" in page
    assert Question.objects.count() == 0


def test_no_page_with_typed_text_is_stored_by_a_browser() -> None:
    make.world()
    resident = Resident()
    resident.writes()
    for path in ("woorden", "over-wie", "bereiken", "controle", "bel-mij", "hulp"):
        assert resident.get(f"/vraag/{path}/")["Cache-Control"] == "no-store", path


def test_stored_drafts_are_unreadable_without_the_cookie() -> None:
    make.world()
    resident = Resident()
    resident.writes("een geheim van Ria")
    payload = bytes(Draft.objects.get().payload)
    assert b"geheim" not in payload
    assert uuid.UUID(int=0).bytes not in payload


def test_a_note_behind_the_number_is_kept_and_shown_again() -> None:
    make.world()
    resident = Resident()
    resident.post("/vraag/bel-mij/", phone="06 12345678, toestel 12")
    page = resident.get("/vraag/bel-mij/").content.decode()
    assert 'value="06 12345678 (toestel 12)"' in page
    resident.sends(resident.named())
    asker = Question.objects.get().asker
    assert asker.contact_details.get().value == "+31612345678"
    assert asker.contact_wish.times_note == "toestel 12"
