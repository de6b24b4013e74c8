"""A browser has something open for twenty minutes after a look, two hours after a code."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.http import HttpRequest

from intake.resident_access.browser_access import BrowserAccess
from tests.support.factories import TUESDAY

pytestmark = pytest.mark.django_db
ACCESS, OTHER = BrowserAccess("one"), BrowserAccess("two")
MINUTE, SECOND = timedelta(minutes=1), timedelta(seconds=1)


@dataclass
class Row:
    code_digest: bytes = b"first"


ROW = Row()


def request() -> HttpRequest:
    made = HttpRequest()
    made.session = SessionStore()
    made.session.create()
    return made


def is_open(
    browser: HttpRequest, now: datetime, row: Row | None = ROW, access: BrowserAccess = ACCESS
) -> bool:
    return access.opened(browser, now, lambda opened: row if opened == "7" else None) is not None


def granted(row: Row = ROW) -> HttpRequest:
    browser = request()
    ACCESS.grant(browser, 7, row, TUESDAY)
    return browser


def test_it_is_open_through_the_twentieth_minute_and_then_lapses() -> None:
    browser = granted()
    last = TUESDAY + 20 * MINUTE
    assert (is_open(browser, last), ACCESS.has_lapsed(browser, last)) == (True, False)
    over = last + SECOND
    assert (is_open(browser, over), ACCESS.has_lapsed(browser, over)) == (False, True)
    assert not ACCESS.has_lapsed(request(), over)


def test_each_look_counts_the_minutes_anew_up_to_two_hours_after_the_code() -> None:
    browser = granted()
    for minutes in range(15, 120, 15):
        now = TUESDAY + minutes * MINUTE
        assert is_open(browser, now)
        ACCESS.extend(browser, now)
    assert is_open(browser, TUESDAY + 120 * MINUTE)
    assert not is_open(browser, TUESDAY + 120 * MINUTE + SECOND)


def test_another_code_of_the_same_row_closes_it() -> None:
    browser = granted(Row())
    assert is_open(browser, TUESDAY, Row())
    assert not is_open(browser, TUESDAY, Row(b"second"))
    assert not is_open(browser, TUESDAY, None)


def test_a_right_code_gets_a_fresh_session_key() -> None:
    browser = request()
    before = browser.session.session_key
    ACCESS.grant(browser, 7, ROW, TUESDAY)
    assert browser.session.session_key != before


def test_one_kind_of_access_is_not_another() -> None:
    browser = granted()
    assert not is_open(browser, TUESDAY, access=OTHER)
    OTHER.grant(browser, 7, ROW, TUESDAY)
    ACCESS.revoke(browser)
    assert not is_open(browser, TUESDAY)
    assert is_open(browser, TUESDAY, access=OTHER)
    assert not ACCESS.has_lapsed(browser, TUESDAY + 60 * MINUTE)


@pytest.mark.parametrize("key", ["one_id", "one_since", "one_until", "one_code"])
def test_with_a_part_missing_nothing_is_open(key: str) -> None:
    browser = granted()
    del browser.session[key]
    assert not is_open(browser, TUESDAY)


def test_revoking_what_is_not_open_is_nothing() -> None:
    browser = request()
    ACCESS.revoke(browser)
    assert not is_open(browser, TUESDAY)


def test_the_session_holds_no_digest() -> None:
    assert "first" not in repr(dict(granted(Row(b"first")).session.items()))
