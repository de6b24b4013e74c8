"""Random lives of an outbox: queueing, sweeping, dying, servers away, days passing.

Whatever happens, in the end everything that stayed true has been sent, in its hours, once and for
each death of a sender at most once more, always with its own Message-ID.
"""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta
from typing import Any
from unittest.mock import patch

import pytest
from django.core import mail
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.welzijn.notifications.conftest import TUESDAY, Truth, by_mail, make_partnership
from welzijn.core.ids import uuid7
from welzijn.core.working_days import AMSTERDAM, Calendar
from welzijn.notifications import digest, leases, message_kinds, outbox
from welzijn.notifications.channels.email import EmailChannel
from welzijn.notifications.channels.errors import ChannelDownError, TemporaryRefusalError
from welzijn.notifications.delivery import sweep
from welzijn.notifications.models import Message, Status
from welzijn.notifications.recipients import Channel, Recipient, RecipientKind

HOUR = timedelta(hours=1)
COLLEAGUES = [Recipient.user(uuid7(), email=f"{n}@stimenz.example") for n in range(2)]
RESIDENTS = [by_mail(f"r{n}@example.nl") for n in range(3)]

steps = st.one_of(
    st.tuples(st.just("queue"), st.integers(0, 4), st.integers(0, 30), st.booleans()),
    st.tuples(st.just("sweep")),
    st.tuples(st.just("die"), st.integers(0, 3)),
    st.tuples(st.just("down")),
    st.tuples(st.just("refuse")),
    st.tuples(st.just("done"), st.integers(0, 20)),
    st.tuples(st.just("mind")),
    st.tuples(st.just("wait"), st.integers(1, 60)),
)


class Killed(BaseException):
    """As kill -9: nothing of the sender runs after it."""


class Life:
    """One outbox, its clock, and what is known to have happened."""

    def __init__(self, truth: Truth) -> None:
        self.now, self.truth, self.deaths = TUESDAY, truth, 0
        self.partnership = make_partnership()
        self.subjects: list[Any] = []

    def queue(self, who: int, hours: int, at_work: bool) -> None:
        recipient = [*RESIDENTS, *COLLEAGUES][who]
        staff = recipient.kind is RecipientKind.STAFF
        self.subjects.append(uuid7())
        outbox.queue(
            partnership_id=self.partnership.id,
            subject_kind="test",
            subject_id=self.subjects[-1],
            recipient=recipient,
            template="followup_due" if staff else "news",
            now=self.now,
            not_before=self.now + hours * HOUR,
            at_work=at_work,
        )

    def sweep(self) -> None:
        sweep(now=self.now, batch=3)

    def die(self, after: int) -> None:
        """Sweep, and be killed between sending and recording the message after so many."""
        left = [after]
        record = leases.record

        def dying(*args: Any, **options: Any) -> bool:
            if left[0] == 0:
                raise Killed
            left[0] -= 1
            return record(*args, **options)

        with patch.object(leases, "record", dying):
            try:
                sweep(now=self.now, batch=3)
            except Killed:
                self.deaths += 1

    def down(self) -> None:
        self._with(ChannelDownError("away"))

    def refuse(self) -> None:
        self._with(TemporaryRefusalError("SMTP 452"))

    def _with(self, error: Exception) -> None:
        with patch.object(EmailChannel, "send", side_effect=error):
            sweep(now=self.now, batch=3)

    def done(self, which: int) -> None:
        if which < len(self.subjects):
            self.truth.untrue.add(self.subjects[which])

    def mind(self) -> None:
        digest.reschedule_stranded_lines(self.now)

    def wait(self, hours: int) -> None:
        self.now += hours * HOUR


@pytest.mark.django_db
@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(life_steps=st.lists(steps, max_size=25))
def test_what_stays_true_is_sent_whatever_happens(truth: Truth, life_steps) -> None:
    with transaction.atomic():
        mail.outbox.clear()
        truth.untrue.clear()
        life = Life(truth)
        for name, *arguments in life_steps:
            getattr(life, name)(*arguments)
        settle(life)
        check(life)
        transaction.set_rollback(True)


def settle(life: Life) -> None:
    """Two quiet weeks with a working sweep."""
    for _ in range(2 * 7 * 4):
        life.now += 6 * HOUR
        life.mind()
        life.sweep()


def check(life: Life) -> None:
    """Everything is settled as it should be."""
    for message in Message.objects.filter(subject_kind="test"):
        untrue = message.subject_id in life.truth.untrue
        # What was done after it had been sent stays sent.
        allowed = {Status.SENT, Status.NO_LONGER_TRUE} if untrue else {Status.SENT}
        assert message.status in allowed
    assert not Message.objects.filter(status__in=[Status.WAITING, Status.SENDING]).exists()
    times = Counter(m.extra_headers["Message-ID"] for m in mail.outbox)
    assert sum(n - 1 for n in times.values()) <= life.deaths
    by_id = {m.message_id: m for m in Message.objects.filter(channel=Channel.EMAIL)}
    assert set(times) <= set(by_id)
    for message in by_id.values():
        if message.status == Status.SENT:
            assert times[message.message_id] >= 1
            assert message.sent_at is not None
            in_hours(message, message.sent_at)
    days = Counter(
        (m.recipient_key, m.sent_at.astimezone(AMSTERDAM).date())
        for m in by_id.values()
        if m.template == "digest" and m.status == Status.SENT and m.sent_at
    )
    assert set(days.values()) <= {1}


def in_hours(message: Message, moment: datetime) -> None:
    """A reminder or daily mail arrives in working hours, nothing before it is due."""
    assert moment >= message.not_before
    if message.at_work:
        local = moment.astimezone(AMSTERDAM)
        calendar: Calendar = message_kinds.calendar_of(message.partnership_id)
        assert calendar.is_working_day(local.date())
        assert 8 <= local.hour < 18
