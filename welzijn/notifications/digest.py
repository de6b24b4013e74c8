"""The daily mail to staff: one row of the outbox that carries the lines of many.

The mail is a message like any other, with a key of its own (recipient, day), so there is one a day
and a second try has the same Message-ID. Its lines are gathered when it is sent.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.core import signing
from django.db.models import Exists, OuterRef
from django.urls import reverse

from welzijn.notifications import message_kinds, outbox, rendering
from welzijn.notifications.models import DigestChoice, Message, Status
from welzijn.notifications.recipients import Channel

_SALT = "welzijn.notifications.digest"
# A longer list is a work list, and that is where the mail points.
MAX_LINES = 100


@dataclass(frozen=True, slots=True)
class Gathered:
    """What one daily mail holds, and which rows are settled by sending it."""

    lines: tuple[tuple[str, str], ...]
    told: tuple[UUID, ...]
    no_longer_true: tuple[UUID, ...]


def gather(mail: Message, now: datetime) -> Gathered:
    """The lines of this mail: what is due for its recipient and still true, oldest first."""
    waiting = list(
        Message.objects.filter(
            partnership_id=mail.partnership_id,
            recipient_key=mail.recipient_key,
            channel=Channel.DIGEST,
            status=Status.WAITING,
            not_before__lte=now,
        )
        .select_related("partnership")
        .order_by("not_before", "id")
    )
    true = true_ones(waiting, now)
    told = [message for message in waiting if message.id in true]
    return Gathered(
        lines=tuple((rendering.line(m), rendering.link_of(m)) for m in told[:MAX_LINES]),
        told=tuple(message.id for message in told),
        no_longer_true=tuple(message.id for message in waiting if message.id not in true),
    )


def true_ones(messages: Sequence[Message], now: datetime) -> set[UUID]:
    """The ids of those that are still true, asked once per kind."""
    by_kind: dict[str, list[Message]] = {}
    for message in messages:
        by_kind.setdefault(message.subject_kind, []).append(message)
    true: set[UUID] = set()
    for name, group in by_kind.items():
        true.update(message_kinds.kind(name).still_true(group, now))
    return true


def is_stopped(recipient_key: str) -> bool:
    """True if this recipient doesn't want the daily mail."""
    return DigestChoice.objects.filter(recipient_key=recipient_key).exists()


def mind_lines(now: datetime) -> int:
    """Give every line that no mail will carry any more a next mail; gives how many mails.

    A line can be written while the mail of its day goes out. Nothing due is forgotten.
    """
    carrier = Message.objects.filter(
        subject_kind=outbox.DIGEST_KIND,
        partnership_id=OuterRef("partnership_id"),
        recipient_key=OuterRef("recipient_key"),
        status__in=[Status.WAITING, Status.SENDING],
    )
    stranded = Message.objects.filter(
        ~Exists(carrier), channel=Channel.DIGEST, status=Status.WAITING, not_before__lte=now
    ).order_by("partnership_id", "recipient_key", "not_before")
    mails: dict[tuple[UUID, str], Message] = {}
    for line in stranded.distinct("partnership_id", "recipient_key"):
        days = message_kinds.calendar_of(line.partnership_id)
        line.not_before = outbox.next_digest(now, days)
        mails[line.partnership_id, line.recipient_key] = outbox.digest_for(line, now)
    outbox.save(mails.values())
    return len(mails)


def stop_address(mail: Message) -> str:
    """Where the recipient of this mail ends it with one click; signed, holds an id only."""
    token = signing.dumps(mail.recipient_key, salt=_SALT)
    partnership = mail.partnership
    path = reverse("stop_digest", args=[token])
    return rendering.absolute(partnership.hostname, partnership.slug, path)


def recipient_of(token: str) -> str | None:
    """Whose daily mail the token stops; None where it isn't ours."""
    try:
        return signing.loads(token, salt=_SALT)
    except signing.BadSignature:
        return None
