"""Putting a message in the outbox, in the transaction of the change that it tells of.

If that transaction fails there is no message; if it commits there is one, whatever happens to the
broker, the worker or the mail server afterwards.
"""

from __future__ import annotations

import logging
import time as clock
from collections.abc import Iterable, Mapping
from copy import copy
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TypedDict, Unpack
from uuid import NAMESPACE_URL, UUID, uuid5

from django.db import connection, transaction
from kombu.exceptions import OperationalError

from welzijn.core.ids import uuid7
from welzijn.core.working_days import Calendar, local_date, local_moment
from welzijn.notifications import message_kinds, rendering
from welzijn.notifications.calendar_invites import Invitation
from welzijn.notifications.channels import sms
from welzijn.notifications.delivery_windows import WORK, arrival
from welzijn.notifications.models import DigestChoice, Message, Status
from welzijn.notifications.recipients import Channel, Recipient, RecipientKind

logger = logging.getLogger(__name__)

DIGEST_KIND = "digest"

_NUDGE_EVERY = 1.0  # seconds, per process
_NUDGE_AFTER_FAILURE = 5.0
_NUDGE_EXPIRES = 60.0  # by then a beat has asked


class About(TypedDict, total=False):
    """The rest of what a message may say; see `messages_for`."""

    context: Mapping[str, str | int]
    about_id: UUID | None
    urgent: bool
    not_before: datetime | None
    at_work: bool
    due_version: int
    invitation: Invitation | None
    days: Calendar | None


def queue(
    *,
    partnership_id: UUID,
    subject_kind: str,
    subject_id: UUID,
    recipient: Recipient,
    template: str,
    now: datetime,
    **about: Unpack[About],
) -> None:
    """Write what `messages_for` gives and see to it that a worker looks soon.

    Must be called in the caller's transaction. A message with the same key is left as it is, so
    calling twice is harmless. Raises what `messages_for` raises.
    """
    save(
        messages_for(
            partnership_id=partnership_id,
            subject_kind=subject_kind,
            subject_id=subject_id,
            recipient=recipient,
            template=template,
            now=now,
            **about,
        )
    )


def save(messages: Iterable[Message]) -> None:
    """Write unsaved messages in one INSERT; those whose key exists stay as they are."""
    rows = list(messages)
    if not rows:
        return
    Message.objects.bulk_create(rows, ignore_conflicts=True)
    nudge_on_commit(urgent=any(row.urgent for row in rows))


def messages_for(
    *,
    partnership_id: UUID,
    subject_kind: str,
    subject_id: UUID,
    recipient: Recipient,
    template: str,
    now: datetime,
    context: Mapping[str, str | int] | None = None,
    about_id: UUID | None = None,
    urgent: bool = False,
    not_before: datetime | None = None,
    at_work: bool = False,
    due_version: int = 1,
    invitation: Invitation | None = None,
    days: Calendar | None = None,
) -> list[Message]:
    """The unsaved rows for one thing that one recipient has to be told.

    subject_kind, subject_id, due_version: what is due and the version of its due date.
    template, context: see content.py; neither may say who or what.
    about_id: the question it belongs to, so that retention can find the message.
    urgent: staff get it at once instead of in the digest. not_before: not earlier than this.
    at_work: only in working hours (reminders to residents; the digest is so by itself).
    invitation: goes along with an e-mail as iCalendar; to a resident without title and place.
    days: the partnership's working days, where the caller has them at hand; else they are read.
    days: the partnership's working days, where the caller has them; they are looked up only for
    what keeps working days (at_work, the daily mail), so that a receipt needs no query.
    Gives one row; for what waits for the daily mail also the row of that mail, and for somebody on
    duty with a mobile number also a text.
    Raises UnknownKindError for a kind nobody registered and PersonInMessageError for what may not
    be said.
    """
    message_kinds.kind(subject_kind)
    rendering.check(recipient.kind, template, context or {})
    channel, address = recipient.reach.choose(texts=sms.available())
    staff = recipient.kind is RecipientKind.STAFF
    if staff and channel is Channel.EMAIL and not urgent and not invitation:
        channel = Channel.DIGEST
    message = Message(
        partnership_id=partnership_id,
        subject_kind=subject_kind,
        subject_id=subject_id,
        due_version=due_version,
        recipient_key=recipient.key,
        about_id=about_id,
        recipient_kind=recipient.kind,
        channel=channel,
        address=address,
        language=recipient.reach.language,
        template=template,
        context=dict(context or {}),
        calendar=invitation.as_ical(recipient.kind) if invitation else "",
        discreet=not (staff or recipient.reach.may_say_who),
        urgent=urgent,
        at_work=at_work,
        contact_from=recipient.reach.contact_from,
        contact_until=recipient.reach.contact_until,
        created_at=now,
        not_before=max(now, not_before or now),
        status=Status.SHOWN if channel is Channel.NONE else Status.WAITING,
    )
    if days is None:
        keeps_days = at_work or channel is Channel.DIGEST
        days = message_kinds.calendar_of(partnership_id) if keeps_days else Calendar()
    if channel is Channel.DIGEST:
        message.not_before = next_digest(message.not_before, days)
        return [message, digest_for(message, now)]
    arrives = arrival(message, message.not_before, days)
    if arrives > message.not_before:
        # Its place in the order stays that of its due moment.
        message.held_until = arrives
    return [message, *_text_on_duty(message, recipient)]


def digest_for(message: Message, now: datetime) -> Message:
    """The row of the daily mail that carries this message; one key a recipient and day."""
    return Message(
        partnership_id=message.partnership_id,
        subject_kind=DIGEST_KIND,
        subject_id=uuid5(NAMESPACE_URL, f"{message.partnership_id}:{message.recipient_key}"),
        due_version=local_date(message.not_before).toordinal(),
        recipient_key=message.recipient_key,
        recipient_kind=RecipientKind.STAFF,
        channel=Channel.EMAIL,
        address=message.address,
        language=message.language,
        template="digest",
        at_work=True,
        created_at=now,
        not_before=message.not_before,
    )


def next_digest(moment: datetime, days: Calendar) -> datetime:
    """The first 08.00 of a working day (as UTC) that is not before `moment`."""
    day = local_date(moment)
    if local_moment(day, WORK[0]) < moment:
        day += timedelta(days=1)
    return local_moment(days.add_working_days(day, 0), WORK[0])


def _text_on_duty(message: Message, recipient: Recipient) -> list[Message]:
    """An urgent message to somebody with a mobile number also goes there as a text."""
    if not message.urgent or message.channel != Channel.EMAIL:
        return []
    if recipient.kind is RecipientKind.RESIDENT:
        return []
    reach = replace(recipient.reach, channels=(Channel.SMS,))
    channel, address = reach.choose(texts=sms.available())
    if channel is Channel.NONE:
        return []
    text = copy(message)
    text.id = uuid7()
    text.channel, text.address = Channel.SMS, address
    text.recipient_key, text.calendar = f"{recipient.key}:sms", ""
    return [text]


def stop_digest(recipient_key: str, now: datetime) -> None:
    """No more daily mail for this recipient. Urgent messages still come."""
    DigestChoice.objects.get_or_create(recipient_key=recipient_key, defaults={"stopped_at": now})


def resume_digest(recipient_key: str) -> None:
    """The daily mail again."""
    DigestChoice.objects.filter(recipient_key=recipient_key).delete()


_quiet_until = 0.0


def nudge_on_commit(*, urgent: bool = False) -> None:
    """Have a worker look once this transaction is in; not needed for anything to be sent.

    One nudge a transaction, and at most one a second from a process unless it is urgent: the
    sweep empties the outbox until nothing is due, so the next nudge or beat finds the rest.
    """
    hook = nudge if urgent else _nudge
    if not any(entry[1] is hook for entry in connection.run_on_commit):
        transaction.on_commit(hook)


def _nudge() -> None:
    if clock.monotonic() >= _quiet_until:
        nudge()


def nudge() -> None:
    """Ask a worker to look now; harmless where the broker is down, the beat will ask later."""
    global _quiet_until
    from welzijn.notifications.tasks import sweep_messages

    try:
        sweep_messages.apply_async(retry=False, expires=_NUDGE_EXPIRES)
    except OperationalError:
        # The broker is down. The message stands in PostgreSQL; the beat will find it.
        logger.warning("the broker can't be reached: messages wait in the outbox")
        _quiet_until = clock.monotonic() + _NUDGE_AFTER_FAILURE
    else:
        _quiet_until = clock.monotonic() + _NUDGE_EVERY
