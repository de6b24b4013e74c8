"""Queue messages in the outbox, in the transaction of the change that they report.

If that transaction rolls back there is no message; if it commits there is one, whatever happens to
the broker, the worker or the mail server afterwards.
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

from celery import current_app
from django.db import connection, transaction
from kombu.exceptions import OperationalError

from welzijn.core.ids import uuid7
from welzijn.core.working_days import Calendar, local_date, local_moment
from welzijn.notifications import at_once, message_kinds, rendering
from welzijn.notifications.calendar_invites import Invitation
from welzijn.notifications.channels import sms
from welzijn.notifications.delivery_windows import WORK_HOURS, next_delivery_moment
from welzijn.notifications.models import DigestChoice, Message, Status
from welzijn.notifications.recipients import Channel, Recipient, RecipientKind

logger = logging.getLogger(__name__)
# By name, because the task calls the sweep, which stands on this module.
_SWEEP = "welzijn.notifications.tasks.sweep_messages"

DIGEST_KIND = "digest"

_NUDGE_EVERY = 1.0  # seconds, per process
_NUDGE_AFTER_FAILURE = 5.0
_NUDGE_EXPIRES = 60.0  # seconds; by then the beat has run


class MessageOptions(TypedDict, total=False):
    """The optional arguments of `messages_for`."""

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
    **about: Unpack[MessageOptions],
) -> None:
    """Queue the messages of `messages_for` and wake a worker on commit.

    Call it inside the transaction of the change. A message whose key exists stays as it is, so a
    second call is harmless. Raises what `messages_for` raises.
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
    """Insert unsaved messages in one statement; skip those whose key exists."""
    rows = at_once.without_digest(list(messages))
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
    """Return the unsaved rows for one event and one recipient.

    subject_kind, subject_id, due_version: what is due and the version of its due date.
    template, context: see content.py; neither may name a person or a subject.
    about_id: the question it belongs to, by which retention finds the message.
    urgent: staff get it at once instead of in the digest. not_before: the earliest moment.
    at_work: only in working hours (reminders to residents; the digest implies it).
    invitation: attached to an e-mail as iCalendar; for a resident without title and place.
    days: the partnership's calendar, if the caller has it; otherwise it is read, and only where
    working days matter (at_work, the digest), so that a confirmation needs no query.
    Returns one row, plus the digest's row for a line that waits for it, plus a text for a worker
    on duty with a mobile number.
    Raises UnknownKindError for an unregistered kind and PersonInMessageError for a context that
    is not allowed.
    """
    message_kinds.kind(subject_kind)
    rendering.check(recipient.kind, template, context or {})
    channel, address = recipient.preferences.choose(texts=sms.available())
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
        language=recipient.preferences.language,
        template=template,
        context=dict(context or {}),
        calendar=invitation.as_ical(
            recipient.kind, recipient.preferences.language, recipient.preferences.email
        )
        if invitation
        else "",
        discreet=not (staff or recipient.preferences.may_say_who),
        urgent=urgent,
        at_work=at_work,
        contact_from=recipient.preferences.contact_from,
        contact_until=recipient.preferences.contact_until,
        created_at=now,
        not_before=max(now, not_before or now),
        status=Status.SHOWN if channel is Channel.NONE else Status.WAITING,
    )
    if days is None:
        needs_calendar = at_work or channel is Channel.DIGEST
        days = message_kinds.calendar_of(partnership_id) if needs_calendar else Calendar()
    if channel is Channel.DIGEST:
        message.not_before = next_digest(message.not_before, days)
        return [message, digest_for(message, now)]
    deliver_at = next_delivery_moment(message, message.not_before, days)
    if deliver_at > message.not_before:
        # `not_before` stays, so that it keeps its place in the order of sending.
        message.held_until = deliver_at
    return [message, *_text_on_duty(message, recipient)]


def digest_for(message: Message, now: datetime) -> Message:
    """Return the digest that will include this message; its key is recipient and day."""
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
    """Return the first 08.00 of a working day (in UTC) from `moment` on."""
    day = local_date(moment)
    if local_moment(day, WORK_HOURS[0]) < moment:
        day += timedelta(days=1)
    return local_moment(days.add_working_days(day, 0), WORK_HOURS[0])


def _text_on_duty(message: Message, recipient: Recipient) -> list[Message]:
    """Return a copy as a text of an urgent message to a worker with a mobile number."""
    if not message.urgent or message.channel != Channel.EMAIL:
        return []
    if recipient.kind is RecipientKind.RESIDENT:
        return []
    texts = replace(recipient.preferences, channels=(Channel.SMS,))
    channel, address = texts.choose(texts=sms.available())
    if channel is Channel.NONE:
        return []
    text = copy(message)
    text.id = uuid7()
    text.channel, text.address = Channel.SMS, address
    text.recipient_key, text.calendar = f"{recipient.key}:sms", ""
    return [text]


def stop_digest(recipient_key: str, now: datetime) -> None:
    """Unsubscribe a recipient from the digest; urgent messages are still sent."""
    DigestChoice.objects.update_or_create(
        recipient_key=recipient_key, defaults={"stopped_at": now, "at_once": False}
    )


def mail_at_once(recipient_key: str, now: datetime) -> None:
    """Send a recipient each message at once, in working hours, instead of the digest."""
    DigestChoice.objects.update_or_create(
        recipient_key=recipient_key, defaults={"stopped_at": now, "at_once": True}
    )


def resume_digest(recipient_key: str) -> None:
    """Subscribe a recipient to the digest again."""
    DigestChoice.objects.filter(recipient_key=recipient_key).delete()


_quiet_until = 0.0


def nudge_on_commit(*, urgent: bool = False) -> None:
    """Wake a worker when this transaction commits; without it the next beat sends the message.

    Once per transaction, and at most once a second per process unless urgent: a sweep runs until
    nothing is due, so the next one finds the rest.
    """
    hook = nudge if urgent else _nudge
    if not any(entry[1] is hook for entry in connection.run_on_commit):
        transaction.on_commit(hook)


def _nudge() -> None:
    if clock.monotonic() >= _quiet_until:
        nudge()


def nudge() -> None:
    """Wake a worker now; where the broker is down, the next beat does it."""
    global _quiet_until
    try:
        current_app.tasks[_SWEEP].apply_async(retry=False, expires=_NUDGE_EXPIRES)
    except OperationalError:
        # The message is safe in PostgreSQL; the beat will find it.
        logger.warning("the broker can't be reached: messages wait in the outbox")
        _quiet_until = clock.monotonic() + _NUDGE_AFTER_FAILURE
    else:
        _quiet_until = clock.monotonic() + _NUDGE_EVERY
