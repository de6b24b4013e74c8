"""Lease messages from the outbox and record their status.

A lease is taken in one statement. Every later write names the holder, so that a worker whose lease
has ended can't overwrite what its successor did.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

from welzijn.notifications.channels import sms
from welzijn.notifications.models import Message, Status
from welzijn.notifications.recipients import Channel, DeliveryPreferences
from welzijn.notifications.sql import BEGIN, CLAIM, RECORD


def lease_due(
    *, now: datetime, worker: str, lease: timedelta, limit: int, channels: Collection[Channel]
) -> list[Message]:
    """Lease up to `limit` messages that are due until `now + lease`; urgent ones come first.

    Includes messages whose earlier lease has ended, such as those of a worker that died.
    """
    rows = Message.objects.raw(
        CLAIM,
        {
            "now": now,
            "held_until": now + lease,
            "worker": worker,
            "limit": limit,
            "channels": [channel.value for channel in channels],
        },
    )
    return sorted(rows, key=lambda row: (not row.urgent, row.not_before, row.id))


def begin(message: Message, *, now: datetime, lease: timedelta, durable: bool) -> bool:
    """Count the attempt that is about to be made; False where another worker holds the message."""
    with connection.cursor() as cursor:
        cursor.execute(
            BEGIN,
            {
                "id": message.id,
                "worker": message.claimed_by,
                "held_until": now + lease,
                "durable": durable,
            },
        )
        held = cursor.rowcount == 1
    message.attempts += held
    return held


def record(message: Message, status: Status, *, now: datetime, error: str = "") -> bool:
    """Record the message's final status. Return False where another worker holds it by now."""
    sent = status in (Status.SENT, Status.BOUNCED)
    with connection.cursor() as cursor:
        cursor.execute(
            RECORD,
            {
                "id": message.id,
                "worker": message.claimed_by,
                "status": status.value,
                "sent_at": now if sent else None,
                "error": error,
            },
        )
        return cursor.rowcount == 1


def pause(message: Message, *, until: datetime, error: str) -> None:
    """Return a message to the queue that was refused or can't be prepared, in its old place."""
    _leased(message).update(status=Status.WAITING, held_until=until, error=error[:200])


def keep(message: Message, *, until: datetime, attempts: int, error: str) -> None:
    """Return a message to the queue that was refused as all others were, with its old count."""
    _leased(message).update(
        status=Status.WAITING, held_until=until, attempts=attempts, error=error[:200]
    )


def postpone(message: Message, *, until: datetime) -> None:
    """Return a message to the queue that may not arrive now."""
    _leased(message).update(status=Status.WAITING, held_until=until)


def release(messages: Iterable[Message], *, error: str = "") -> None:
    """Return leased messages to the queue that were not tried, with their last error."""
    for message in messages:
        _leased(message).update(
            status=Status.WAITING,
            held_until=None,
            attempts=message.attempts,
            error=error or message.error,
        )


def readdress(message: Message, preferences: DeliveryPreferences) -> bool:
    """Return whether the message agrees with its recipient's preferences; correct it otherwise.

    A corrected message returns to the queue with another channel, address or hours, or is recorded
    as shown on the page only.
    """
    channel, address = preferences.choose(texts=sms.available())
    wished = {
        "channel": channel,
        "address": address,
        "discreet": not preferences.may_say_who,
        "contact_from": preferences.contact_from,
        "contact_until": preferences.contact_until,
    }
    if all(getattr(message, name) == value for name, value in wished.items()):
        return True
    none = channel is Channel.NONE
    _leased(message).update(
        **wished,
        status=Status.SHOWN if none else Status.WAITING,
        held_until=None,
    )
    return False


def record_lines(ids: Iterable[UUID], status: Status, *, now: datetime) -> None:
    """Record the final status of a digest's lines."""
    Message.objects.filter(id__in=list(ids), status=Status.WAITING).update(
        status=status, sent_at=now if status == Status.SENT else None
    )


def _leased(message: Message) -> QuerySet[Message]:
    return Message.objects.filter(
        id=message.id, status=Status.SENDING, claimed_by=message.claimed_by
    )
