"""What a flood looks like, and when an alarm is told at once."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import RequestFactory

from intake.floods import gate
from intake.floods.gate import QUIET, Load
from intake.floods.suspicion import Arrived
from tests.support import factories as make

pytestmark = pytest.mark.django_db
NOW = make.TUESDAY
BUSY = Load(3, 80, busy=True)


def judged(
    *, load: Load = BUSY, words: str = "", seconds: int = 60, danger: bool = False
) -> Arrived:
    begun = (NOW - timedelta(seconds=seconds)).timestamp()
    return Arrived.judged(
        partnership_id="here", load=load, words=words, begun=begun, danger=danger, now=NOW
    )


def test_in_quiet_times_nothing_is_suspected() -> None:
    for _number in range(10):
        assert judged(load=QUIET, words="hulp", seconds=0) == Arrived()


def test_in_busy_times_fast_forms_and_the_same_words_are_suspected() -> None:
    assert judged(words="a", seconds=19).suspected == "fast"
    assert judged(words="b", seconds=20).suspected == ""
    for _number in range(3):
        assert judged(words="Ik  wil HULP").suspected == ""
    assert judged(words="ik wil hulp").suspected == "same_words"
    assert judged(words="").suspected == ""
    assert judged(load=Load(101, 80, busy=True), words="c").suspected == "many"


def test_the_wait_at_the_gate_is_no_typing() -> None:
    """A bot that fills in the form in a second and then waits is as fast as one that doesn't."""
    begun = (NOW - timedelta(seconds=26)).timestamp()
    ways: dict[str, Any] = {
        "partnership_id": "here",
        "load": BUSY,
        "begun": begun,
        "danger": False,
        "now": NOW,
    }
    assert Arrived.judged(words="x", sent=begun + 1, **ways).suspected == "fast"
    assert Arrived.judged(words="y", sent=begun + 20, **ways).suspected == ""
    request = RequestFactory().post("/", {"wacht": gate.ticket("form", NOW)})
    later = NOW + timedelta(seconds=25)
    assert gate.first_sent(request, "form", later) == NOW.timestamp()
    assert gate.first_sent(request, "another form", later) == later.timestamp()


def test_the_first_alarm_is_told_at_once_and_a_typed_one_among_many_too() -> None:
    assert not judged(load=QUIET, danger=True, seconds=2).merge_alarm
    assert judged(load=QUIET, danger=True, seconds=2).merge_alarm
    for number in range(30):
        assert judged(danger=True, seconds=1, words=f"nummer {number}").merge_alarm
    assert not judged(danger=True, seconds=90, words="Mijn man slaat mij").merge_alarm
    for number in range(4):
        assert not judged(danger=True, seconds=90, words=f"iets anders {number}").merge_alarm
    assert judged(danger=True, seconds=90, words="de zesde").merge_alarm
