"""An outside partner brings a question in with the patient's yes and sees no content of it."""

import uuid
from typing import Any

import pytest
from django.test import Client

from intake.partner_door.models import PartnerMark
from intake.questions.models import Question, SharingBasis
from organisations.roles.models import Role
from tests.support import factories as make
from tests.support.signing_in import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_second_factor")]
HOST = {"host": "putten.localhost"}


@pytest.fixture
def here() -> make.World:
    """A world with a GP that only brings questions in."""
    here = make.world()
    gp = make.organisation("huisarts", "Huisartsenpraktijk De Brug", kind="gp")
    make.participation(here.partnership, gp, picks_up=False, brings_in=True)
    here.organisations["huisarts"] = gp
    return here


def at_door(here: make.World) -> Client:
    return signed_in(make.member(here, Role.PARTNER_DOOR, "huisarts"))


def noted(**fields: Any) -> dict[str, Any]:
    return {
        "submission_key": str(uuid.uuid4()),
        "channel": "partner",
        "agrees": "ja",
        "words": "Sinds zijn vrouw overleed komt hij de deur niet meer uit.",
        "life_domains": ["vervoer"],
        "about": "self",
        "name": "Wim",
        "language": "nl",
        **fields,
    }


def test_with_a_yes_the_question_lands_like_any_other(here: make.World) -> None:
    client = at_door(here)
    aloud = client.post("/partner/", noted(), headers=HOST, follow=True)
    assert "Mag Stichting Welzijn Putten lezen" in aloud.content.decode()
    client.post("/partner/antwoord/", noted(antwoord="ja", shares_with="welzijn"), headers=HOST)
    question = Question.objects.get()
    assert (question.lead, question.brought_by) == (here["welzijn"], here["huisarts"])
    assert question.sharing_bases.get().how == SharingBasis.How.PARTNER


def test_without_a_yes_nothing_is_kept(here: make.World) -> None:
    client = at_door(here)
    page = client.post("/partner/", noted(agrees="nee"), headers=HOST, follow=True)
    assert "refused_forms" not in client.session
    assert "Er is niets bewaard" in page.content.decode()
    late = client.post(
        "/partner/antwoord/",
        noted(agrees="nee", antwoord="ja", shares_with="welzijn"),
        headers=HOST,
    )
    assert late["Location"] == "/partner/?stap=zelf"
    assert Question.objects.count() == 0


def test_the_partner_sees_the_status_and_no_content(here: make.World) -> None:
    client = at_door(here)
    client.post("/partner/antwoord/", noted(antwoord="ja", shares_with="welzijn"), headers=HOST)
    question = Question.objects.get()
    page = client.get("/partner/", headers=HOST).content.decode()
    assert question.reference in page
    assert "Sinds zijn vrouw" not in page
    assert "Wim" not in page
    assert client.get(f"/vraagstuk/{question.pk}/", headers=HOST).status_code in {403, 404}


def test_another_partner_sees_nothing_of_it(here: make.World) -> None:
    at_door(here).post(
        "/partner/antwoord/", noted(antwoord="ja", shares_with="welzijn"), headers=HOST
    )
    school = make.organisation("school", "Basisschool", kind="school")
    make.participation(here.partnership, school, picks_up=False, brings_in=True)
    here.organisations["school"] = school
    client = signed_in(make.member(here, Role.PARTNER_DOOR, "school"))
    page = client.get("/partner/", headers=HOST).content.decode()
    assert Question.objects.get().reference not in page


def test_the_partner_finds_it_by_a_mark_of_their_own(here: make.World) -> None:
    client = at_door(here)
    client.post(
        "/partner/antwoord/",
        noted(antwoord="ja", shares_with="welzijn", mark="W.d.J."),
        headers=HOST,
    )
    question = Question.objects.get()
    assert "W.d.J." in client.get("/partner/", headers=HOST).content.decode()
    address = f"/partner/{question.pk}/aanduiding/"
    client.post(address, {"mark": "wim dj"}, headers=HOST)
    assert PartnerMark.objects.get().mark == "wim dj"
    too_long = client.post(
        address, {"mark": "Willem de Jong uit Huinen"}, headers=HOST, follow=True
    )
    assert "hooguit 10 tekens" in too_long.content.decode()
    client.post(address, {"mark": ""}, headers=HOST)
    assert not PartnerMark.objects.exists()


def test_nobody_else_reads_or_writes_a_mark(here: make.World) -> None:
    client = at_door(here)
    client.post(
        "/partner/antwoord/",
        noted(antwoord="ja", shares_with="welzijn", mark="W.d.J."),
        headers=HOST,
    )
    question = Question.objects.get()
    school = make.organisation("school", "De Regenboog", kind="school")
    make.participation(here.partnership, school, picks_up=False, brings_in=True)
    here.organisations["school"] = school
    other = signed_in(make.member(here, Role.PARTNER_DOOR, "school"))
    address = f"/partner/{question.pk}/aanduiding/"
    assert other.post(address, {"mark": "x"}, headers=HOST).status_code == 404
    worker = signed_in(make.intake_worker(here, "welzijn"))
    case = worker.get(f"/vraagstuk/{question.pk}/", headers=HOST)
    assert case.status_code == 200
    assert "W.d.J." not in case.content.decode()
    assert client.get(f"/vraagstuk/{question.pk}/", headers=HOST).status_code in {403, 404}
