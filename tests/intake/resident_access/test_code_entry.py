"""Reference and code: counted tries at their exact limits, and how long a browser is let in."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.http import HttpRequest
from django.test import RequestFactory

from intake.questions.models import Question
from intake.resident_access import code_entry, codes
from intake.resident_access.models import AccessAttempt
from tests.support import factories as make

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

    def wrong(self, times: int, **changes: Any) -> None:
        for number in range(times):
            assert self.tries(WRONG, **{"address": f"192.0.2.{number}", **changes}) is None


def test_the_code_opens_its_own_question_only() -> None:
    door = Door()
    assert door.tries(door.receipt.code) == door.receipt.question
    assert door.tries(door.other.code) is None
    assert door.tries(door.receipt.code, reference="BBBB-BBBB") is None
    elsewhere = make.partnership("ermelo")
    assert door.tries(door.receipt.code, partnership=elsewhere) is None


def test_after_nine_wrong_tries_the_code_opens_and_after_ten_it_does_not() -> None:
    door = Door()
    door.wrong(9)
    assert door.tries(door.receipt.code) == door.receipt.question
    door.wrong(1)
    with pytest.raises(code_entry.TooManyTriesError):
        door.tries(door.receipt.code, address="198.51.100.7")
    assert door.tries(door.other.code, reference=door.other.reference) == door.other.question


def test_tries_that_opened_it_count_for_nothing() -> None:
    door = Door()
    for number in range(12):
        found = door.tries(door.receipt.code, address=f"192.0.2.{number}")
        assert found == door.receipt.question
    for _again in range(32):
        subject = codes.subject_digest("address", "192.0.2.1")
        code_entry.count_try(subject, succeeded=True, now=NOW)
    assert door.tries(door.receipt.code) == door.receipt.question


def test_an_address_has_thirty_tries_over_all_references() -> None:
    door = Door()
    for number in range(30):
        reference = codes.reference_for(uuid4(), number)
        assert door.tries(WRONG, reference=reference) is None
    with pytest.raises(code_entry.TooManyTriesError):
        door.tries(door.receipt.code)
    assert door.tries(door.receipt.code, address="198.51.100.7") == door.receipt.question


def test_a_refused_try_is_not_counted() -> None:
    door = Door()
    door.wrong(10)
    before = AccessAttempt.objects.count()
    with pytest.raises(code_entry.TooManyTriesError):
        door.tries(WRONG)
    assert AccessAttempt.objects.count() == before


def test_a_try_counts_for_one_hour_exactly() -> None:
    door = Door()
    door.wrong(10)
    hour = timedelta(hours=1)
    with pytest.raises(code_entry.TooManyTriesError):
        door.tries(door.receipt.code, now=NOW + hour - SECOND)
    assert door.tries(door.receipt.code, now=NOW + hour) == door.receipt.question


def test_an_unknown_reference_is_limited_like_a_known_one() -> None:
    door = Door()
    door.wrong(10, reference="BBBB-BBBB")
    with pytest.raises(code_entry.TooManyTriesError):
        door.tries(WRONG, reference="BBBB-BBBB", address="198.51.100.7")


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
