"""Delivery asks once more how a resident wants to be reached, when it sends."""

from __future__ import annotations

from datetime import time, timedelta

import pytest
from django.core import mail

from tests.welzijn.notifications.conftest import TUESDAY, by_mail
from tests.welzijn.notifications.test_delivery import refuse
from welzijn.core.ids import uuid7
from welzijn.notifications import message_kinds
from welzijn.notifications.channels.errors import (
    AddressRefusedError,
)
from welzijn.notifications.delivery import sweep
from welzijn.notifications.models import Status
from welzijn.notifications.recipients import Channel, DeliveryPreferences, Recipient

pytestmark = pytest.mark.django_db


class Wishes:
    """What residents wish at this moment, as intake tells it."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.now: dict[str, DeliveryPreferences] = {}
        monkeypatch.setattr(message_kinds, "_preferences_of", lambda _keys: self.now)


def test_who_wants_no_mail_any_more_gets_none_that_was_queued_before(queue, monkeypatch) -> None:
    wishes = Wishes(monkeypatch)
    [message] = queue()
    wishes.now[message.recipient_key] = DeliveryPreferences((), email="aydin@example.nl")
    sweep(now=TUESDAY)
    message.refresh_from_db()
    assert (message.status, message.channel, message.address) == (Status.SHOWN, "none", "")
    assert mail.outbox == []


def test_a_new_address_is_used_for_what_was_queued_to_the_old(queue, monkeypatch) -> None:
    wishes = Wishes(monkeypatch)
    [message] = queue()
    wishes.now[message.recipient_key] = DeliveryPreferences(
        (Channel.EMAIL,), email="safe@example.nl", may_say_who=False
    )
    sweep(now=TUESDAY)
    [sent] = mail.outbox
    assert sent.to == ["safe@example.nl"]
    assert "http" not in sent.body
    message.refresh_from_db()
    assert (message.status, message.attempts) == (Status.SENT, 1)


def test_new_hours_hold_for_what_was_queued_before(queue, monkeypatch) -> None:
    wishes = Wishes(monkeypatch)
    [message] = queue()
    wishes.now[message.recipient_key] = DeliveryPreferences(
        (Channel.EMAIL,),
        email="aydin@example.nl",
        may_say_who=True,
        contact_from=time(13),
        contact_until=time(15),
    )
    assert sweep(now=TUESDAY).sent == 0
    assert sweep(now=TUESDAY + timedelta(hours=2)).sent == 1


def test_wishes_are_asked_once_for_a_batch_and_of_residents_only(queue, monkeypatch) -> None:
    requested: list[set[str]] = []

    def preferences_of(keys: set[str]) -> dict[str, DeliveryPreferences]:
        requested.append(keys)
        return {}

    monkeypatch.setattr(message_kinds, "_preferences_of", preferences_of)
    residents = {queue()[0].recipient_key for _ in range(3)}
    on_duty = Recipient.user(uuid7(), email="duty@putten.example")
    queue(on_duty, template="question_urgent", urgent=True)
    assert sweep(now=TUESDAY).sent == 4
    assert requested == [residents]


def test_every_app_that_wants_to_know_hears_of_a_bounce_to_a_resident(queue, monkeypatch) -> None:
    heard: list[str] = []
    monkeypatch.setattr(
        message_kinds,
        "_bounce_subscribers",
        [lambda message, _now: heard.append(message.recipient_key)],
    )
    [to_resident] = queue(by_mail("gone@example.nl"))
    on_duty = Recipient.user(uuid7(), email="gone@example.nl")
    queue(on_duty, template="question_urgent", urgent=True)
    refuse(monkeypatch, AddressRefusedError("SMTP 550"))
    sweep(now=TUESDAY)
    assert heard == [to_resident.recipient_key]
