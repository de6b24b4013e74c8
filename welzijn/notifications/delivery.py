"""Deliver the outbox: lease messages, check each again, send it, record its status.

    waiting --lease--> sending --+--> sent
       ^                         +--> no_longer_true
       |                         +--> failed, bounced
       +--refused for now, outside delivery hours, or the lease ended

A worker that dies between sending and recording leaves the row in `sending`; when the lease ends,
another worker sends it again with the same Message-ID. So a crash costs at most one duplicate per
worker and never a message. Any number of sweeps may run at once.
"""

from __future__ import annotations

import logging
import os
import socket
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.db import DatabaseError, transaction
from django.db.models import prefetch_related_objects

from welzijn.core.working_days import Calendar
from welzijn.notifications import digest, leases, message_kinds, outbox, rendering
from welzijn.notifications.bounces import record_bounce
from welzijn.notifications.channels import sms
from welzijn.notifications.channels.email import EmailChannel, build
from welzijn.notifications.channels.errors import (
    AddressRefusedError,
    ChannelDownError,
    PermanentRefusalError,
    TemporaryRefusalError,
)
from welzijn.notifications.delivery_windows import next_delivery_moment
from welzijn.notifications.models import Message, Status
from welzijn.notifications.recipients import Channel, RecipientKind

logger = logging.getLogger(__name__)

LEASE = timedelta(minutes=2)
BATCH = 50
FRESH = timedelta(seconds=5)
MAX_ATTEMPTS = 12
# After a refusal: 1, 2, 4 ... minutes, at most six hours; twelve tries take about two days.
_LONGEST_PAUSE = timedelta(hours=6)


@dataclass(slots=True)
class SweepResult:
    """The counts of one sweep."""

    sent: int = 0
    no_longer_true: int = 0
    postponed: int = 0
    refused: int = 0
    failed: int = 0
    down: set[Channel] = field(default_factory=set)
    more: bool = False


def sweep(
    *,
    now: datetime,
    limit: int | None = None,
    batch: int = BATCH,
    lease: timedelta | None = None,
) -> SweepResult:
    """Send what is due at `now` (aware, UTC), in order of due, until nothing is or `limit` is met.

    `SweepResult.more` is True where the limit ended it. Database errors propagate; leased messages
    return to the queue when their lease ends.
    """
    with EmailChannel() as mail:
        run = _Run(now=now, batch=batch, lease=lease or LEASE, mail=mail)
        run.until_done(limit)
    return run.tally


class _Run:
    """One sweep: its clock, its worker name and the channels that still work."""

    def __init__(self, *, now: datetime, batch: int, lease: timedelta, mail: EmailChannel) -> None:
        self._start, self._began = now, time.monotonic()
        self._batch, self._lease, self._mail = batch, lease, mail
        self._worker = f"{socket.gethostname()[:30]}:{os.getpid()}:{uuid4().hex[:8]}"
        self._open = {Channel.EMAIL, Channel.SMS}
        self._partnerships: dict[UUID, Any] = {}
        self._calendars: dict[UUID, Calendar] = {}
        self._contents: dict[tuple[str, str, str], rendering.Content] = {}
        self.tally = SweepResult()

    def until_done(self, limit: int | None) -> None:
        taken = 0
        while self._open and (limit is None or taken < limit):
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

    def _deliver(self, messages: Sequence[Message]) -> None:
        # A check is trusted for a few seconds and at most half a lease. What is not sent by then
        # is released and checked again, so that with a slow mail server nothing outdated is sent
        # and no message has two workers.
        stop_at = time.monotonic() + min(FRESH, self._lease / 2).total_seconds()
        self._set_partnerships(messages)
        matching = self._matching_preferences(messages)
        ready = self._still_true([m for m in matching if self._may_deliver_now(m)])
        for position, message in enumerate(ready):
            if time.monotonic() > stop_at:
                leases.release(ready[position:])
                return
            if Channel(message.channel) in self._open:
                self._try(message)
            else:
                leases.release([message])

    def _set_partnerships(self, messages: Sequence[Message]) -> None:
        """Set each message's partnership, reading each one once per sweep."""
        missing = [m for m in messages if m.partnership_id not in self._partnerships]
        prefetch_related_objects(missing, "partnership")
        self._partnerships.update({m.partnership_id: m.partnership for m in missing})
        for message in messages:
            message.partnership = self._partnerships[message.partnership_id]

    def _matching_preferences(self, messages: Sequence[Message]) -> list[Message]:
        """Return the messages that agree with their recipient's preferences; readdress the others.

        A resident who says today that mail is no longer safe gets none that was queued yesterday
        (invariant 9).
        """
        resident = RecipientKind.RESIDENT
        keys = {m.recipient_key for m in messages if m.recipient_kind == resident}
        preferences = message_kinds.preferences_of(keys)
        return [
            message
            for message in messages
            if message.recipient_key not in preferences
            or leases.readdress(message, preferences[message.recipient_key])
        ]

    def _may_deliver_now(self, message: Message) -> bool:
        """Return whether the message may arrive now; postpone it or fail it otherwise."""
        if message.attempts > MAX_ATTEMPTS:
            self._fail(message, message.error or "attempts")
            return False
        now = self._now()
        days = self._calendars.get(message.partnership_id)
        if days is None:
            days = message_kinds.calendar_of(message.partnership_id)
            self._calendars[message.partnership_id] = days
        until = next_delivery_moment(message, now, days)
        if until > now:
            leases.postpone(message, until=until)
            self.tally.postponed += 1
        return until <= now

    def _still_true(self, messages: Sequence[Message]) -> list[Message]:
        """Return the messages that are still true, in order; record the others as outdated."""
        true = {m.id for m in messages if m.subject_kind == outbox.DIGEST_KIND}
        by_kind: dict[str, list[Message]] = {}
        for message in messages:
            if message.id not in true:
                by_kind.setdefault(message.subject_kind, []).append(message)
        unknown: set[UUID] = set()
        for name, group in by_kind.items():
            try:
                true.update(message_kinds.kind(name).still_true(group, self._now()))
            except DatabaseError:
                raise
            except Exception:
                # An error in one app must not stop the messages of others; try again later.
                logger.exception("whether a message of kind %s is still true can't be told", name)
                unknown.update(message.id for message in group)
        for message in messages:
            if message.id in unknown:
                self._pause(message, "still_true")
            elif message.id not in true:
                leases.record(message, Status.NO_LONGER_TRUE, now=self._now())
                self.tally.no_longer_true += 1
        return [message for message in messages if message.id in true]

    def _try(self, message: Message) -> None:
        try:
            done = self._send(message)
        except ChannelDownError as error:
            logger.warning("%s can't be sent now: %s", message.channel, error)
            self._open.discard(Channel(message.channel))
            self.tally.down.add(Channel(message.channel))
            leases.release([message], error=str(error))
        except TemporaryRefusalError as error:
            self._pause(message, str(error))
        except AddressRefusedError as error:
            record_bounce(message=message, now=self._now(), error=str(error))
            self.tally.failed += 1
        except PermanentRefusalError as error:
            self._fail(message, str(error))
        else:
            self.tally.sent += done

    def _send(self, message: Message) -> bool:
        """Send and record one message; return False for a digest that turned out empty."""
        if message.subject_kind == outbox.DIGEST_KIND:
            return self._send_digest(message)
        if message.channel == Channel.SMS:
            sms.client().send(
                phone=message.address,
                text=rendering.render_sms(message),
                reference=str(message.id),
                second_try=message.attempts > 1,
            )
        else:
            self._mail.send(build(message, self._content(message)))
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
            rendered = rendering.render(mail, lines=collected.lines, stop=stop)
            self._mail.send(build(mail, rendered, stop=stop))
        now = self._now()
        with transaction.atomic():
            leases.record_lines(
                collected.included, Status.SHOWN if stopped else Status.SENT, now=now
            )
            leases.record_lines(collected.no_longer_true, Status.NO_LONGER_TRUE, now=now)
            sent = bool(collected.lines) and not stopped
            leases.record(mail, Status.SENT if sent else Status.NO_LONGER_TRUE, now=now)
        return sent

    def _pause(self, message: Message, error: str) -> None:
        pause = min(timedelta(minutes=2 ** (message.attempts - 1)), _LONGEST_PAUSE)
        leases.pause(message, until=self._now() + pause, error=error)
        self.tally.refused += 1

    def _fail(self, message: Message, error: str) -> None:
        logger.error("a message of kind %s failed: %s", message.subject_kind, error)
        leases.record(message, Status.FAILED, now=self._now(), error=error)
        self.tally.failed += 1
