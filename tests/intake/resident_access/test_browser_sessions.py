"""How long a browser has a question open, and what ends it."""

from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from intake.resident_access import code_entry
from intake.submission.submit import Receipt
from tests.support import factories as make
from tests.support.signing_in import entered
from welzijn.core import known_browser

pytestmark = pytest.mark.django_db
OPEN = "/volg/vraag/"


@pytest.fixture
def receipt() -> Receipt:
    return make.submitted(make.world(), "geld")


def test_a_new_code_ends_every_browser_that_had_the_old_one(receipt: Receipt) -> None:
    browsers = [entered(receipt), entered(receipt)]
    assert [b.get(OPEN).status_code for b in browsers] == [200, 200]
    code = code_entry.renew_code(question=receipt.question)
    for browser in browsers:
        assert browser.get(OPEN)["Location"] == "/volg/"
        assert browser.post(f"{OPEN}trek-in/")["Location"] == "/volg/"
        assert browser.get("/volg/").status_code == 200
    receipt.question.refresh_from_db()
    assert receipt.question.is_open
    answer = browsers[0].post("/volg/", {"reference": receipt.reference, "code": code})
    assert answer["Location"] == OPEN


def test_two_hours_after_the_code_it_is_asked_again_however_busy_the_browser_was(
    receipt: Receipt, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin = timezone.now()
    browser = entered(receipt)

    def answer(minutes: int) -> Any:
        monkeypatch.setattr(timezone, "now", lambda: begin + timedelta(minutes=minutes))
        return browser.get(OPEN)

    assert {answer(minutes).status_code for minutes in range(15, 120, 15)} == {200}
    assert answer(119).status_code == 200
    assert answer(121)["Location"] == "/volg/"
    assert "De pagina was te lang open." in browser.get("/volg/").content.decode()


def test_the_cookies_end_with_the_browser_and_script_reads_none(receipt: Receipt) -> None:
    browser = entered(receipt)
    browser.get(OPEN)
    browser.post("/vraag/")
    browser.post("/taal/", {"language": "en", "next": "/"})
    # The one that lasts opens nothing (welzijn/core/known_browser.py).
    known = browser.cookies.pop(settings.KNOWN_BROWSER_COOKIE_NAME)
    assert known["max-age"] == known_browser.LASTS.total_seconds()
    assert (known["httponly"], known["samesite"]) == (True, "Lax")
    assert set(browser.cookies) == {
        settings.SESSION_COOKIE_NAME,
        settings.CSRF_COOKIE_NAME,
        settings.LANGUAGE_COOKIE_NAME,
        settings.DRAFT_COOKIE_NAME,
    }
    for name, cookie in browser.cookies.items():
        assert (cookie["max-age"], cookie["expires"]) == ("", ""), name
        assert cookie["httponly"], name
        assert cookie["samesite"] == "Lax", name
        assert (cookie["path"], cookie["domain"]) == ("/", ""), name


def test_giving_a_code_replaces_session_and_token(receipt: Receipt) -> None:
    """Who planted either of them before has neither afterwards."""
    browser = Client(headers={"host": "putten.localhost"})
    browser.get("/volg/")
    token = browser.cookies[settings.CSRF_COOKIE_NAME].value
    session = browser.session
    session["anything"] = 1
    session.save()
    browser.cookies[settings.SESSION_COOKIE_NAME] = str(session.session_key)
    browser.post("/volg/", {"reference": receipt.reference, "code": receipt.code})
    assert browser.cookies[settings.CSRF_COOKIE_NAME].value != token
    assert browser.cookies[settings.SESSION_COOKIE_NAME].value != session.session_key


def test_reading_the_front_pages_sets_no_cookie(receipt: Receipt) -> None:
    browser = Client(headers={"host": "putten.localhost"})
    for path in ("/", "/privacy/", "/toegankelijkheid/", "/gewist/"):
        assert browser.get(path).status_code == 200, path
        assert dict(browser.cookies) == {}, path
