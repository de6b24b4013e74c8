"""Delivery receipts of texts, as GOV.UK Notify and NotifyNL post them.

    record_receipt(body, now=) record one receipt; True where it changed a text of ours

"permanent-failure" means that the number gets no texts: texts to it are closed, calling is not.
"temporary-failure" (the phone was off for days) and "technical-failure" say nothing about the
number: the text was not delivered, and the resident's worker is told. It is not sent again: the
service tried for up to three days, and by then the news may be outdated. "delivered" overrides
what was heard before.
"""

from __future__ import annotations

import json
import secrets
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings

from welzijn.notifications import endings, reasons
from welzijn.notifications.models import Message
from welzijn.notifications.recipients import Channel

MAX_BYTES = 20_000  # bytes; a receipt is a few hundred
_DELIVERED = "delivered"


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
    if status == _DELIVERED:
        return endings.arrived(message=message, now=now)
    reason = reasons.of_receipt(status)
    if reason is None:
        return False
    return endings.did_not_arrive(message=message, reason=reason, now=now, error=status)


def _read(body: bytes) -> tuple[UUID, str]:
    if len(body) > MAX_BYTES:
        raise InvalidReceiptError
    try:
        receipt: Any = json.loads(body)
        return UUID(receipt["reference"]), str(receipt["status"])
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise InvalidReceiptError from None
