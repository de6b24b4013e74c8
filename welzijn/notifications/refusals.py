"""Refusals for good: of one recipient, or of everything we send?

A mail server that refuses everything (our own sender is wrong, an account that was stopped) says
the same to each mail as to a mail for an address that is gone. So a refusal is only believed once
the server took other mail:

    one refusal           waits for the next success of this batch, then the message ends
    three destinations in a row refused alike, or five addresses: nothing is believed
                          messages wait, the channel rests until the next sweep, the
                          administrators are told; ends since the last success are taken back
    a success             the server works: what waits goes again, and what is refused then is final

At the end of a batch without either a refusal is believed for now, and taken back where the next
ones show that everything is refused. What is in a row is kept in `Refusal`, so that it holds over
sweeps and workers.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from welzijn.notifications import destinations, endings, leases, outbox
from welzijn.notifications.channels.errors import PermanentRefusalError
from welzijn.notifications.models import Message, Refusal, Status
from welzijn.sweeps import set_aside
from welzijn.sweeps.rows import raise_if_connection_lost

SWEEP = "mail.refused"
DESTINATIONS = 3
ADDRESSES = 5
LONGEST_TERM = timedelta(hours=1)
# What was refused longer ago is no longer "in a row".
REMEMBERED = timedelta(days=1)

Finish = Callable[[Message, PermanentRefusalError], None]


@dataclass(slots=True)
class _Waiting:
    message: Message
    error: PermanentRefusalError
    tried_before: int


class Refusals:
    """What one sweep knows of refusals. `finish` ends a message; it raises nothing."""

    def __init__(self, finish: Finish) -> None:
        self._finish = finish
        self._waiting: list[_Waiting] = []
        self._server_answered = False
        self._refused_here: set[str] = set()

    def refused(
        self, message: Message, error: PermanentRefusalError, *, tried_before: int, now: datetime
    ) -> bool:
        """Note a refusal; return True where the channel refuses everything."""
        row = Refusal.objects.filter(pk=message.id).first()
        if row is not None and row.is_final:
            row.delete()
            self._finish(message, error)
            return False
        Refusal.objects.update_or_create(
            message=message,
            defaults={
                "channel": message.channel,
                "destination": destinations.key_of(message),
                "answer": str(error)[:80],
                "at": now,
            },
        )
        self._refused_here.add(message.channel)
        self._waiting.append(_Waiting(message, error, tried_before))
        return self._all_alike(message.channel, str(error)[:80], now)

    def taken(self, channel: str, now: datetime) -> None:
        """Note that the server took a message: what it refused before is the recipient's."""
        if self._server_answered and channel not in self._refused_here:
            return
        self._server_answered = True
        self._refused_here.discard(channel)
        waiting = [one for one in self._waiting if one.message.channel == channel]
        self._waiting = [one for one in self._waiting if one.message.channel != channel]
        rows = Refusal.objects.filter(channel=channel, is_final=False)
        if waiting or rows.exists():
            with transaction.atomic():
                held = Message.objects.filter(refusal__in=rows, status=Status.WAITING)
                kept = list(held.values_list("pk", flat=True))
                Message.objects.filter(pk__in=kept).update(held_until=None)
                rows.exclude(pk__in=kept).delete()
                rows.update(is_final=True)
            set_aside.clear(SWEEP, [channel])
        for one in waiting:
            self._finish(one.message, one.error)

    def settle(self, now: datetime) -> None:
        """End a batch: believe what waits, unless it looks like a refusal of everything.

        A digest is never ended so: its lines would be lost to it.
        """
        waiting, self._waiting = self._waiting, []
        for channel in {one.message.channel for one in waiting}:
            of_channel = [one for one in waiting if one.message.channel == channel]
            breaker = set_aside.terms_of(SWEEP)
            addresses = {one.message.address.casefold() for one in of_channel}
            if channel in breaker or len(addresses) >= ADDRESSES:
                self._waiting = of_channel
                self.keep(channel, now)
                continue
            for one in of_channel:
                if one.message.subject_kind == outbox.DIGEST_KIND:
                    leases.keep(
                        one.message,
                        until=now + set_aside.term(max(one.message.attempts, 1), LONGEST_TERM),
                        attempts=one.message.attempts,
                        error=str(one.error),
                    )
                else:
                    self._finish(one.message, one.error)

    def keep(self, channel: str, now: datetime) -> None:
        """Believe no refusal since the last success: messages wait, administrators are told."""
        waiting = [one for one in self._waiting if one.message.channel == channel]
        self._waiting = [one for one in self._waiting if one.message.channel != channel]
        answer = str(waiting[-1].error)[:80] if waiting else ""
        row = set_aside.record(
            SWEEP, channel, answer, now=now, longest=LONGEST_TERM, notify_after=1
        )
        until = row.held_until or now
        for one in waiting:
            leases.keep(one.message, until=until, attempts=one.tried_before, error=answer)
        kept = {one.message.id for one in waiting}
        for earlier in self._in_a_row(channel, answer, now):
            if earlier.message_id not in kept:
                _take_back(earlier.message, until, now)

    def _all_alike(self, channel: str, answer: str, now: datetime) -> bool:
        rows = self._in_a_row(channel, answer, now)
        if channel in set_aside.terms_of(SWEEP):
            # It refused everything before: this sweep asks a few, then it rests again.
            here = {one.message.id for one in self._waiting}
            rows = [row for row in rows if row.message_id in here]
        if len({row.destination for row in rows}) < DESTINATIONS:
            return False
        taken = Message.objects.filter(
            channel=channel, status=Status.SENT, sent_at__gte=min(row.at for row in rows)
        )
        return not taken.exists()

    @staticmethod
    def _in_a_row(channel: str, answer: str, now: datetime) -> Sequence[Refusal]:
        return list(
            Refusal.objects.filter(
                channel=channel, answer=answer, is_final=False, at__gt=now - REMEMBERED
            ).select_related("message")
        )


def _take_back(message: Message, until: datetime, now: datetime) -> None:
    """Let an ended message wait again; one that can't stays as it is, with the administrator."""
    try:
        endings.take_back(message=message, until=until, now=now)
    except Exception as fault:  # noqa: BLE001 (a mistake of ours with this one)
        raise_if_connection_lost(fault)
        endings.notify_administrator(message, set_aside.place_of(fault), now=now)
