"""The quick exit and "wis alles": without token or database, and leaving nothing."""

import re
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.db import OperationalError
from django.test import Client
from django.utils import timezone

from intake.ask.models import Draft
from organisations.partnerships.models import Partnership
from tests.intake.resident import HOST, Resident
from tests.support import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _a_tuesday(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: make.TUESDAY)


def test_the_quick_exit_wipes_and_goes_to_a_neutral_page() -> None:
    make.world()
    resident = Resident()
    resident.writes()
    answer = resident.post("/snel-weg/")
    assert answer.status_code == 200
    assert answer["Refresh"].startswith("0; url=https://")
    assert answer["Cache-Control"] == "no-store"
    assert b"Putten" not in answer.content
    assert Draft.objects.count() == 0
    assert leaves_no_cookie(resident, answer)


def leaves_no_cookie(resident: Resident, answer: Any) -> bool:
    """Whether each cookie of the browser is deleted, also those set from another page."""
    assert answer["Clear-Site-Data"] == '"cookies", "storage"'
    return {cookie.value for cookie in resident.client.cookies.values()} == {""}


@pytest.mark.parametrize("path", ["/snel-weg/", "/wissen/"])
def test_leaving_ends_the_session_and_deletes_every_cookie(path: str) -> None:
    receipt = make.submitted(make.world(), "geld")
    resident = Resident()
    resident.post("/volg/", reference=receipt.reference, code=receipt.code)
    resident.post("/taal/", language="en", next="/")
    resident.writes()
    key = str(resident.client.session.session_key)
    assert set(resident.client.cookies) == {"bekend", "concept", "formulier", "taal", "voordeur"}
    assert leaves_no_cookie(resident, resident.post(path))
    assert not Session.objects.filter(pk=key).exists()
    resident.client.cookies.clear()  # as a browser does with deleted ones
    resident.get("/gewist/")
    assert dict(resident.client.cookies) == {}


def test_back_to_the_exit_leads_away_again_and_wipes_nothing() -> None:
    make.world()
    resident = Resident()
    resident.writes()
    answer = resident.get("/snel-weg/")
    assert answer["Refresh"].startswith("0; url=https://")
    assert answer["Cache-Control"] == "no-store"
    assert b"Putten" not in answer.content
    assert Draft.objects.count() == 1


def test_the_quick_exit_needs_no_token() -> None:
    make.world()
    answer = Client(enforce_csrf_checks=True).post("/snel-weg/", headers=HOST)
    assert answer.status_code == 200


def test_the_quick_exit_works_while_the_database_is_down(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    make.world()
    resident = Resident()
    resident.writes()

    def down(*_anything: Any, **_more: Any) -> Any:
        raise OperationalError("connection refused")

    monkeypatch.setattr(Partnership.objects, "filter", down)
    monkeypatch.setattr(Draft.objects, "filter", down)
    assert resident.post("/snel-weg/").status_code == 200
    assert {cookie.value for cookie in resident.client.cookies.values()} == {""}


def test_wiping_forgets_what_was_typed_and_says_so() -> None:
    make.world()
    resident = Resident()
    resident.writes()
    assert resident.post("/wissen/")["Location"] == "/gewist/"
    assert Draft.objects.count() == 0
    assert "Het is gewist" in resident.get("/gewist/").content.decode()
    assert resident.get("/vraag/bereiken/")["Location"] == "/vraag/"


def test_wiping_closes_the_question_that_stood_open() -> None:
    receipt = make.submitted(make.world(), "geld")
    resident = Resident()
    resident.post("/volg/", reference=receipt.reference, code=receipt.code)
    assert resident.get("/volg/vraag/").status_code == 200
    resident.post("/wissen/")
    assert resident.get("/volg/vraag/")["Location"] == "/volg/"


@pytest.mark.parametrize("path", ["/privacy/", "/toegankelijkheid/", "/wissen/", "/gewist/"])
def test_every_partnership_has_its_statements(path: str) -> None:
    make.world()
    assert Resident().get(path).status_code == 200


@pytest.mark.parametrize("path", ["/privacy/", "/toegankelijkheid/"])
def test_the_statements_say_je_when_asked(path: str) -> None:
    make.world()
    resident = Resident()
    assert f"{path}?je=1" in resident.get("/vraag/?je=1").content.decode()
    main = resident.get(f"{path}?je=1").content.decode().split("<main")[1].split("</main>")[0]
    assert re.findall(r"\b[Uu]w?\b", main) == []
    assert re.search(r"\b[Jj]e\b", main)


@pytest.mark.parametrize("path", ["/privacy/", "/toegankelijkheid/"])
def test_the_bare_host_asks_first_which_partnership(path: str) -> None:
    assert Client().get(path, headers={"host": "localhost"})["Location"] == "/"


def test_a_closed_partnership_accepts_no_questions() -> None:
    make.partnership("putten")
    assert Resident().get("/").status_code == 503
    assert Resident().post("/vraag/").status_code == 503
