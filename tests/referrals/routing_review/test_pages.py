"""A coordinator changes a rule, tries it on the past, publishes it; the next question follows."""

from datetime import timedelta

import pytest
from django.utils import timezone

from intake.questions.models import Question, SharingBasis
from organisations.roles.models import Role
from organisations.routing.models import RuleSet
from referrals.casework import assign as casework_assign
from referrals.casework_base.grounds import Ground
from referrals.routing_review.backtest import usage_of_rules
from referrals.routing_review.models import Correction
from tests.referrals.routing_review.editor import rule_form, text_of
from tests.support import factories as make
from tests.support.signing_in import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_second_factor")]
HOST = {"host": "putten.localhost"}


def test_change_try_publish_and_the_next_question_follows() -> None:
    here = make.world()
    client = signed_in(make.coordinator(here))
    make.question(here, "geld", now=timezone.now() - timedelta(days=30))
    assert client.post("/verdeelregels/begin/", headers=HOST).status_code == 302
    saved = client.post(
        "/verdeelregels/concept/regel/geld/", rule_form("organisation:actief"), headers=HOST
    )
    assert saved["Location"] == "/verdeelregels/concept/#regel-geld"
    today = timezone.localdate()
    tried = client.get(
        "/verdeelregels/concept/proef/",
        {"van": f"{today - timedelta(days=365)}", "tot": f"{today}"},
        headers=HOST,
    ).content.decode()
    assert "1 van de 1 vragen waren ergens anders terechtgekomen" in tried
    assert Question.objects.get().reference in tried
    why = {"why": "Actief helpt nu met geld."}
    asked = client.post("/verdeelregels/concept/publiceer/", why, headers=HOST)
    assert asked["Location"] == "/verdeelregels/concept/#instemming"
    mine = "/verdeelregels/concept/antwoord/"
    client.post(mine, {"organisatie": "stimenz", "antwoord": "ja"}, headers=HOST)
    assert client.post("/verdeelregels/concept/publiceer/", why, headers=HOST).status_code == 422
    for slug in ("stimenz", "actief"):
        theirs = signed_in(make.coordinator(here, slug))
        page = text_of(theirs.get("/verdeelregels/concept/", headers=HOST).content.decode())
        assert "Krijgt er vragen bij: Actief Putten." in page
        assert "0 erbij, 1 eraf" in page
        theirs.post(mine, {"organisatie": slug, "antwoord": "ja"}, headers=HOST)
    published = client.post("/verdeelregels/concept/publiceer/", why, headers=HOST)
    assert published["Location"] == "/verdeelregels/"
    page = client.get("/verdeelregels/", headers=HOST).content.decode()
    assert "Versie 2 geldt sinds" in page
    assert "Actief helpt nu met geld." in page
    here.partnership.refresh_from_db()
    assert make.question(here, "geld").lead == here["actief"]
    old = RuleSet.objects.get(version=1)
    back = client.post(f"/verdeelregels/versie/{old.pk}/terug/", why, headers=HOST)
    assert back["Location"] == "/verdeelregels/concept/#instemming"


def test_a_draft_with_a_dead_rule_is_not_published() -> None:
    here = make.world()
    client = signed_in(make.coordinator(here))
    client.post("/verdeelregels/begin/", headers=HOST)
    client.post(
        "/verdeelregels/concept/regel/",
        rule_form("organisation:actief", name="Geld nog eens"),
        headers=HOST,
    )
    page = client.get("/verdeelregels/concept/", headers=HOST).content.decode()
    assert "Deze regels beslissen nooit" in page
    refused = client.post("/verdeelregels/concept/publiceer/", {"why": "x"}, headers=HOST)
    assert refused.status_code == 422
    assert RuleSet.objects.get(status="published").version == 1


def test_a_draft_says_that_it_can_not_be_published_only_where_it_can_not() -> None:
    client = signed_in(make.coordinator(make.world()))
    client.post("/verdeelregels/begin/", headers=HOST)
    says = "Publiceren kan zodra alles hierboven goed is."
    assert says not in client.get("/verdeelregels/concept/", headers=HOST).content.decode()
    again = rule_form("organisation:actief", name="Geld nog eens")
    client.post("/verdeelregels/concept/regel/", again, headers=HOST)
    assert says in client.get("/verdeelregels/concept/", headers=HOST).content.decode()


def test_readers_of_the_rules_can_not_change_them() -> None:
    here = make.world()
    client = signed_in(make.member(here, Role.PRIVACY_OFFICER))
    assert client.get("/verdeelregels/", headers=HOST).status_code == 200
    assert client.post("/verdeelregels/begin/", headers=HOST).status_code == 403
    worker = signed_in(make.intake_worker(here, "stimenz"))
    assert worker.get("/verdeelregels/", headers=HOST).status_code == 403


def test_a_draft_says_what_it_changes() -> None:
    here = make.world()
    client = signed_in(make.coordinator(here))
    client.post("/verdeelregels/begin/", headers=HOST)
    draft = "/verdeelregels/concept/"
    assert "Nog niets." in client.get(draft, headers=HOST).content.decode()
    client.post(f"{draft}regel/geld/", rule_form("organisation:actief"), headers=HOST)
    client.post(f"{draft}regel/vervoer/volgorde/", {"doe": "weg"}, headers=HOST)
    page = client.get(draft, headers=HOST).content.decode()
    notified = text_of(page.split('id="verschil"')[1].split("</section>")[0])
    assert "gewijzigd geld Nu: Het gaat over Geld en post: naar Stimenz." in notified
    assert "Straks: Het gaat over Geld en post: naar Actief Putten." in notified
    assert "weggehaald vervoer Nu: Het gaat over Vervoer" in notified


def test_the_rules_page_shows_how_often_and_why_a_rule_was_corrected() -> None:
    here = make.world()
    boss = make.coordinator(here)
    requested = [make.question(here, "geld", now=timezone.now()) for _number in range(4)]
    whys = [Correction.Why.WRONG_DOMAIN, Correction.Why.NO_ROOM, Correction.Why.NO_ROOM]
    for question, why in zip(requested[:3], whys, strict=True):
        casework_assign.move_lead(
            question=question,
            to=here["jeugd-punt"],
            by=boss,
            ground=Ground(how=SharingBasis.How.PHONE),
            why=why,
            now=timezone.now(),
        )
    make.question(here, "bewegen", now=timezone.now())
    page = signed_in(boss).get("/verdeelregels/", headers=HOST).content.decode()
    notified = [text_of(row.partition(">")[2]) for row in page.split("<tr ")]
    [money] = [row for row in notified if "Het gaat over Geld en post." in row]
    no_room, wrong = Correction.Why.NO_ROOM.label, Correction.Why.WRONG_DOMAIN.label
    assert money.endswith(f"4 3 (75%) 2x {no_room} 1x {wrong}")
    [moving] = [row for row in notified if "Naar Actief Putten" in row]
    assert moving.endswith("1 0")


def test_decisions_and_corrections_are_counted_per_rule() -> None:
    here = make.world()
    make.question(here, "geld")
    make.question(here, "geld")
    used = usage_of_rules(partnership=here.partnership, since=make.LONG_AGO)
    assert used["geld"].decided == 2
    assert used["geld"].corrected == 0
