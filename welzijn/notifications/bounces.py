"""Process mail that arrives at the bounce address.

A bounce is recorded on its message and passed to the app that queued it, so that a worker reads
"this address doesn't work". Everything else (out-of-office replies, read receipts, spam, bounces
of other mail) is ignored.
"""

from __future__ import annotations

import email
import email.policy
import logging
import re
from collections.abc import Iterator
from datetime import datetime
from email.message import EmailMessage
from email.message import Message as AnyMessage

from django.db import transaction

from welzijn.notifications import endings, message_kinds
from welzijn.notifications.models import Message, Status
from welzijn.notifications.outbox import DIGEST_KIND
from welzijn.notifications.recipients import Channel, RecipientKind

logger = logging.getLogger(__name__)

_STATUS = re.compile(r"([245])\.\d{1,3}\.\d{1,3}")
_LARGEST = 2 * 1024 * 1024  # bytes; a bounce repeats our mail, which is small


def record_bounce(*, message: Message, now: datetime, error: str = "") -> bool:
    """Record that a message bounced. Return False where that was recorded before.

    Calls the kind's `on_bounce`, and for a resident's message all subscribers to bounces, in the
    same transaction. The lines of a bounced digest stay on the work list and are not mailed again.
    """
    with transaction.atomic():
        changed = Message.objects.filter(
            id=message.id, status__in=[Status.SENDING, Status.SENT]
        ).update(status=Status.BOUNCED, sent_at=now, held_until=None, error=error[:200])
        if not changed:
            return False
        if message.subject_kind == DIGEST_KIND:
            Message.objects.filter(
                partnership_id=message.partnership_id,
                recipient_key=message.recipient_key,
                channel=Channel.DIGEST,
                status=Status.WAITING,
                not_before__lte=now,
            ).update(status=Status.SHOWN)
            endings.came_back(message, error, now=now)
            return True
        on_bounce = message_kinds.kind(message.subject_kind).on_bounce
        if on_bounce is not None:
            on_bounce(message, now)
        if message.recipient_kind == RecipientKind.RESIDENT:
            for subscriber in message_kinds.bounce_subscribers():
                subscriber(message, now)
        endings.came_back(message, error, now=now)
    return True


def receive(raw: bytes, *, now: datetime) -> bool:
    """Process one raw mail; return True where it was a bounce of one of our messages.

    Only a delivery report (RFC 3464) of permanent failure with one of our Message-IDs counts.
    Delay reports, out-of-office replies and unparsable mails are ignored.
    """
    if len(raw) > _LARGEST:
        return False
    mail = email.message_from_bytes(raw, policy=email.policy.default)
    if mail.get_content_type() != "multipart/report":
        return False
    if not _failed_for_good(mail):
        return False
    for original in _message_ids(mail):
        row_id = Message.id_from(original)
        row = Message.objects.filter(id=row_id).first() if row_id else None
        if row is not None:
            return record_bounce(message=row, now=now, error="bounce")
    return False


def _failed_for_good(mail: EmailMessage) -> bool:
    for part in mail.walk():
        if part.get_content_type() == "message/delivery-status":
            for block in _blocks(part):
                status = _STATUS.match(str(block.get("Status", "")))
                action = str(block.get("Action", "")).strip().lower()
                if action == "failed" and status is not None and status[1] == "5":
                    return True
    return False


def _message_ids(mail: EmailMessage) -> Iterator[str]:
    """Yield the Message-IDs of the returned mail, which is attached whole or as headers."""
    for part in mail.walk():
        if part.get_content_type() == "message/rfc822":
            for inner in _blocks(part):
                yield str(inner.get("Message-ID", ""))
        elif part.get_content_type() == "text/rfc822-headers":
            headers = email.message_from_string(str(part.get_payload()))
            yield str(headers.get("Message-ID", ""))


def _blocks(part: AnyMessage) -> list[AnyMessage]:
    payload = part.get_payload()
    return (
        [block for block in payload if isinstance(block, AnyMessage)]
        if isinstance(payload, list)
        else []
    )
