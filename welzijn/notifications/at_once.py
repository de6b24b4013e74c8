"""Messages of workers who chose each mail at once instead of the daily digest."""

from __future__ import annotations

from welzijn.notifications import message_kinds
from welzijn.notifications.delivery_windows import next_delivery_moment
from welzijn.notifications.models import DigestChoice, Message
from welzijn.notifications.recipients import Channel


def without_digest(rows: list[Message]) -> list[Message]:
    """Return the rows, with those for such a worker as mails in working hours.

    One query where a row waits for a digest, else none.
    """
    waiting = {row.recipient_key for row in rows if row.channel == Channel.DIGEST}
    if not waiting:
        return rows
    wanted = set(
        DigestChoice.objects.filter(recipient_key__in=waiting, at_once=True).values_list(
            "recipient_key", flat=True
        )
    )
    if not wanted:
        return rows
    kept = []
    for row in rows:
        if row.recipient_key in wanted and row.channel == Channel.DIGEST:
            row.channel, row.at_work, row.not_before = Channel.EMAIL, True, row.created_at
            moment = next_delivery_moment(
                row, row.not_before, message_kinds.calendar_of(row.partnership_id)
            )
            row.held_until = moment if moment > row.not_before else None
        elif row.recipient_key in wanted and row.template == "digest":
            continue
        kept.append(row)
    return kept
