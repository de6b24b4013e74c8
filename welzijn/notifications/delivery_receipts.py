"""What became of a text, as the service tells it afterwards (GOV.UK Notify, NotifyNL: callbacks).

    take(body, now=)    one receipt; True where it was about a text of ours

"permanent-failure" says that the number doesn't work: a bounce, as of a mail. "temporary-failure"
(the phone was off for days) and "technical-failure" say nothing about the number: the text didn't
arrive, and whoever helps the resident hears that. The service isn't asked to send it again: it
tried for up to three days, and by then the news on the page may be another.
"""

from __future__ import annotations

import json
import secrets
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction

from welzijn.notifications import message_kinds
from welzijn.notifications.bounces import record_bounce
from welzijn.notifications.models import Message, Status
from welzijn.notifications.recipients import Channel, RecipientKind

LARGEST = 20_000  # bytes; a receipt is a few hundred
_GONE = "permanent-failure"
_NOT_ARRIVED = frozenset({"temporary-failure", "technical-failure"})


class NotAReceiptError(ValueError):
    """The body is not what the service sends."""


def is_from_the_service(authorization: str) -> bool:
    """Whether the header holds the token that the service was given; False without a token."""
    expected = f"Bearer {settings.SMS_CALLBACK_TOKEN}"
    given = authorization.encode("utf-8", "replace")
    return bool(settings.SMS_CALLBACK_TOKEN) and secrets.compare_digest(given, expected.encode())


def take(body: bytes, *, now: datetime) -> bool:
    """Note what one receipt says; taking it again changes nothing.

    False for a text that isn't ours (any more) and for a status that asks nothing of us: the
    service hears "fine" all the same, or it would go on telling. Raises NotAReceiptError.
    """
    reference, status = _read(body)
    message = Message.objects.filter(id=reference, channel=Channel.SMS).first()
    if message is None:
        return False
    if status == _GONE:
        return record_bounce(message=message, now=now, error=status)
    if status in _NOT_ARRIVED:
        return _record_not_arrived(message, now, status)
    return False


def _record_not_arrived(message: Message, now: datetime, status: str) -> bool:
    with transaction.atomic():
        changed = Message.objects.filter(
            id=message.id, status__in=[Status.SENDING, Status.SENT]
        ).update(status=Status.FAILED, held_until=None, error=status)
        if changed and message.recipient_kind == RecipientKind.RESIDENT:
            for hearer in message_kinds.not_arrived_hearers():
                hearer(message, now)
    return bool(changed)


def _read(body: bytes) -> tuple[UUID, str]:
    if len(body) > LARGEST:
        raise NotAReceiptError
    try:
        receipt: Any = json.loads(body)
        return UUID(receipt["reference"]), str(receipt["status"])
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise NotAReceiptError from None
