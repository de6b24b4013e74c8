"""The daily digest for staff: one message in the outbox that includes many lines.

Its key is recipient and day, so there is one a day and a second attempt has the same Message-ID.
Its lines are collected when it is sent.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.core import signing
from django.db.models import Exists, OuterRef
from django.urls import reverse

from welzijn.notifications import message_kinds, outbox, rendering
from welzijn.notifications.models import DigestChoice, Message, Status
from welzijn.notifications.recipients import Channel
from welzijn.sweeps import rows, set_aside

LINES, STRANDED = "digest.lines", "digest.stranded"
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
    if mail.partnership.rehearsing_since is not None:
        waiting = [m for m in waiting if m.subject_kind in message_kinds.setup_kinds()]
    true, known = _still_valid(mail, waiting, now)
    lines: list[tuple[str, str]] = []
    included: list[UUID] = []
    for message in waiting:
        if message.id not in true:
            continue
        if len(lines) < MAX_LINES and (line := _line(message, now)) is not None:
            lines.append(line)
        elif len(lines) < MAX_LINES:
            continue  # set aside: it waits for the next daily mail
        included.append(message.id)
    return DigestContent(
        lines=tuple(lines),
        included=tuple(included),
        no_longer_true=tuple(m.id for m in waiting if m.id in known and m.id not in true),
    )


def _line(message: Message, now: datetime) -> tuple[str, str] | None:
    try:
        return rendering.line(message), rendering.link_of(message)
    except Exception as error:  # noqa: BLE001 - one line that can't be written, such as a lost template
        _set_aside(message, error, now)
        return None


def _still_valid(
    mail: Message, messages: Sequence[Message], now: datetime
) -> tuple[set[UUID], set[UUID]]:
    """Return which messages are still true, and of which that is known, with one call per kind.

    Where a kind raises it is asked about ever fewer of its messages; the one that can't be answered
    is set aside, and the others stand in the mail.
    """
    by_kind: dict[str, list[Message]] = {}
    for message in messages:
        by_kind.setdefault(message.subject_kind, []).append(message)
    true: set[UUID] = set()
    known: set[UUID] = set()
    for name, group in by_kind.items():
        by_id = {str(message.id): message for message in group}

        def ask(
            keys: Sequence[str], name: str = name, by_id: Mapping[str, Message] = by_id
        ) -> None:
            part = [by_id[key] for key in keys]
            true.update(message_kinds.kind(name).still_valid(part, now))
            known.update(message.id for message in part)

        rows.work_off(
            LINES,
            list(by_id),
            ask,
            now=now,
            batch=len(group),
            partnership_of=lambda _key: mail.partnership_id,
        )
    return true, known


def _set_aside(message: Message, error: Exception, now: datetime) -> None:
    rows.raise_if_connection_lost(error)
    set_aside.record(LINES, message.id, error, now=now, partnership_id=message.partnership_id)


def is_stopped(recipient_key: str) -> bool:
    """Return whether this recipient has unsubscribed from the digest."""
    return DigestChoice.objects.filter(recipient_key=recipient_key, at_once=False).exists()


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
    waiting = {str(m.id): m for m in stranded.distinct("partnership_id", "recipient_key")}

    def queue(keys: Sequence[str]) -> None:
        mails = []
        for line in (waiting[key] for key in keys):
            days = message_kinds.calendar_of(line.partnership_id)
            line.not_before = outbox.next_digest(now, days)
            mails.append(outbox.digest_for(line, now))
        outbox.save(mails)

    return rows.work_off(
        STRANDED,
        list(waiting),
        queue,
        now=now,
        batch=100,
        partnership_of=lambda key: waiting[key].partnership_id,
    ).done


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
