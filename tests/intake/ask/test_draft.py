"""Drafts: only the browser's cookie opens one, and for an hour; attempts are counted for a day."""

from datetime import timedelta

import pytest
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from intake.ask import draft
from intake.ask.models import Draft
from intake.ask.tasks import delete_expired_rows
from intake.resident_access.models import AccessAttempt
from tests.support import factories as make
from welzijn.celery import app

pytestmark = pytest.mark.django_db


def test_only_expired_drafts_and_attempts_are_deleted() -> None:
    now = timezone.now()
    for number, age in enumerate((timedelta(minutes=59), timedelta(minutes=61))):
        Draft.objects.create(pk=bytes([number]) * 32, payload=b"x", touched_at=now - age)
    for number, age in enumerate((timedelta(hours=23), timedelta(hours=25))):
        AccessAttempt.objects.create(subject=bytes([number]) * 32, at=now - age)
    delete_expired_rows()
    assert bytes(Draft.objects.get().pk) == bytes(32)
    assert bytes(AccessAttempt.objects.get().subject) == bytes(32)


def test_the_beat_schedules_the_deletion() -> None:
    tasks = {entry["task"] for entry in app.conf.beat_schedule.values()}
    assert delete_expired_rows.name in tasks


def request(cookie: str = "") -> HttpRequest:
    made = HttpRequest()
    if cookie:
        made.COOKIES[draft.COOKIE] = cookie
    return made


def stored(answers: dict, cookie: str = "") -> str:
    """Store a draft; return the browser's cookie."""
    response = HttpResponse()
    draft.write(request(cookie), response, answers, now=make.TUESDAY)
    return str(response.cookies[draft.COOKIE].value)


def test_the_cookie_of_the_browser_opens_it_and_no_other() -> None:
    cookie = stored({"woorden": "deurwaarder"})
    assert draft.read(request(cookie), now=make.TUESDAY) == {"woorden": "deurwaarder"}
    for other in ("", cookie[:-1], "x" * 43):
        assert draft.read(request(other), now=make.TUESDAY) is None


def test_the_table_holds_neither_words_nor_key() -> None:
    cookie = stored({"woorden": "deurwaarder"})
    row = Draft.objects.get()
    held = bytes(row.pk) + bytes(row.payload)
    assert b"deurwaarder" not in held
    assert cookie.encode() not in held


@pytest.mark.parametrize(("minutes", "opens"), [(59, True), (60, False), (61, False)])
def test_it_opens_for_less_than_an_hour_after_the_last_step(minutes: int, opens: bool) -> None:
    cookie = stored({"woorden": "x"})
    found = draft.read(request(cookie), now=make.TUESDAY + timedelta(minutes=minutes))
    assert (found is not None) is opens


def test_each_step_begins_the_hour_again_in_the_same_row() -> None:
    cookie = stored({"woorden": "x"})
    later = make.TUESDAY + timedelta(minutes=50)
    browser = request(cookie)
    draft.read(browser, now=later)
    draft.write(browser, HttpResponse(), {"woorden": "y"}, now=later)
    assert Draft.objects.count() == 1
    after = later + timedelta(minutes=59)
    assert draft.read(request(cookie), now=after) == {"woorden": "y"}


@pytest.mark.parametrize("length", [1, 19, 20, 64, 65])
def test_a_key_that_opened_nothing_is_never_used(length: int) -> None:
    cookie = "c" * length
    assert stored({"woorden": "x"}, cookie) != cookie
    assert draft.read(request(cookie), now=make.TUESDAY) is None


def test_a_damaged_draft_is_none() -> None:
    cookie = stored({"woorden": "x"})
    Draft.objects.update(payload=b"broken")
    assert draft.read(request(cookie), now=make.TUESDAY) is None


def test_wiping_takes_the_row_and_the_cookie() -> None:
    cookie, kept = stored({"woorden": "x"}), stored({"woorden": "y"})
    response = HttpResponse()
    draft.wipe(request(cookie), response)
    assert response.cookies[draft.COOKIE]["max-age"] == 0
    assert draft.read(request(cookie), now=make.TUESDAY) is None
    assert draft.read(request(kept), now=make.TUESDAY) == {"woorden": "y"}


def test_scripts_and_other_sites_do_not_get_the_cookie() -> None:
    response = HttpResponse()
    draft.write(request(), response, {}, now=make.TUESDAY)
    cookie = response.cookies[draft.COOKIE]
    assert (cookie["httponly"], cookie["samesite"], cookie["max-age"]) == (True, "Lax", "")


def test_deleting_says_how_many_and_spares_the_hour_itself() -> None:
    stored({"woorden": "x"})
    hour = make.TUESDAY + draft.LIFETIME
    assert draft.delete_expired(now=hour) == 0
    assert draft.delete_expired(now=hour + timedelta(seconds=1)) == 1
