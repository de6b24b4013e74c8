"""The daily digest for staff: one message in the outbox that includes many lines.

Its key is recipient and day, so there is one a day and a second attempt has the same Message-ID.
Its lines are collected when it is sent.
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
# Beyond that the work list is the better place; the mail links to it.
MAX_LINES = 100


@dataclass(frozen=True, slots=True)
class DigestContent:
    """The lines of one digest, and the rows whose status its sending decides."""

    lines: tuple[tuple[str, str], ...]
    included: tuple[UUID, ...]
    no_longer_true: tuple[UUID, ...]


def collect(mail: Message, now: datetime) -> DigestContent:
    """Collect what is due for the digest's recipient and still true, oldest first."""
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
    true = still_true_ids(waiting, now)
    included = [message for message in waiting if message.id in true]
    return DigestContent(
        lines=tuple((rendering.line(m), rendering.link_of(m)) for m in included[:MAX_LINES]),
        included=tuple(message.id for message in included),
        no_longer_true=tuple(message.id for message in waiting if message.id not in true),
    )


def still_true_ids(messages: Sequence[Message], now: datetime) -> set[UUID]:
    """Return the ids of the messages that are still true, with one call per kind."""
    by_kind: dict[str, list[Message]] = {}
    for message in messages:
        by_kind.setdefault(message.subject_kind, []).append(message)
    true: set[UUID] = set()
    for name, group in by_kind.items():
        true.update(message_kinds.kind(name).still_true(group, now))
    return true


def is_stopped(recipient_key: str) -> bool:
    """Return whether this recipient has unsubscribed from the digest."""
    return DigestChoice.objects.filter(recipient_key=recipient_key).exists()


def reschedule_stranded_lines(now: datetime) -> int:
    """Queue a digest for every line that no queued digest will include; return how many.

    A line can be queued while the digest of its day is being sent.
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
    """Return the signed one-click URL that unsubscribes the recipient; it holds an id only."""
    token = signing.dumps(mail.recipient_key, salt=_SALT)
    partnership = mail.partnership
    path = reverse("stop_digest", args=[token])
    return rendering.absolute(partnership.hostname, partnership.slug, path)


def recipient_of(token: str) -> str | None:
    """Return the recipient key of an unsubscribe token; None where the signature is invalid."""
    try:
        return signing.loads(token, salt=_SALT)
    except signing.BadSignature:
        return None
