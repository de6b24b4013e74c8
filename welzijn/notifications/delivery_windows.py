"""When a message may arrive. Asked when it is queued and again when it is sent.

The second time matters: a worker that comes back on Saturday night with three days of work must
not text people out of bed. Hours are local time in Europe/Amsterdam, moments are UTC.
"""

from __future__ import annotations

from datetime import datetime, time, timedelta

from welzijn.core.working_days import AMSTERDAM, Calendar, local_date, local_moment
from welzijn.notifications.models import Message
from welzijn.notifications.recipients import Channel, RecipientKind

# Nobody's phone buzzes at night for a message that can wait.
TEXTS = (time(8), time(21))
# Reminders come when somebody could answer the call that may follow; the daily mail at its start.
WORK = (time(8), time(18))
_DAYS_TO_LOOK = 400


def may_arrive(message: Message, moment: datetime, days: Calendar) -> bool:
    """True if this message may arrive at this moment, by the working days of its partnership.

    A person's own hours hold always, and where they are set they win: somebody who can only be
    reached at night gets texts at night, and a reminder on the evening of a working day. What is
    urgent for staff may otherwise come at any hour; nothing is urgent enough to wake a resident.
    """
    local = moment.astimezone(AMSTERDAM)
    clock = local.time().replace(tzinfo=None)
    own = _own_hours(message)
    if own is not None and not _inside(clock, own):
        return False
    if message.urgent and message.recipient_kind == RecipientKind.STAFF:
        return True
    night = message.channel == Channel.SMS and not _inside(clock, TEXTS)
    if night and (own is None or _meet(own, TEXTS)):
        return False
    if message.at_work:
        return days.is_working_day(local.date()) and (own is not None or _inside(clock, WORK))
    return True


def arrival(message: Message, moment: datetime, days: Calendar) -> datetime:
    """The first moment from `moment` on at which `may_arrive` is true.

    A calendar that is closed for more than a year gives `moment` itself: rather on a closed day
    than never.
    """
    if may_arrive(message, moment, days):
        return moment
    own = _own_hours(message)
    # Only where some window begins can a wait end.
    edges = sorted({TEXTS[0], WORK[0], *([own[0]] if own else [])})
    today = local_date(moment)
    for offset in range(_DAYS_TO_LOOK):
        for edge in edges:
            candidate = local_moment(today + timedelta(days=offset), edge)
            if candidate > moment and may_arrive(message, candidate, days):
                return candidate
    return moment


def _own_hours(message: Message) -> tuple[time, time] | None:
    begin, end = message.contact_from, message.contact_until
    if begin is None or end is None or begin == end:
        return None
    return begin, end


def _inside(clock: time, hours: tuple[time, time]) -> bool:
    """Whether the clock shows a time within these hours, which may go over midnight."""
    begin, end = hours
    if begin < end:
        return begin <= clock < end
    return clock >= begin or clock < end


def _meet(one: tuple[time, time], other: tuple[time, time]) -> bool:
    """Whether two windows have any moment in common: then the one holds the other's beginning."""
    return _inside(one[0], other) or _inside(other[0], one)
