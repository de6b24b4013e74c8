"""Reference and code: counted tries at their exact limits, and how long a browser is let in."""

import contextlib
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from intake.questions.models import Question
from intake.resident_access import code_entry, codes
from intake.resident_access.models import AccessAttempt
from tests.support import factories as make
from welzijn.core import known_browser

pytestmark = pytest.mark.django_db
NOW = make.TUESDAY
SECOND = timedelta(seconds=1)
WRONG = "000 000 000"


class Door:
    """Two questions at Putten, and who tries to open one."""

    def __init__(self) -> None:
        self.here = make.world()
        self.receipt = make.submitted(self.here, "geld")
        self.other = make.submitted(self.here, "geld")

    def tries(self, code: str, **changes: Any) -> Question | None:
        values: dict[str, Any] = {
            "partnership": self.here.partnership,
            "reference": self.receipt.reference,
            "address": "192.0.2.1",
            "now": NOW,
        }
        return code_entry.question_for_code(code=code, **{**values, **changes})


def test_the_code_opens_its_own_question_only() -> None:
    door = Door()
    assert door.tries(door.receipt.code) == door.receipt.question
    assert door.tries(door.other.code) is None
    assert door.tries(door.receipt.code, reference="BBBB-BBBB") is None
    elsewhere = make.partnership("ermelo")
    assert door.tries(door.receipt.code, partnership=elsewhere) is None


def waits(door: Door, **changes: Any) -> timedelta:
    """How long the right code has to wait; nothing where it opens."""
    try:
        assert door.tries(door.receipt.code, **changes) == door.receipt.question
    except code_entry.TooManyTriesError as error:
        return error.wait
    return timedelta(0)


def test_from_the_fifth_wrong_try_each_next_one_waits_longer_up_to_an_hour() -> None:
    door, now, minute = Door(), NOW, timedelta(minutes=1)
    for _number in range(4):
        assert door.tries(WRONG, now=now) is None
    expected = [1, 2, 4, 8, 16, 32, 60, 60]
    for minutes in expected:
        assert door.tries(WRONG, now=now) is None
        for early in (timedelta(0), minutes * minute - SECOND):
            with pytest.raises(code_entry.TooManyTriesError) as refused:
                door.tries(door.receipt.code, now=now + early)
            assert refused.value.wait == minutes * minute - early
        assert refused.value.minutes == 1
        now += minutes * minute
    assert door.tries(door.receipt.code, now=now) == door.receipt.question


def test_the_right_code_opens_elsewhere_however_often_somebody_guesses() -> None:
    """One guess each six minutes for a day, and ten at once: only the guesser waits."""
    door, now = Door(), NOW
    for number in range(240):
        now += timedelta(minutes=6)
        try:
            assert door.tries(WRONG, now=now, address="198.51.100.7") is None
        except code_entry.TooManyTriesError:
            assert number > 4
    assert waits(door, now=now) == timedelta(0)
    assert waits(door, now=now, address="198.51.100.7") > timedelta(0)


def test_a_guesser_in_the_same_network_delays_no_other_reference() -> None:
    door = Door()
    for number in range(60):
        reference = codes.reference_for(uuid4(), number)
        assert door.tries(WRONG, reference=reference) is None
    for _number in range(5):
        door.tries(WRONG, reference=door.other.reference)
    assert waits(door) == timedelta(0)


def test_a_browser_that_opened_it_before_waits_for_nobody() -> None:
    door = Door()
    subject = code_entry.reference_subject(door.here.partnership, door.receipt.reference)
    response = HttpResponse()
    known_browser.remember(RequestFactory().get("/"), response, subject)
    request = RequestFactory().get("/")
    request.COOKIES[known_browser.COOKIE] = response.cookies[known_browser.COOKIE].value
    browser = known_browser.of(request)
    assert browser.holds(subject)
    for number in range(12):
        with contextlib.suppress(code_entry.TooManyTriesError):
            door.tries(WRONG, now=NOW + number * timedelta(hours=1))
    late = NOW + timedelta(hours=11)
    assert waits(door, now=late) == timedelta(hours=1)
    assert waits(door, now=late, browser=browser) == timedelta(0)
    # Its own wrong tries wait a minute at most; it holds this reference only.
    for number in range(20):
        door.tries(WRONG, now=late + number * timedelta(minutes=1), browser=browser)
    assert waits(door, now=late + timedelta(minutes=20), browser=browser) == timedelta(0)
    other = code_entry.reference_subject(door.here.partnership, door.other.reference)
    assert not browser.holds(other)


def test_a_changed_or_copied_mark_is_no_known_browser() -> None:
    door = Door()
    subject = code_entry.reference_subject(door.here.partnership, door.receipt.reference)
    response = HttpResponse()
    known_browser.remember(RequestFactory().get("/"), response, subject)
    number, mark = response.cookies[known_browser.COOKIE].value.split(".")
    for cookie in ("", f"other.{mark}", f"{number}.{mark[:-1]}", number, "x" * 5000, "é.a"):
        request = RequestFactory().get("/")
        request.COOKIES[known_browser.COOKIE] = cookie
        assert not known_browser.of(request).holds(subject)
    assert door.receipt.reference not in response.cookies[known_browser.COOKIE].value


def test_ipv6_counts_by_its_64() -> None:
    door = Door()
    for number in range(5):
        door.tries(WRONG, address=f"2001:db8::{number + 1}")
    assert waits(door, address="2001:db8::ffff") > timedelta(0)
    assert waits(door, address="2001:db8:0:1::1") == timedelta(0)


def test_what_cannot_be_a_reference_counts_for_nobody() -> None:
    door = Door()
    for typed in ("", "x", "dat weet ik niet", "B" * 400) * 5:
        assert door.tries(WRONG, reference=typed) is None
    assert not AccessAttempt.objects.exists()


def test_wrong_tries_before_a_right_one_count_no_more() -> None:
    door = Door()
    for _number in range(4):
        door.tries(WRONG)
    assert waits(door) == timedelta(0)
    for _number in range(4):
        assert door.tries(WRONG, now=NOW + SECOND) is None
    assert waits(door, now=NOW + SECOND) == timedelta(0)


def test_a_refused_try_is_not_counted() -> None:
    door = Door()
    for _number in range(5):
        door.tries(WRONG)
    before = AccessAttempt.objects.count()
    with pytest.raises(code_entry.TooManyTriesError):
        door.tries(WRONG)
    assert AccessAttempt.objects.count() == before


def test_an_unknown_reference_waits_like_a_known_one() -> None:
    door = Door()
    for _number in range(5):
        assert door.tries(WRONG, reference="BBBB-BBBB") is None
    with pytest.raises(code_entry.TooManyTriesError):
        door.tries(WRONG, reference="BBBB-BBBB")


def a_browser() -> HttpRequest:
    request = RequestFactory().get("/volg/")
    request.session = SessionStore()
    request.session.create()
    return request


def test_a_browser_is_let_in_for_twenty_minutes_after_each_look() -> None:
    door, request = Door(), a_browser()
    key = request.session.session_key
    code_entry.remember(request, door.receipt.question, NOW)
    assert request.session.session_key != key
    minutes = timedelta(minutes=20)
    here = door.here.partnership
    # The look at the last moment extends it, and that is the moment from which it counts.
    for turn in (1, 2):
        assert code_entry.remembered(request, here, NOW + turn * minutes) == door.receipt.question
        assert not code_entry.QUESTION_ACCESS.has_lapsed(request, NOW + (turn + 1) * minutes)
    late = NOW + 3 * minutes + SECOND
    assert code_entry.remembered(request, here, late) is None
    assert code_entry.QUESTION_ACCESS.has_lapsed(request, late)


def test_a_browser_opens_nothing_at_another_partnership_or_after_forgetting() -> None:
    door, request = Door(), a_browser()
    code_entry.remember(request, door.receipt.question, NOW)
    assert code_entry.remembered(request, make.partnership("ermelo"), NOW) is None
    code_entry.QUESTION_ACCESS.revoke(request)
    assert code_entry.remembered(request, door.here.partnership, NOW) is None
    assert not code_entry.QUESTION_ACCESS.has_lapsed(request, NOW + timedelta(days=1))


def test_a_new_code_replaces_the_old_one_of_that_question_only() -> None:
    door = Door()
    fresh = code_entry.renew_code(question=door.receipt.question)
    assert door.tries(fresh) == door.receipt.question
    assert door.tries(door.receipt.code) is None
    assert door.tries(door.other.code, reference=door.other.reference) == door.other.question


def test_tries_are_kept_for_a_day_exactly() -> None:
    subject = bytes(32)
    for age in (timedelta(days=1) + SECOND, timedelta(days=1), timedelta(0)):
        code_entry.count_try(subject, succeeded=False, now=NOW - age)
    assert code_entry.forget_old_attempts(now=NOW) == 1
    assert set(AccessAttempt.objects.values_list("at", flat=True)) == {
        NOW - timedelta(days=1),
        NOW,
    }
