"""The gate in busy times: counts by network, a proof for one form, or a wait."""

import json
from datetime import datetime, timedelta

import altcha
import pytest
from django.test import RequestFactory

from intake.floods import arrivals, gate
from intake.floods.models import Arrival
from tests.support import factories as make

NOW = make.TUESDAY


def proof(form: str) -> str:
    """A solved challenge, as the browser sends it."""
    challenge = altcha.Challenge.from_dict(json.loads(gate.challenge(form, NOW)))
    solution = altcha.solve_challenge(challenge)
    assert solution is not None
    return altcha.Payload(challenge, solution).to_base64()


def load(address: str, now: datetime = NOW, partnership: str = "here") -> gate.Load:
    request = RequestFactory().post("/", REMOTE_ADDR=address)
    return gate.load(request, partnership, "question", now)


@pytest.mark.django_db
def test_a_network_is_busy_after_ten_and_all_after_sixty() -> None:
    for _number in range(10):
        assert not load("192.0.2.1").busy
    assert load("192.0.2.1").busy
    assert not load("192.0.2.2").busy
    for number in range(48):
        assert not load(f"198.51.100.{number}").busy
    assert load("203.0.113.1").busy
    assert not load("192.0.2.1", partnership="elsewhere").busy
    assert not load("192.0.2.1", NOW + timedelta(minutes=10)).busy


@pytest.mark.django_db
def test_one_ipv6_subscriber_is_one_network() -> None:
    for number in range(10):
        load(f"2001:db8::{number + 1}")
    assert load("2001:db8::ffff").busy
    assert not load("2001:db8:0:1::1").busy


@pytest.mark.django_db
def test_counts_name_nobody_and_go_after_a_day() -> None:
    load("192.0.2.1")
    assert all(b"192.0.2.1" not in bytes(row.id) for row in Arrival.objects.all())
    assert arrivals.forget(now=NOW + timedelta(days=1)) == 0
    assert arrivals.forget(now=NOW + timedelta(days=1, minutes=1)) == 2


def test_a_proof_is_good_for_its_own_form_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gate, "_COST", 1)
    monkeypatch.setattr(gate, "PROOF_LASTS", timedelta(days=36500))
    solved = proof("one")
    assert gate.is_proved(solved, "one")
    assert not gate.is_proved(solved, "other")
    for sent in ("", "x", solved[:-8], "e30=", "W10=", "A" * 5000):
        assert not gate.is_proved(sent, "one")


def test_a_wait_is_over_after_twenty_seconds_for_its_own_form() -> None:
    sent = gate.ticket("one", NOW)
    assert gate.still_to_wait(sent, "one", NOW) == 20
    assert gate.still_to_wait(sent, "one", NOW + timedelta(seconds=19)) == 1
    assert gate.still_to_wait(sent, "one", NOW + timedelta(seconds=20)) == 0
    assert gate.still_to_wait(sent, "other", NOW + timedelta(seconds=20)) is None
    assert gate.still_to_wait(sent, "one", NOW + timedelta(hours=2)) is None
    assert gate.still_to_wait(sent + "x", "one", NOW + timedelta(seconds=20)) is None
