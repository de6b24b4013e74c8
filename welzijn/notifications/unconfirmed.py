"""At most one message a day and partnership to an address that nobody confirmed.

Whoever asks can type somebody else's address. Until its owner entered the code or answered a
message, the first message of a day goes; later ones wait for their day, and news of the same
person's question waits once. The database holds it: `message_unconfirmed_once_a_day`.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db import connection, transaction

from welzijn.core.working_days import local_date, local_moment
from welzijn.notifications import leases, message_kinds
from welzijn.notifications.models import Message, Status

_NEXT = time(8)
# What waited longer stands on the page only: by then it is no news.
LONGEST_WAIT = timedelta(days=7)

# One after the other per address, so that the constraint is a second lock and no ordinary error.
_LOCK = "SELECT pg_advisory_xact_lock(hashtextextended(%(partnership)s || lower(%(address)s), 13))"
_TAKE = """
    UPDATE notifications_message
       SET unconfirmed_on = %(day)s
     WHERE id = %(id)s AND status = 'sending' AND claimed_by = %(worker)s
       AND NOT EXISTS (
           SELECT FROM notifications_message other
            WHERE other.partnership_id = %(partnership)s::uuid
              AND lower(other.address) = lower(%(address)s)
              AND other.unconfirmed_on = %(day)s AND other.id <> %(id)s)
"""


def may_go(message: Message, now: datetime) -> bool:
    """Take this day for a leased message; where it is taken, let the message wait or merge it."""
    day = local_date(now)
    values: dict[str, str | UUID | date] = {
        "id": message.id,
        "worker": message.claimed_by,
        "partnership": str(message.partnership_id),
        "address": message.address,
        "day": day,
    }
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(_LOCK, values)
            cursor.execute(_TAKE, values)
            if cursor.rowcount == 1:
                return True
        if message.created_at < now - LONGEST_WAIT:
            leases.record(message, Status.SHOWN, now=now)
        elif _waits_already(message, now):
            leases.record(message, Status.NO_LONGER_TRUE, now=now)
        else:
            leases.postpone(message, until=local_moment(day + timedelta(days=1), _NEXT))
    return False


def _waits_already(message: Message, now: datetime) -> bool:
    """Return whether the same news waits for this person: one message says it all."""
    if message_kinds.kind(message.subject_kind).still_valid is not message_kinds.always:
        return False
    return Message.objects.filter(
        partnership_id=message.partnership_id,
        recipient_key=message.recipient_key,
        subject_kind=message.subject_kind,
        channel=message.channel,
        address=message.address,
        template=message.template,
        context=message.context,
        calendar=message.calendar,
        status=Status.WAITING,
        held_until__gt=now,
    ).exists()
