"""A relay that takes all mail and lets all of it come back closes no address."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from tests.welzijn.notifications.conftest import TUESDAY, by_mail
from tests.welzijn.notifications.test_bounces import report
from tests.welzijn.notifications.test_one_recipient import serve
from welzijn.core.ids import uuid7
from welzijn.devtools.bench.outbox.misbehaving_server import MisbehavingServer
from welzijn.notifications import message_kinds
from welzijn.notifications.bounces import receive
from welzijn.notifications.delivery import sweep
from welzijn.notifications.models import Message, Status
from welzijn.sweeps.models import SetAside

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


@pytest.fixture
def relay(settings: Any) -> Any:
    with MisbehavingServer() as server:
        serve(settings, server)
        yield server


def send(queue: Any, number: int, prefix: str = "r", minutes: int = 0) -> list[Message]:
    made = [
        queue(by_mail(f"{prefix}{n}@{prefix}{n}.example"), about_id=uuid7())[0]
        for n in range(number)
    ]
    sweep(now=TUESDAY + minutes * MINUTE)
    return made


def all_come_back(messages: list[Message], minutes: int = 1) -> None:
    for message in messages:
        receive(report(message), now=TUESDAY + minutes * MINUTE)


def statuses(messages: list[Message]) -> list[str]:
    for message in messages:
        message.refresh_from_db()
    return [message.status for message in messages]


def test_no_address_stays_closed_and_the_administrators_are_told(
    queue: Any, relay: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[Message] = []
    closed: set[Any] = set()
    for name, hear in {
        "_bounce_subscribers": lambda m, _now: closed.add(m.pk),
        "_arrival_subscribers": lambda m, _now: closed.discard(m.pk),
        "_delivery_failure_subscribers": lambda m, _now: heard.append(m),
    }.items():
        monkeypatch.setattr(message_kinds, name, [hear])
    messages = send(queue, 8)
    all_come_back(messages)
    assert closed == set()
    assert statuses(messages) == [Status.WAITING] * 4 + [Status.FAILED] * 4
    assert {m.reason for m in messages[4:]} == {"refused"}
    assert {m.pk for m in heard} == {m.pk for m in messages[4:]}
    assert SetAside.objects.get(sweep="mail.bounced").failures == 4
    # What had closed an address is sent once more; a second report is believed no more than that.
    sweep(now=TUESDAY + timedelta(hours=2))
    assert len(relay.taken) == 8 + 4
    all_come_back(messages[:4], minutes=125)
    assert statuses(messages[:4]) == [Status.FAILED] * 4
    assert closed == set()
    sweep(now=TUESDAY + timedelta(days=1))
    assert len(relay.taken) == 8 + 4


def test_addresses_that_are_gone_among_mail_that_arrives_are_closed(queue: Any, relay: Any) -> None:
    gone = send(queue, 6, "gone")
    # Later than the first: a sweep counts its own time, and a slow one would end after this one.
    send(queue, 8, "good", minutes=1)
    all_come_back(gone, minutes=2)
    assert statuses(gone) == [Status.BOUNCED] * 6
    assert not SetAside.objects.filter(sweep="mail.bounced").exists()
