"""Which destinations are left alone for now, within a sweep and between sweeps.

A destination is the domain of a mail address, or one telephone number. An attempt that breaks off
(BrokenOffError) holds its own message. Two recipients of one domain in a row hold the domain, so
that a server that hangs isn't asked a hundred times; so does one recipient of a domain that was
held before. Several destinations in a row without a success between: the channel is down.

Kept as rows that were set aside, under a keyed hash: the domain of somebody's own can be a name.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils.crypto import salted_hmac

from welzijn.notifications.models import Message
from welzijn.notifications.recipients import Channel
from welzijn.sweeps import set_aside

SWEEP = "mail.destination"
# Recipients of one domain in a row before it is held, and destinations before a channel is down.
HOLD_AFTER = 2
DOWN_AFTER = 5
LONGEST_TERM = timedelta(hours=1)


class Destinations:
    """What one sweep knows of destinations; reads what earlier sweeps held once."""

    def __init__(self) -> None:
        self._held: dict[str, datetime | None] | None = None
        self._broken: dict[str, set[str]] = {}
        self._in_a_row: dict[str, list[str]] = {}

    def held_until(self, message: Message, now: datetime) -> datetime | None:
        """Return until when this message's destination is held; None where it is open."""
        until = self._known().get(key_of(message))
        return until if until is not None and until > now else None

    def broke_off(self, message: Message, error: str, now: datetime) -> bool:
        """Note an attempt that broke off; return whether the channel counts as down."""
        key = key_of(message)
        addresses = self._broken.setdefault(key, set())
        addresses.add(message.address)
        if message.channel == Channel.EMAIL and (
            len(addresses) >= HOLD_AFTER or key in self._known()
        ):
            row = set_aside.record(SWEEP, key, error, now=now, longest=LONGEST_TERM, notify=False)
            self._known()[key] = row.held_until
        row_of_channel = self._in_a_row.setdefault(message.channel, [])
        if key not in row_of_channel:
            row_of_channel.append(key)
        return len(row_of_channel) >= DOWN_AFTER

    def answered(self, message: Message) -> None:
        """Note that the destination answered, whatever it said: nothing is broken there."""
        key = key_of(message)
        self._in_a_row.pop(message.channel, None)
        self._broken.pop(key, None)
        if self._held and self._held.pop(key, "none") != "none":
            set_aside.clear(SWEEP, [key])

    def _known(self) -> dict[str, datetime | None]:
        if self._held is None:
            self._held = set_aside.terms_of(SWEEP)
        return self._held


def key_of(message: Message) -> str:
    """Return the keyed hash of a message's destination."""
    where = message.address
    if message.channel == Channel.EMAIL:
        where = where.rpartition("@")[2].lower()
    return salted_hmac(SWEEP, where, algorithm="sha256").hexdigest()[:40]
