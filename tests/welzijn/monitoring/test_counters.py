"""A refused code or password is counted by who and why, and by nothing that says whose it was."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from prometheus_client import REGISTRY

from intake.resident_access.code_entry import FREE_TRIES, TooManyTriesError, question_for_code
from tests.support import factories as make

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)


def refused(who: str, why: str) -> float:
    labels = {"who": who, "why": why}
    return REGISTRY.get_sample_value("voordeur_sign_ins_refused_total", labels) or 0.0


def test_wrong_codes_and_the_wait_after_them() -> None:
    here = make.world()
    before = refused("resident", "wrong"), refused("resident", "waiting")
    reference = make.question(here, "geld").reference
    tried: dict[str, Any] = {"partnership": here.partnership, "reference": reference}
    for number in range(FREE_TRIES):
        now = NOW + timedelta(seconds=number)
        question_for_code(**tried, code="fout", address="203.0.113.7", now=now)
    with pytest.raises(TooManyTriesError):
        question_for_code(
            **tried, code="fout", address="203.0.113.7", now=NOW + timedelta(seconds=9)
        )
    after = refused("resident", "wrong"), refused("resident", "waiting")
    assert (after[0] - before[0], after[1] - before[1]) == (FREE_TRIES, 1)


def test_wrong_passwords_and_the_wait_after_them(settings: Any) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"login_failed": "2/m/ip"}
    before = refused("staff", "wrong"), refused("staff", "waiting")
    client = Client(headers={"host": "localhost"})
    for _ in range(3):
        client.post("/accounts/login/", {"login": "niemand@voorbeeld.example", "password": "fout"})
    after = refused("staff", "wrong"), refused("staff", "waiting")
    assert (after[0] - before[0], after[1] - before[1]) == (2, 1)
