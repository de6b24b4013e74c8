"""Mail that was taken and all comes back: our relay is wrong, not each address.

A relay can take everything and report "no such user" for all of it; `refusals` sees nothing then.
So a report closes an address only while most mail arrives. Once several addresses came back, and
they are most of what was sent since the first of them:

    the address stays open, its worker is told that the server refused the message
    addresses that were closed since are opened again, and their mail is sent once more
    the administrators are told
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Q

from welzijn.notifications import destinations, endings
from welzijn.notifications.models import Message, Status
from welzijn.notifications.reasons import Reason
from welzijn.notifications.recipients import Channel
from welzijn.sweeps import set_aside

SWEEP = "mail.bounced"
DESTINATIONS = 3
ADDRESSES = 5
# What came back longer ago tells nothing of the relay of today.
REMEMBERED = timedelta(days=1)
LONGEST_TERM = timedelta(hours=1)
_REPORT, _EVERYTHING = "report", "everything:"


def did_not_arrive(*, message: Message, reason: Reason, error: str, now: datetime) -> bool:
    """Record a report of mail that came back; False where nothing changed."""
    if not reason.closes:
        return endings.did_not_arrive(message=message, reason=reason, now=now, error=error)
    back = [one for one in _came_back(now) if one.pk != message.pk]
    if not _is_most([*back, message]):
        return endings.did_not_arrive(message=message, reason=reason, now=now, error=error)
    row = set_aside.record(
        SWEEP, message.channel, error, now=now, longest=LONGEST_TERM, notify_after=1
    )
    for one in back:
        if one.status == Status.BOUNCED:
            _send_once_more(one, row.held_until or now, now)
    return endings.did_not_arrive(
        message=message, reason=Reason.REFUSED, now=now, error=f"{_EVERYTHING} {error}"
    )


def _came_back(now: datetime) -> list[Message]:
    """Return the mails that a report said came back, and those kept because all did."""
    return list(
        Message.objects.filter(channel=Channel.EMAIL, reported_at__gt=now - REMEMBERED)
        .filter(status__in=[Status.BOUNCED, Status.FAILED, Status.WAITING])
        .filter(
            Q(status=Status.BOUNCED, reason=Reason.ADDRESS, error__startswith=_REPORT)
            | Q(error__startswith=_EVERYTHING)
        )
    )


def _is_most(back: list[Message]) -> bool:
    if len({one.address.casefold() for one in back}) < ADDRESSES:
        return False
    if len({destinations.key_of(one) for one in back}) < DESTINATIONS:
        return False
    since = min(one.sent_at or one.reported_at or one.created_at for one in back)
    arrived = Message.objects.filter(
        channel=Channel.EMAIL, status=Status.SENT, sent_at__gte=since
    ).exclude(pk__in=[one.pk for one in back])
    return len(back) > arrived.count()


def _send_once_more(message: Message, until: datetime, now: datetime) -> None:
    if endings.take_back(message=message, until=until, now=now):
        Message.objects.filter(pk=message.pk).update(error=f"{_EVERYTHING} {_REPORT}")
