"""Taking messages out of the outbox and writing down what became of them.

A claim is one statement: rows that nobody else holds, with a lease. Every later write names the
holder, so that a sender whose lease has run out can't overwrite what its successor did.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

from welzijn.notifications.channels import sms
from welzijn.notifications.models import Message, Status
from welzijn.notifications.recipients import Channel, Reach
from welzijn.notifications.sql import CLAIM, RECORD


def claim(
    *, now: datetime, worker: str, lease: timedelta, limit: int, channels: Collection[Channel]
) -> list[Message]:
    """Take up to `limit` messages that are due, urgent ones first, then in order of due.

    Nobody else gets them until `now + lease`. What a dead sender held comes back the same way.
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


def record(message: Message, status: Status, *, now: datetime, error: str = "") -> bool:
    """Write the end of a message down. False where somebody else holds it by now."""
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
    """Back to waiting after a refusal; it keeps its place in the order of due."""
    _held(message).update(status=Status.WAITING, held_until=until, error=error)


def postpone(message: Message, *, until: datetime) -> None:
    """Back to waiting because it may not arrive now. Keeps its place and doesn't count as a try."""
    _held(message).update(status=Status.WAITING, held_until=until, attempts=message.attempts - 1)


def release(messages: Iterable[Message], *, error: str = "") -> None:
    """Give back what was claimed and not tried, in its old place."""
    for message in messages:
        _held(message).update(
            status=Status.WAITING,
            held_until=None,
            attempts=message.attempts - 1,
            error=error,
        )


def readdress(message: Message, reach: Reach) -> bool:
    """Bring a message in line with what its recipient wishes now.

    True where it may go as it is. Otherwise it goes back, with another channel, address or hours,
    or is settled as one that only stands on the page.
    """
    channel, address = reach.choose(texts=sms.available())
    wished = {
        "channel": channel,
        "address": address,
        "discreet": not reach.may_say_who,
        "contact_from": reach.contact_from,
        "contact_until": reach.contact_until,
    }
    if all(getattr(message, name) == value for name, value in wished.items()):
        return True
    none = channel is Channel.NONE
    _held(message).update(
        **wished,
        status=Status.SHOWN if none else Status.WAITING,
        held_until=None,
        attempts=message.attempts - 1,
    )
    return False


def settle(ids: Iterable[UUID], status: Status, *, now: datetime) -> None:
    """Write the end of the lines of a digest down."""
    Message.objects.filter(id__in=list(ids), status=Status.WAITING).update(
        status=status, sent_at=now if status == Status.SENT else None
    )


def _held(message: Message) -> QuerySet[Message]:
    return Message.objects.filter(
        id=message.id, status=Status.SENDING, claimed_by=message.claimed_by
    )
