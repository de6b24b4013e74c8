"""The hours at which a message may arrive, checked when it is queued and again when it is sent.

The second check matters: a worker that restarts on Saturday night after three days must not wake
people with texts. Hours are local time in Europe/Amsterdam, moments are UTC.
"""

from __future__ import annotations

from datetime import datetime, time, timedelta

from welzijn.core.working_days import AMSTERDAM, Calendar, local_date, local_moment
from welzijn.notifications.models import Message
from welzijn.notifications.recipients import Channel, RecipientKind

# No texts at night for what can wait.
TEXT_HOURS = (time(8), time(21))
# Reminders arrive while someone could take the call that may follow; digests at the first hour.
WORK_HOURS = (time(8), time(18))
_MAX_DAYS_AHEAD = 400


def may_deliver(message: Message, moment: datetime, days: Calendar) -> bool:
    """Return whether this message may arrive at this moment.

    The recipient's own contact hours always hold and override ours: someone who can only be
    reached at night gets texts at night, and reminders on the evening of a working day. Otherwise
    urgent messages for staff may arrive at any hour; nothing is urgent enough to wake a resident.
    """
    local = moment.astimezone(AMSTERDAM)
    clock = local.time().replace(tzinfo=None)
    own = _own_hours(message)
    if own is not None and not _inside(clock, own):
        return False
    if message.urgent and message.recipient_kind == RecipientKind.STAFF:
        return True
    night = message.channel == Channel.SMS and not _inside(clock, TEXT_HOURS)
    if night and (own is None or _overlap(own, TEXT_HOURS)):
        return False
    if message.at_work:
        return days.is_working_day(local.date()) and (own is not None or _inside(clock, WORK_HOURS))
    return True


def next_delivery_moment(message: Message, moment: datetime, days: Calendar) -> datetime:
    """Return the first moment from `moment` on at which `may_deliver` is true.

    For a calendar that is closed for more than a year this is `moment` itself: delivery on a
    closed day is better than none.
    """
    if may_deliver(message, moment, days):
        return moment
    own = _own_hours(message)
    # A wait can only end where one of the windows begins, or at midnight, when a working day begins
    # in the middle of the recipient's own hours.
    edges = sorted({time(), TEXT_HOURS[0], WORK_HOURS[0], *([own[0]] if own else [])})
    today = local_date(moment)
    for offset in range(_MAX_DAYS_AHEAD):
        for edge in edges:
            candidate = local_moment(today + timedelta(days=offset), edge)
            if candidate > moment and may_deliver(message, candidate, days):
                return candidate
    return moment


def _own_hours(message: Message) -> tuple[time, time] | None:
    begin, end = message.contact_from, message.contact_until
    if begin is None or end is None or begin == end:
        return None
    return begin, end


def _inside(clock: time, hours: tuple[time, time]) -> bool:
    """Return whether a time lies within these hours, which may pass midnight."""
    begin, end = hours
    if begin < end:
        return begin <= clock < end
    return clock >= begin or clock < end


def _overlap(one: tuple[time, time], other: tuple[time, time]) -> bool:
    """Return whether two windows overlap: then one of them contains the other's start."""
    return _inside(one[0], other) or _inside(other[0], one)
