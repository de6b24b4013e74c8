"""Headers of every response: content policy, framing, caching, cookies, hosts."""

import time
from datetime import UTC, datetime
from typing import Any

import pytest
from django.conf import settings as configured
from django.db import OperationalError
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.test import Client

from intake.questions.models import Question
from intake.resident_access import code_entry
from organisations.front_door.middleware import FrontDoorMiddleware
from organisations.roles.models import Role
from referrals.reports.publishing import publish
from tests.support import factories as make
from tests.support.signing_in import with_open_question
from welzijn.accounts.sessions import LAST_SEEN_AT, STARTED_AT
from welzijn.config.permissions_policy import POLICY

pytestmark = pytest.mark.django_db
HOST = "putten.localhost"
SIGN_IN = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture(autouse=True)
def _demo(settings: Any) -> None:
    """Signs in without a second factor, which has its own tests."""
    settings.WELZIJN_DEMO = True


def _is_safe(answer: HttpResponseBase) -> list[str]:
    """Return what a response lacks."""
    policy = answer.headers.get("Content-Security-Policy", "")
    wanted = (
        "default-src 'self'",
        "frame-ancestors 'none'",
        "object-src 'none'",
        "base-uri 'none'",
    )
    missing = [part for part in wanted if part not in policy]
    missing += [f"without {w}" for w in ("unsafe-inline", "unsafe-eval", "*") if w in policy]
    headers = {
        "X-Frame-Options": "DENY",
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "same-origin",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Permissions-Policy": POLICY,
    }
    return missing + [h for h, value in headers.items() if answer.headers.get(h) != value]


def _staff(here: make.World, role: Role | None = None) -> Client:
    client = Client(raise_request_exception=False)
    user = make.member(here, role) if role else make.intake_worker(here, "stimenz")
    client.force_login(user, backend=SIGN_IN)
    return client


def test_every_kind_of_answer_carries_the_policy(monkeypatch: pytest.MonkeyPatch) -> None:
    here = make.world()
    receipt = make.submitted(here, "geld")
    stranger = Client(raise_request_exception=False)
    worker, coordinator = _staff(here), _staff(here, Role.COORDINATOR)
    strict = Client(enforce_csrf_checks=True)
    to = {"host": HOST}
    answers: dict[str, Any] = {
        "page": stranger.get("/", headers=to),
        "redirect": stranger.get("/volg/vraag/", headers=to),
        "to sign in": stranger.get("/werk/", headers=to),
        "403 csrf": strict.post("/volg/", headers=to),
        "403": worker.get("/caseload/", headers=to),
        "404": stranger.get("/niets/", headers=to),
        "405": stranger.delete("/volg/", headers=to),
        "refused": stranger.post("/volg/", {"reference": "x", "code": "y"}, headers=to),
        "case": worker.get(f"/vraagstuk/{receipt.question.pk}/", headers=to),
        "caseload": coordinator.get("/caseload/", headers=to),
        "hsds": stranger.get("/aanbod/hsds/", headers=to),
        "health": stranger.get("/gezond/", headers=to),
        "quick exit": stranger.post("/snel-weg/", headers=to),
        "other host": stranger.get("/", headers={"host": "evil.example"}),
    }

    def breaks(_self: Any, _request: Any) -> HttpResponse:
        raise RuntimeError

    with monkeypatch.context() as patch:
        patch.setattr(FrontDoorMiddleware, "__call__", breaks)
        answers["500"] = stranger.get("/", headers=to)

    def is_down(_self: Any, _request: Any) -> HttpResponse:
        raise OperationalError

    with monkeypatch.context() as patch:
        patch.setattr(FrontDoorMiddleware, "__call__", is_down)
        answers["503"] = stranger.get("/", headers=to)
    assert {name: a.status_code for name, a in answers.items() if name in {"500", "503"}} == {
        "500": 500,
        "503": 503,
    }
    assert answers["403"].status_code == 403
    assert answers["other host"].status_code == 400
    missing = {name: _is_safe(answer) for name, answer in answers.items()}
    assert {name: what for name, what in missing.items() if what} == {}


def test_every_file_carries_the_policy_and_personal_files_are_not_cached() -> None:
    here = make.world()
    for _number in range(11):
        question = make.question(here, "geld", now=datetime(2026, 5, 12, 9, tzinfo=UTC))
    publish(partnership=here.partnership, now=datetime(2026, 7, 20, tzinfo=UTC))
    to, own = {"host": HOST}, "/volg/vraag/gegevens/"
    resident = with_open_question(Client(), question.pk)
    report = "/rapportage/download/?kwartaal=2026-04-01"
    of_somebody: dict[str, Any] = {
        "own question to read": resident.post(own, {"vorm": "lezen"}, headers=to),
        "own question for a machine": resident.post(own, {"vorm": "json"}, headers=to),
        "figures": _staff(here, Role.COORDINATOR).get(report, headers=to),
    }
    answers: dict[str, Any] = {
        **of_somebody,
        "calendar": Client().get("/leersessies/agenda.ics", headers=to),
        "picture": Client().get("/static/favicon.svg", headers=to),
        "script": Client().get("/static/scripts/answer-keys.js", headers=to),
    }
    assert {name: a.status_code for name, a in answers.items()} == dict.fromkeys(answers, 200)
    missing = {name: _is_safe(answer) for name, answer in answers.items()}
    assert {name: what for name, what in missing.items() if what} == {}
    for name, answer in of_somebody.items():
        assert "no-store" in answer["Cache-Control"], name
        assert answer["Content-Disposition"].startswith("attachment;"), name
    for name in ("picture", "script"):
        answers[name].close()


def test_text_typed_before_a_session_expired_is_kept_out_of_the_browser() -> None:
    here = make.world()
    question = make.question(here, "geld")
    worker = _staff(here)
    session = worker.session
    session[LAST_SEEN_AT] = session[STARTED_AT] = (
        int(time.time()) - configured.STAFF_IDLE_SECONDS - 60
    )
    session.save()
    typed = {"note": "Sanne belt morgen terug over haar huur."}
    answer = worker.post(f"/vraagstuk/{question.pk}/contact/", typed, headers={"host": HOST})
    assert answer.status_code == 401
    assert typed["note"] not in answer.content.decode()
    assert "Uw tekst is bewaard als concept" in answer.content.decode()
    assert "no-store" in answer.headers.get("Cache-Control", "")
    assert _is_safe(answer) == []


def test_personal_pages_are_not_cached() -> None:
    here = make.world()
    receipt = make.submitted(here, "geld", name="Sanne de Wit")
    resident = with_open_question(Client(), receipt.question.pk)
    worker = _staff(here)
    desk = Client()
    desk.force_login(make.desk_worker(here), backend=SIGN_IN)
    for client, path in (
        (resident, "/volg/vraag/"),
        (resident, "/volg/"),
        (resident, "/vraag/"),
        (resident, "/vraag/woorden/"),
        (worker, "/werk/"),
        (worker, f"/vraagstuk/{receipt.question.pk}/"),
        (worker, "/vraagstuk/00000000-0000-0000-0000-000000000000/"),
        (desk, "/balie/"),
        (desk, "/balie/nieuwe-code/"),
    ):
        answer = client.get(path, headers={"host": HOST})
        assert "no-store" in answer.headers.get("Cache-Control", ""), path


@pytest.mark.parametrize(
    "to", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)"]
)
def test_next_never_redirects_to_another_site(to: str) -> None:
    here = make.world()
    client = Client()
    for answer in (
        client.post("/taal/", {"language": "en", "next": to}, headers={"host": HOST}),
        client.get("/accounts/login/", {"next": to}, headers={"host": HOST}),
        _staff(here).get("/accounts/login/", {"next": to}, headers={"host": HOST}),
    ):
        assert not answer.headers.get("Location", "/").startswith(
            ("//", "http", "/\\", "javascript")
        )
        assert f'href="{to}' not in answer.content.decode()


def test_a_forged_host_reaches_no_partnership_and_no_link_uses_it() -> None:
    make.world()
    client = Client(raise_request_exception=False)
    for host in ("evil.example", "putten.localhost.evil.example", "putten.localhost@evil.example"):
        assert client.get("/", headers={"host": host}).status_code == 400, host
    # Django reads this one only where a proxy is trusted to set it; we never do.
    answer = client.get("/", headers={"host": HOST, "x-forwarded-host": "evil.example"})
    assert b"evil.example" not in answer.content
    assert configured.USE_X_FORWARDED_HOST is False


@pytest.mark.parametrize(
    "host",
    ["putten.localhost.", "PUTTEN.LocalHost", "Putten.localhost.:8000", "putten.localhost:80"],
)
def test_a_host_in_another_spelling_is_the_same_partnership(host: str) -> None:
    make.world()
    answer = Client().get("/", headers={"host": host})
    assert answer.status_code == 200
    assert b"Putten" in answer.content
    assert answer.context["partnership"].slug == "putten"


def test_a_wrong_code_counts_for_the_client_despite_forged_forwarding_headers(
    settings: Any,
) -> None:
    """Wrong tries from one address, with a different X-Forwarded-For each time."""
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    make.world()
    client = Client()
    for number in range(code_entry.FREE_TRIES + 1):
        answer = client.post(
            "/volg/",
            {"reference": "BBBB-BBBB", "code": "1"},
            headers={"host": HOST, "x-forwarded-for": f"10.0.0.{number}, 192.0.2.7"},
        )
    page = client.get(answer["Location"], headers={"host": HOST}).content.decode()
    assert "vaak achter elkaar niet gelukt" in page
    assert not Question.objects.exists()
