"""Deliver the outbox: lease messages, check each again, send it, record its status.

    waiting --lease--> sending --+--> sent
       ^                         +--> no_longer_true
       |                         +--> failed, bounced
       +--refused for now, set aside, outside delivery hours, or the lease ended

A worker that dies between sending and recording leaves the row in `sending`; when the lease ends,
another worker sends it again with the same Message-ID. So a crash costs at most one duplicate per
worker and never a message. Any number of sweeps may run at once.

No message stops another. One that can't be checked or rendered is set aside (`preparation`), one
whose attempt breaks off waits with its destination (`destinations`), and an attempt is counted when
it is made. docs/messages.md has the schedule.
"""

from __future__ import annotations

import logging
import os
import socket
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import uuid4

from django.db import transaction

from welzijn.notifications import digest, endings, leases, outbox, rendering
from welzijn.notifications.channels import sms
from welzijn.notifications.channels.email import EmailChannel, build
from welzijn.notifications.channels.errors import (
    BrokenOffError,
    ChannelDownError,
    PermanentRefusalError,
    SendingError,
    TemporaryRefusalError,
)
from welzijn.notifications.destinations import Destinations
from welzijn.notifications.models import Message, Status
from welzijn.notifications.preparation import MAX_ATTEMPTS, Preparation
from welzijn.notifications.recipients import Channel, RecipientKind
from welzijn.notifications.refusals import Refusals
from welzijn.sweeps import set_aside
from welzijn.sweeps.rows import raise_if_connection_lost

logger = logging.getLogger(__name__)

LEASE = timedelta(minutes=2)
BATCH = 50
FRESH = timedelta(seconds=5)
# Well below the broker's visibility timeout (600 s), after which the task would run again.
SECONDS = 120.0


@dataclass(slots=True)
class SweepResult:
    """The counts of one sweep."""

    sent: int = 0
    no_longer_true: int = 0
    postponed: int = 0
    refused: int = 0
    set_aside: int = 0
    failed: int = 0
    down: set[Channel] = field(default_factory=set)
    more: bool = False


def sweep(
    *,
    now: datetime,
    limit: int | None = None,
    batch: int = BATCH,
    lease: timedelta | None = None,
    seconds: float = SECONDS,
) -> SweepResult:
    """Send what is due at `now` (aware, UTC), in order of due, until nothing is or `limit` is met.

    No attempt begins after `seconds`. `SweepResult.more` is True where the limit or the time ended
    it. Raises only where the database is gone; leased messages return to the queue when their lease
    ends.
    """
    with EmailChannel() as mail:
        run = _Run(now=now, batch=batch, lease=lease or LEASE, mail=mail, seconds=seconds)
        run.until_done(limit)
    return run.tally


class _Run:
    """One sweep: its clock, its worker name and the channels that still work."""

    def __init__(
        self, *, now: datetime, batch: int, lease: timedelta, mail: EmailChannel, seconds: float
    ) -> None:
        self._start, self._began = now, time.monotonic()
        self._batch, self._lease, self._mail = batch, lease, mail
        self._seconds = seconds
        self._worker = f"{socket.gethostname()[:30]}:{os.getpid()}:{uuid4().hex[:8]}"
        self._open = {Channel.EMAIL, Channel.SMS}
        self._destinations = Destinations()
        self._refusals = Refusals(self._finish)
        self._contents: dict[tuple[str, str, str], rendering.Content] = {}
        self.tally = SweepResult()
        self._preparation = Preparation(self._now, self._set_aside)

    def until_done(self, limit: int | None) -> None:
        taken = 0
        while self._open and not self._over() and (limit is None or taken < limit):
            size = self._batch if limit is None else min(self._batch, limit - taken)
            messages = leases.lease_due(
                now=self._now(),
                worker=self._worker,
                lease=self._lease,
                limit=size,
                channels=self._open,
            )
            if not messages:
                return
            taken += len(messages)
            self._deliver(messages)
        self.tally.more = bool(self._open)

    def _now(self) -> datetime:
        """Return the caller's time plus the time that this sweep has taken."""
        return self._start + timedelta(seconds=time.monotonic() - self._began)

    def _over(self) -> bool:
        return time.monotonic() - self._began >= self._seconds

    def _deliver(self, messages: Sequence[Message]) -> None:
        ready = self._preparation.ready(messages)
        self._count_prepared()
        # A check is trusted for a few seconds, counted from when it was made, and at most half a
        # lease. What is not sent by then is released and checked again, so that with a slow mail
        # server nothing outdated is sent. The first goes in any case, or slow checking would stop
        # everything; `leases.begin` sees to it that no message has two workers.
        stop_at = time.monotonic() + min(FRESH, self._lease / 2).total_seconds()
        for position, message in enumerate(ready):
            if position and (time.monotonic() > stop_at or self._over()):
                leases.release(ready[position:])
                break
            self._guarded(message)
        # Within the lease of what waits for it.
        self._refusals.settle(self._now())

    def _count_prepared(self) -> None:
        counts = self._preparation.take_counts()
        self.tally.postponed += counts["postponed"]
        self.tally.no_longer_true += counts["no_longer_true"]
        self.tally.failed += counts["failed"]

    def _guarded(self, message: Message) -> None:
        """Try one message; whatever it raises stays with it."""
        try:
            if Channel(message.channel) not in self._open:
                leases.release([message])
            elif (until := self._destinations.held_until(message, self._now())) is not None:
                leases.postpone(message, until=until)
                self.tally.postponed += 1
            else:
                self._try(message)
        except Exception as error:  # noqa: BLE001 (a mistake of ours with this one)
            self._set_aside(message, error)

    def _try(self, message: Message) -> None:
        tried_before = message.attempts
        try:
            done = self._send(message)
        except ChannelDownError as error:
            self._close(message, str(error))
            message.attempts = tried_before
            leases.release([message], error=str(error))
        except BrokenOffError as error:
            if self._destinations.broke_off(message, str(error), self._now()):
                self._close(message, str(error))
            self._pause(message, error)
        except TemporaryRefusalError as error:
            self._destinations.answered(message)
            self._pause(message, error)
        except PermanentRefusalError as error:
            self._destinations.answered(message)
            now = self._now()
            if self._refusals.refused(message, error, tried_before=tried_before, now=now):
                self._close(message, f"everything is refused: {error}")
                self._refusals.keep(message.channel, now)
        else:
            self._destinations.answered(message)
            if done:
                self.tally.sent += 1
                self._refusals.taken(message.channel, self._now())

    def _close(self, message: Message, error: str) -> None:
        """Stop using a channel in this sweep."""
        logger.warning("%s can't be sent now: %s", message.channel, error)
        self._open.discard(Channel(message.channel))
        self.tally.down.add(Channel(message.channel))

    def _begin(self, message: Message) -> bool:
        """Count the attempt; False where another worker has taken the message over."""
        durable = message.channel == Channel.SMS
        return leases.begin(message, now=self._now(), lease=self._lease, durable=durable)

    def _send(self, message: Message) -> bool:
        """Send and record one message; return False where nothing was sent."""
        if message.subject_kind == outbox.DIGEST_KIND:
            return self._send_digest(message)
        if message.channel == Channel.SMS:
            client, text = sms.client(), rendering.render_sms(message)
            if not self._begin(message):
                return False
            client.send(
                phone=message.address,
                text=text,
                reference=str(message.id),
                second_try=message.attempts > 1,
            )
        else:
            mail = build(message, self._content(message))
            self._mail.open()
            if not self._begin(message):
                return False
            self._mail.send(mail)
        leases.record(message, Status.SENT, now=self._now())
        return True

    def _content(self, message: Message) -> rendering.Content:
        """Render the content, once for all residents whose text and link are the same."""
        if message.recipient_kind != RecipientKind.RESIDENT:
            return rendering.render(message)
        key = (message.template, message.language, rendering.link_of(message))
        if key not in self._contents:
            self._contents[key] = rendering.render(message)
        return self._contents[key]

    def _send_digest(self, mail: Message) -> bool:
        now = self._now()
        stopped = digest.is_stopped(mail.recipient_key)
        collected = digest.collect(mail, now)
        if collected.lines and not stopped:
            stop = digest.stop_address(mail)
            rendered = build(
                mail, rendering.render(mail, lines=collected.lines, stop=stop), stop=stop
            )
            self._mail.open()
            if not self._begin(mail):
                return False
            self._mail.send(rendered)
        now = self._now()
        with transaction.atomic():
            leases.record_lines(
                collected.included, Status.SHOWN if stopped else Status.SENT, now=now
            )
            leases.record_lines(collected.no_longer_true, Status.NO_LONGER_TRUE, now=now)
            sent = bool(collected.lines) and not stopped
            leases.record(mail, Status.SENT if sent else Status.NO_LONGER_TRUE, now=now)
        return sent

    def _pause(self, message: Message, error: SendingError) -> None:
        """Hold a message that was tried: 1, 2, 4 ... minutes, at most six hours, twelve tries."""
        if message.attempts >= MAX_ATTEMPTS:
            self._fail(message, error)
            return
        until = self._now() + set_aside.term(max(message.attempts, 1))
        leases.pause(message, until=until, error=str(error))
        self.tally.refused += 1

    def _finish(self, message: Message, error: PermanentRefusalError) -> None:
        """End a message that was refused for good; whatever that raises stays with it."""
        try:
            self._fail(message, error)
        except Exception as fault:  # noqa: BLE001 (a mistake of ours with this one)
            self._set_aside(message, fault)

    def _fail(self, message: Message, error: SendingError) -> None:
        self.tally.failed += endings.fail(message, str(error), now=self._now(), reason=error.reason)

    def _set_aside(self, message: Message, error: Exception) -> None:
        """Hold a message that can't be prepared: no attempt, but counted and told of."""
        raise_if_connection_lost(error)
        self.tally.set_aside += 1
        self.tally.failed += endings.set_aside_message(message, error, now=self._now())
