"""What a sweep counts and logs of what it could not send, and what it reads from the database."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.welzijn.notifications.conftest import TUESDAY, by_mail, by_text
from tests.welzijn.notifications.test_delivery import refuse
from welzijn.notifications import leases
from welzijn.notifications.channels import sms
from welzijn.notifications.channels.errors import (
    AddressRefusedError,
    PermanentRefusalError,
    TemporaryRefusalError,
)
from welzijn.notifications.delivery import SweepResult, sweep

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (AddressRefusedError("SMTP 550"), {"failed": 1}),
        (PermanentRefusalError("SMTP 554"), {"failed": 1}),
        (TemporaryRefusalError("SMTP 452"), {"refused": 1}),
    ],
)
def test_each_refusal_counts_once(queue, monkeypatch, error, expected) -> None:
    queue()
    refuse(monkeypatch, error)
    assert sweep(now=TUESDAY) == SweepResult(**expected)


def test_a_failure_is_logged_by_kind_and_error_only(queue, monkeypatch, caplog) -> None:
    queue()
    refuse(monkeypatch, PermanentRefusalError("SMTP 554"))
    sweep(now=TUESDAY)
    assert caplog.messages == [
        "a message of kind test failed: SMTP 554",
        "messages: given up after 1 failures: SMTP 554",
    ]


def test_a_check_that_breaks_is_logged_with_its_kind_and_tried_later(queue, truth, caplog) -> None:
    queue()
    truth.broken = True
    assert sweep(now=TUESDAY) == SweepResult(set_aside=1)
    [line] = caplog.messages
    assert line.startswith("messages: a row is set aside, failure 1: test: RuntimeError in ")
    assert "a mistake in an app" not in caplog.text


def test_the_text_service_hears_from_the_second_try_on_that_it_is_one(
    queue, monkeypatch, settings
) -> None:
    settings.SMS_API_URL = "https://texts.example"
    tries: list[bool] = []

    class Texts:
        def send(self, *, phone: str, text: str, reference: str, second_try: bool) -> None:
            tries.append(second_try)

    monkeypatch.setattr(sms, "client", Texts)
    queue(by_text())
    with monkeypatch.context() as dying:
        # As a kill between sending and recording.
        dying.setattr(leases, "record", lambda *_args, **_kwargs: False)
        sweep(now=TUESDAY, limit=1)
    sweep(now=TUESDAY + timedelta(minutes=3))
    assert tries == [False, True]


def test_a_dead_workers_message_is_free_after_two_minutes(queue, monkeypatch) -> None:
    queue()
    with monkeypatch.context() as dying:
        dying.setattr(leases, "record", lambda *_args, **_kwargs: False)
        sweep(now=TUESDAY, limit=1)
    # The sweep's own clock runs on by what the work takes.
    assert sweep(now=TUESDAY + timedelta(seconds=110)).sent == 0
    assert sweep(now=TUESDAY + timedelta(seconds=130)).sent == 1


def test_a_sweep_reads_each_partnership_once(queue) -> None:
    for number in range(5):
        queue(by_mail(f"{number}@example.nl"))
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert sweep(now=TUESDAY, batch=2).sent == 5
    # One for the messages, one for the calendar: not one more for each batch or message.
    read = [q for q in queries if 'FROM "organisations_partnership"' in q["sql"]]
    assert len(read) == 2
