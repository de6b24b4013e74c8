"""Only who holds a message writes what became of it, and a claim takes what is due and no more."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from tests.welzijn.notifications.conftest import TUESDAY, by_mail
from welzijn.notifications import leases
from welzijn.notifications.models import Message, Status
from welzijn.notifications.recipients import Channel, DeliveryPreferences

pytestmark = pytest.mark.django_db
LEASE, SECOND = timedelta(minutes=2), timedelta(seconds=1)
ALL = (Channel.EMAIL, Channel.SMS)


def claim(worker: str = "first", now=TUESDAY, limit: int = 50, channels=ALL) -> list[Message]:
    return leases.lease_due(now=now, worker=worker, lease=LEASE, limit=limit, channels=channels)


def test_a_claim_is_held_until_its_lease_ends_exactly(queue) -> None:
    queue()
    [held] = claim()
    assert (held.status, held.claimed_by, held.attempts) == (Status.SENDING, "first", 0)
    assert held.held_until == TUESDAY + LEASE
    assert claim("second", TUESDAY + LEASE - SECOND) == []
    [taken] = claim("second", TUESDAY + LEASE)
    assert (taken.id, taken.claimed_by, taken.attempts) == (held.id, "second", 0)


def test_a_claim_takes_what_is_due_at_its_moment_on_its_channels_up_to_its_limit(queue) -> None:
    [due] = queue(not_before=TUESDAY)
    queue(not_before=TUESDAY + SECOND)
    [text] = queue(not_before=TUESDAY)
    Message.objects.filter(pk=text.pk).update(channel=Channel.SMS, address="+31612345678")
    assert [m.id for m in claim(channels=[Channel.EMAIL])] == [due.id]
    assert len(claim("second", TUESDAY + SECOND, limit=1)) == 1
    assert len(claim("third", TUESDAY + SECOND)) == 1


def test_a_claim_gives_urgent_ones_first_and_then_by_when_they_were_due(queue) -> None:
    [late] = queue(not_before=TUESDAY)
    [early], [urgent] = queue(), queue(not_before=TUESDAY, urgent=True)
    Message.objects.filter(pk=early.pk).update(not_before=TUESDAY - timedelta(hours=2))
    assert [m.id for m in claim()] == [urgent.id, early.id, late.id]


LATE_WRITES: dict[str, Callable[[Message], object]] = {
    "record": lambda m: leases.record(m, Status.SENT, now=TUESDAY),
    "pause": lambda m: leases.pause(m, until=TUESDAY, error="421"),
    "postpone": lambda m: leases.postpone(m, until=TUESDAY),
    "release": lambda m: leases.release([m], error="down"),
    "readdress": lambda m: leases.readdress(
        m, DeliveryPreferences((Channel.EMAIL,), email="b@example.nl")
    ),
}


@pytest.mark.parametrize("write", LATE_WRITES)
def test_who_lost_the_lease_changes_nothing_of_its_successor(queue, write: str) -> None:
    [message] = queue()
    [lost] = claim()
    [held] = claim("second", TUESDAY + LEASE)
    LATE_WRITES[write](lost)
    now = Message.objects.get(pk=message.pk)
    assert (now.status, now.claimed_by, now.held_until) == (
        Status.SENDING,
        "second",
        TUESDAY + 2 * LEASE,
    )
    assert (now.attempts, now.error, now.address, now.sent_at) == (0, "", held.address, None)


@pytest.mark.parametrize("write", LATE_WRITES)
def test_who_gave_it_back_or_recorded_it_writes_no_second_time(queue, write: str) -> None:
    [message] = queue()
    [held] = claim()
    assert leases.record(held, Status.FAILED, now=TUESDAY, error="550")
    LATE_WRITES[write](held)
    now = Message.objects.get(pk=message.pk)
    assert (now.status, now.error, now.attempts, now.sent_at) == (Status.FAILED, "550", 0, None)


@pytest.mark.parametrize(
    ("status", "sent"),
    [
        (Status.SENT, True),
        (Status.BOUNCED, True),
        (Status.FAILED, False),
        (Status.NO_LONGER_TRUE, False),
    ],
)
def test_the_end_of_a_message_has_a_moment_where_it_left(queue, status: Status, sent: bool) -> None:
    queue()
    [held] = claim()
    assert leases.record(held, status, now=TUESDAY + SECOND, error="een code")
    now = Message.objects.get(pk=held.pk)
    assert (now.status, now.held_until, now.error) == (status, None, "een code")
    assert now.sent_at == (TUESDAY + SECOND if sent else None)


def test_only_what_is_begun_counts_as_a_try(queue) -> None:
    queue()
    until = TUESDAY + timedelta(hours=1)
    [held] = claim()
    assert leases.begin(held, now=TUESDAY, lease=2 * LEASE, durable=False)
    begun = Message.objects.get()
    assert (begun.attempts, held.attempts, begun.held_until) == (1, 1, TUESDAY + 2 * LEASE)
    leases.pause(held, until=until, error="421")
    paused = Message.objects.get()
    assert (paused.status, paused.held_until, paused.attempts, paused.error) == (
        Status.WAITING,
        until,
        1,
        "421",
    )
    assert paused.not_before == held.not_before
    assert claim(now=until - SECOND) == []
    [held] = claim(now=until)
    leases.postpone(held, until=until + LEASE)
    postponed = Message.objects.get()
    assert (postponed.status, postponed.held_until, postponed.attempts) == (
        Status.WAITING,
        until + LEASE,
        1,
    )
    [held] = claim(now=until + LEASE)
    leases.release([held], error="down")
    released = Message.objects.get()
    assert (released.status, released.held_until, released.attempts, released.error) == (
        Status.WAITING,
        None,
        1,
        "down",
    )


def test_who_lost_the_lease_begins_no_attempt(queue) -> None:
    queue()
    [lost] = claim()
    claim("second", TUESDAY + LEASE)
    assert not leases.begin(lost, now=TUESDAY + LEASE, lease=LEASE, durable=True)
    now = Message.objects.get()
    assert (now.attempts, lost.attempts, now.claimed_by) == (0, 0, "second")


def test_what_is_released_untried_takes_its_attempt_back(queue) -> None:
    queue()
    [held] = claim()
    leases.begin(held, now=TUESDAY, lease=LEASE, durable=False)
    held.attempts = 0
    leases.release([held], error="SMTP 421")
    assert Message.objects.get().attempts == 0


def test_a_message_goes_as_its_recipient_wishes_now(queue) -> None:
    [message] = queue(by_mail("a@example.nl"))
    [held] = claim()
    same = DeliveryPreferences((Channel.EMAIL,), email="a@example.nl", may_say_who=True)
    assert leases.readdress(held, same)
    moved = DeliveryPreferences((Channel.EMAIL,), email="b@example.nl", may_say_who=True)
    assert not leases.readdress(held, moved)
    now = Message.objects.get(pk=message.pk)
    assert (now.address, now.status, now.held_until, now.attempts) == (
        "b@example.nl",
        Status.WAITING,
        None,
        0,
    )
    [held] = claim()
    assert not leases.readdress(held, DeliveryPreferences(()))
    shown = Message.objects.get(pk=message.pk)
    assert (shown.status, shown.channel, shown.address) == (Status.SHOWN, Channel.NONE, "")


def test_lines_of_a_digest_are_settled_once(queue) -> None:
    [one], [other] = queue(), queue()
    leases.record_lines([one.id], Status.SENT, now=TUESDAY)
    leases.record_lines([one.id], Status.NO_LONGER_TRUE, now=TUESDAY)
    one.refresh_from_db()
    other.refresh_from_db()
    assert (one.status, one.sent_at) == (Status.SENT, TUESDAY)
    assert (other.status, other.sent_at) == (Status.WAITING, None)
    leases.record_lines([other.id], Status.NO_LONGER_TRUE, now=TUESDAY)
    other.refresh_from_db()
    assert (other.status, other.sent_at) == (Status.NO_LONGER_TRUE, None)
