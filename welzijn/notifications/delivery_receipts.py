"""Delivery receipts of texts, as GOV.UK Notify and NotifyNL post them.

    record_receipt(body, now=) record one receipt; True where it changed a text of ours

"permanent-failure" means that the number doesn't work: it is recorded as a bounce.
"temporary-failure" (the phone was off for days) and "technical-failure" say nothing about the
number: the text was not delivered, and the resident's worker is told. It is not sent again: the
service tried for up to three days, and by then the news may be outdated.
"""

from __future__ import annotations

import json
import secrets
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction

from welzijn.notifications import endings
from welzijn.notifications.bounces import record_bounce
from welzijn.notifications.models import Message, Status
from welzijn.notifications.recipients import Channel

MAX_BYTES = 20_000  # bytes; a receipt is a few hundred
_GONE = "permanent-failure"
_NOT_ARRIVED = frozenset({"temporary-failure", "technical-failure"})


class InvalidReceiptError(ValueError):
    """The request body is no receipt."""


def is_authorised(authorization: str) -> bool:
    """Return whether the header holds the configured token; False where none is configured."""
    expected = f"Bearer {settings.SMS_CALLBACK_TOKEN}"
    given = authorization.encode("utf-8", "replace")
    return bool(settings.SMS_CALLBACK_TOKEN) and secrets.compare_digest(given, expected.encode())


def record_receipt(body: bytes, *, now: datetime) -> bool:
    """Record one receipt; a repeated one changes nothing.

    Returns False for an unknown text and for a status that needs no action; the view answers 204
    in both cases, or the service would repeat it. Raises InvalidReceiptError.
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
        if changed:
            endings.not_arrived(message, status, now=now)
    return bool(changed)


def _read(body: bytes) -> tuple[UUID, str]:
    if len(body) > MAX_BYTES:
        raise InvalidReceiptError
    try:
        receipt: Any = json.loads(body)
        return UUID(receipt["reference"]), str(receipt["status"])
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise InvalidReceiptError from None
