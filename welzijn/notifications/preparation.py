"""Look at leased messages once more before they are sent: may they go, and are they still true?

    Preparation(...).ready(messages)   those to send now, in order

Asked for a whole batch in a few queries. Where that raises, the batch is halved until the message
that can't be answered stands alone; it is set aside, the others go on.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models import prefetch_related_objects

from welzijn.core.working_days import Calendar
from welzijn.notifications import endings, leases, message_kinds, outbox, unconfirmed
from welzijn.notifications.delivery_windows import next_delivery_moment
from welzijn.notifications.models import Message, Status
from welzijn.notifications.recipients import DeliveryPreferences, RecipientKind
from welzijn.sweeps import set_aside
from welzijn.sweeps.rows import raise_if_connection_lost

# After that many attempts a message has failed; see `delivery._Run._pause` for the pauses.
MAX_ATTEMPTS = 12
# A question to the database about one batch. Beyond it the batch is halved.
_LONGEST_QUERY = "30s"

_SetAside = Callable[[Message, Exception], None]


class Preparation:
    """What a sweep looks up about messages; partnerships and their calendars once."""

    def __init__(self, now: Callable[[], datetime], set_aside_message: _SetAside) -> None:
        self._now, self._set_aside = now, set_aside_message
        self._partnerships: dict[UUID, Any] = {}
        self._calendars: dict[UUID, Calendar] = {}
        self._counts: Counter[str] = Counter()
        self._unconfirmed: set[UUID] = set()

    def ready(self, messages: Sequence[Message]) -> list[Message]:
        """Return the messages to send now, in order; record or give back the others."""
        self._set_partnerships(messages)
        leaving = self._each(messages, self._leaves)
        matching = self._matching_preferences(leaving)
        true = self._still_valid(self._each(matching, self._may_deliver_now))
        return self._each(true, self._has_its_day)

    def take_counts(self) -> Counter[str]:
        """Return what was recorded or given back since the last call."""
        counts, self._counts = self._counts, Counter()
        return counts

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

        def ask(group: Sequence[Message]) -> Mapping[str, DeliveryPreferences]:
            return message_kinds.preferences_of({m.recipient_key for m in group})

        residents = [m for m in messages if m.recipient_kind == RecipientKind.RESIDENT]
        preferences: dict[str, DeliveryPreferences] = {}
        unknown: set[UUID] = set()
        for _group, answer in self._by_halves(residents, ask, unknown):
            preferences.update(answer)
        for message in residents:
            known = preferences.get(message.recipient_key)
            if known is not None and message.channel in known.unconfirmed:
                self._unconfirmed.add(message.id)
        return self._each(
            [message for message in messages if message.id not in unknown],
            lambda message: (
                message.recipient_key not in preferences
                or leases.readdress(message, preferences[message.recipient_key])
            ),
        )

    def _leaves(self, message: Message) -> bool:
        """Return whether the message may be sent: of a rehearsal only those about accounts."""
        kind = message.subject_kind
        if (
            message.partnership.rehearsing_since is None
            or kind == outbox.DIGEST_KIND
            or kind in message_kinds.setup_kinds()
        ):
            return True
        leases.record(message, Status.REHEARSED, now=self._now())
        return False

    def _may_deliver_now(self, message: Message) -> bool:
        """Return whether the message may arrive now; postpone it or fail it otherwise."""
        now = self._now()
        if message.attempts >= MAX_ATTEMPTS:
            # Its last attempt ended the worker, or nobody recorded it.
            self._counts["failed"] += endings.fail(message, message.error or "attempts", now=now)
            return False
        until = next_delivery_moment(message, now, self._calendar(message.partnership_id))
        if until > now:
            leases.postpone(message, until=until)
            self._counts["postponed"] += 1
        return until <= now

    def _calendar(self, partnership_id: UUID) -> Calendar:
        """Return a partnership's calendar; where it can't be read, that of the whole country."""
        if partnership_id not in self._calendars:
            try:
                with transaction.atomic():
                    days = message_kinds.calendar_of(partnership_id)
            except Exception as error:  # noqa: BLE001 (set aside, or raised again)
                raise_if_connection_lost(error)
                set_aside.record(
                    "calendars",
                    partnership_id,
                    error,
                    now=self._now(),
                    partnership_id=partnership_id,
                )
                days = Calendar()
            self._calendars[partnership_id] = days
        return self._calendars[partnership_id]

    def _still_valid(self, messages: Sequence[Message]) -> list[Message]:
        """Return the messages that are still true, in order; record the others as outdated."""
        true = {m.id for m in messages if m.subject_kind == outbox.DIGEST_KIND}
        by_kind: dict[str, list[Message]] = {}
        for message in messages:
            if message.id not in true:
                by_kind.setdefault(message.subject_kind, []).append(message)
        unknown: set[UUID] = set()
        for name, group in by_kind.items():

            def ask(part: Sequence[Message], name: str = name) -> Collection[UUID]:
                return message_kinds.kind(name).still_valid(part, self._now())

            for _part, answer in self._by_halves(group, ask, unknown):
                true.update(answer)
        return self._each(
            [message for message in messages if message.id not in unknown],
            lambda message: message.id in true or self._outdated(message),
        )

    def _has_its_day(self, message: Message) -> bool:
        """Return whether a message to an unconfirmed address may go today; else it waits."""
        if message.id not in self._unconfirmed:
            return True
        self._unconfirmed.discard(message.id)
        goes = unconfirmed.may_go(message, self._now())
        self._counts["postponed"] += not goes
        return goes

    def _outdated(self, message: Message) -> bool:
        leases.record(message, Status.NO_LONGER_TRUE, now=self._now())
        self._counts["no_longer_true"] += 1
        return False

    def _each(self, messages: Sequence[Message], step: Callable[[Message], bool]) -> list[Message]:
        """Return the messages for which `step` is true; set aside those about which it raises."""
        passed = []
        for message in messages:
            try:
                with transaction.atomic():
                    goes_on = step(message)
            except Exception as error:  # noqa: BLE001 (set aside, or raised again)
                self._set_aside(message, error)
            else:
                passed += [message] if goes_on else []
        return passed

    def _by_halves(
        self,
        messages: Sequence[Message],
        ask: Callable[[Sequence[Message]], Any],
        unknown: set[UUID],
    ) -> list[tuple[Sequence[Message], Any]]:
        """Ask about all at once, and where that raises about ever fewer; set aside who raises."""
        answers: list[tuple[Sequence[Message], Any]] = []
        waiting = [list(messages)] if messages else []
        while waiting:
            group = waiting.pop()
            try:
                with transaction.atomic():
                    _limit_queries()
                    answers.append((group, ask(group)))
            except Exception as error:  # noqa: BLE001 (set aside, or raised again)
                raise_if_connection_lost(error)
                if len(group) > 1:
                    middle = len(group) // 2
                    waiting += [group[middle:], group[:middle]]
                    continue
                unknown.add(group[0].id)
                self._set_aside(group[0], error)
        return answers


def _limit_queries() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('statement_timeout', %s, true)", [_LONGEST_QUERY])
