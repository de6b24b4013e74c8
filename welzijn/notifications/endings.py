"""How a message ends that won't arrive: recorded, and heard by whoever can do something about it.

A resident's: the worker of the question (the subscribers of `message_kinds`). Any other, and one
that belongs to no question: the functional administrator (`welzijn.sweeps.set_aside`).
"""

from __future__ import annotations

import logging
from datetime import datetime

from django.db import transaction

from welzijn.notifications import leases, message_kinds
from welzijn.notifications.models import Message, Status
from welzijn.notifications.recipients import RecipientKind
from welzijn.sweeps import set_aside
from welzijn.sweeps.rows import raise_if_connection_lost

logger = logging.getLogger(__name__)

SWEEP = "messages"
# About a day, as with attempts.
MOST_SET_ASIDE = 12
# The kind of the alarm itself: one that fails raises no further alarm.
ALARM_KIND = "set_aside"


def fail(message: Message, error: str, *, now: datetime) -> bool:
    """Record that a leased message failed, and let somebody hear it. False without the lease."""
    with transaction.atomic():
        if not leases.record(message, Status.FAILED, now=now, error=error[:200]):
            return False
        logger.error("a message of kind %s failed: %s", message.subject_kind, error)
        not_arrived(message, error, now=now)
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
        tell=message.subject_kind != ALARM_KIND,
    )
    if row.failures >= MOST_SET_ASIDE:
        return fail(message, row.error, now=now)
    leases.pause(message, until=row.held_until or now, error=row.error)
    return False


def not_arrived(message: Message, error: str, *, now: datetime) -> None:
    """Tell who can act that this message did not arrive; its end is recorded already."""
    if _has_worker(message):
        set_aside.clear(SWEEP, [message.id])
        for subscriber in message_kinds.delivery_failure_subscribers():
            try:
                with transaction.atomic():
                    subscriber(message, now)
            except Exception as fault:  # noqa: BLE001 (then the administrator hears of it)
                raise_if_connection_lost(fault)
                tell_administrator(message, set_aside.place_of(fault), now=now)
    else:
        tell_administrator(message, error, now=now)


def tell_administrator(message: Message, error: str, *, now: datetime) -> None:
    """Show the end of a message that no worker hears of to the administrator, and mail them."""
    set_aside.give_up(
        SWEEP,
        message.id,
        error,
        now=now,
        partnership_id=message.partnership_id,
        tell=message.subject_kind != ALARM_KIND,
    )


def came_back(message: Message, error: str, *, now: datetime) -> None:
    """Tell the administrator of a bounce that no worker hears of."""
    if not _has_worker(message):
        tell_administrator(message, error, now=now)


def _has_worker(message: Message) -> bool:
    return message.recipient_kind == RecipientKind.RESIDENT and message.about_id is not None
