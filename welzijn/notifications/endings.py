"""How a message ends that did not arrive: recorded, and heard by whoever can do something about it.

    did_not_arrive(...)  refused at the door, reported later, or given up: one way for all
    arrived(...)         later news: it did arrive after all
    take_back(...)       it was the mail server's fault: it waits again

A resident's: the worker of the question (the subscribers of `message_kinds`). Any other, and one
that belongs to no question: the functional administrator (`welzijn.sweeps.set_aside`).
"""

from __future__ import annotations

import logging
from datetime import datetime
from uuid import UUID

from django.db import transaction

from welzijn.notifications import leases, message_kinds, outbox
from welzijn.notifications.models import Message, Status
from welzijn.notifications.reasons import Reason
from welzijn.notifications.recipients import Channel, RecipientKind
from welzijn.sweeps import set_aside
from welzijn.sweeps.rows import raise_if_connection_lost

logger = logging.getLogger(__name__)

SWEEP = "messages"
# About a day, as with attempts.
MOST_SET_ASIDE = 12
# The kind of the alarm itself: one that fails raises no further alarm.
ALARM_KIND = "set_aside"
_NEWS = ["status", "reason", "reports", "reported_at", "sent_at", "held_until", "attempts", "error"]


def fail(message: Message, error: str, *, now: datetime, reason: Reason = Reason.NO_ANSWER) -> bool:
    """End a leased message, and let somebody hear it. False without the lease."""
    return did_not_arrive(
        message=message, reason=reason, now=now, error=error, worker=message.claimed_by
    )


def did_not_arrive(
    *, message: Message, reason: Reason, now: datetime, error: str = "", worker: str | None = None
) -> bool:
    """Record why a message did not arrive, and tell who can act. False where nothing changed.

    worker: who holds its lease; None for what is reported later. Later news overrides earlier, but
    a reason that closes the address stands until the message arrived after all: reports overtake
    each other. Calls the kind's `on_bounce`, and for a resident's message the subscribers, in the
    same transaction. The lines of a digest whose address is wrong stay on the work list.
    """
    with transaction.atomic():
        row = _locked(message.id)
        if row is None or not _may_end(row, reason, worker):
            return False
        row.status = Status.BOUNCED if reason.closes else Status.FAILED
        row.reason, row.error, row.held_until = reason, error[:200], None
        row.reports, row.reported_at = row.reports + 1, now
        row.sent_at = row.sent_at or (now if reason.closes else None)
        row.save(update_fields=_NEWS)
        logger.error("a message of kind %s failed: %s", row.subject_kind, error)
        if reason.closes:
            _address_closed(row, now)
        else:
            not_arrived(row, error or reason.value, now=now)
    return True


def arrived(*, message: Message, now: datetime) -> bool:
    """Record that a message arrived after all. False where nobody thought otherwise."""
    with transaction.atomic():
        row = _locked(message.id)
        if row is None or row.status not in (Status.FAILED, Status.BOUNCED):
            return False
        _good_news(row, Status.SENT, now)
    return True


def take_back(*, message: Message, until: datetime, now: datetime) -> bool:
    """Let a message wait again that was refused because everything was. False without such an end.

    Its address is opened again, and its attempt doesn't count.
    """
    with transaction.atomic():
        row = _locked(message.id)
        if row is None or row.status not in (Status.FAILED, Status.BOUNCED):
            return False
        row.sent_at, row.held_until = None, until
        row.attempts = max(row.attempts - 1, 0)
        _good_news(row, Status.WAITING, now)
    return True


def set_aside_message(message: Message, error: Exception, *, now: datetime) -> bool:
    """Hold a leased message that can't be prepared; True where that was its last time.

    It was not tried, so its attempts stay. The administrator hears of the third time; after the
    twelfth it has failed, and whoever is told of that hears it.
    """
    row = set_aside.record(
        SWEEP,
        message.id,
        f"{message.subject_kind}: {set_aside.place_of(error)}",
        now=now,
        partnership_id=message.partnership_id,
        notify=message.subject_kind != ALARM_KIND,
    )
    if row.failures >= MOST_SET_ASIDE:
        return fail(message, row.error, now=now, reason=Reason.FAULT)
    leases.pause(message, until=row.held_until or now, error=row.error)
    return False


def not_arrived(message: Message, error: str, *, now: datetime) -> None:
    """Tell who can act that this message did not arrive; its end is recorded already."""
    if not _has_worker(message):
        notify_administrator(message, error, now=now)
        return
    set_aside.clear(SWEEP, [message.id])
    for subscriber in message_kinds.delivery_failure_subscribers():
        try:
            with transaction.atomic():
                subscriber(message, now)
        except Exception as fault:  # noqa: BLE001 (then the administrator hears of it)
            raise_if_connection_lost(fault)
            notify_administrator(message, set_aside.place_of(fault), now=now)


def notify_administrator(message: Message, error: str, *, now: datetime) -> None:
    """Show the end of a message that no worker hears of to the administrator, and mail them."""
    set_aside.give_up(
        SWEEP,
        message.id,
        error,
        now=now,
        partnership_id=message.partnership_id,
        notify=message.subject_kind != ALARM_KIND,
    )


def _locked(message_id: UUID) -> Message | None:
    return Message.objects.select_for_update(of=("self",)).filter(id=message_id).first()


def _may_end(row: Message, reason: Reason, worker: str | None) -> bool:
    if worker is not None:
        return row.status == Status.SENDING and row.claimed_by == worker
    if row.status == Status.BOUNCED:
        return reason.closes and row.reason != reason
    if row.status == Status.FAILED:
        return row.reason != reason
    if row.status == Status.WAITING:
        # Taken by the server although our connection broke off.
        return row.attempts > 0 and reason.closes
    return row.status in (Status.SENDING, Status.SENT)


def _address_closed(message: Message, now: datetime) -> None:
    if message.subject_kind == outbox.DIGEST_KIND:
        Message.objects.filter(
            partnership_id=message.partnership_id,
            recipient_key=message.recipient_key,
            channel=Channel.DIGEST,
            status=Status.WAITING,
            not_before__lte=now,
        ).update(status=Status.SHOWN)
    else:
        on_bounce = message_kinds.kind(message.subject_kind).on_bounce
        if on_bounce is not None:
            on_bounce(message, now)
        if message.recipient_kind == RecipientKind.RESIDENT:
            for subscriber in message_kinds.bounce_subscribers():
                subscriber(message, now)
    if not _has_worker(message):
        notify_administrator(message, message.error or message.reason, now=now)


def _good_news(row: Message, status: Status, now: datetime) -> None:
    row.status, row.reason, row.error = status, "", ""
    row.reports += 1
    if status == Status.SENT:
        row.sent_at = row.sent_at or now
    row.save(update_fields=_NEWS)
    set_aside.clear(SWEEP, [row.id])
    if row.recipient_kind == RecipientKind.RESIDENT:
        for subscriber in message_kinds.arrival_subscribers():
            subscriber(row, now)


def _has_worker(message: Message) -> bool:
    return message.recipient_kind == RecipientKind.RESIDENT and message.about_id is not None
