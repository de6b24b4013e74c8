"""When a message may arrive, for every kind of recipient, hour and calendar."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

from hypothesis import given
from hypothesis import strategies as st

from welzijn.core.working_days import AMSTERDAM, Calendar
from welzijn.notifications.delivery_windows import may_deliver, next_delivery_moment
from welzijn.notifications.models import Message
from welzijn.notifications.recipients import Channel, RecipientKind

DAYS = Calendar()
hours = st.none() | st.tuples(st.times(), st.times())
moments = st.integers(0, 6 * 366 * 24 * 60).map(
    lambda minutes: datetime(2024, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)


@st.composite
def messages(draw: st.DrawFn) -> Message:
    own = draw(hours)
    return Message(
        channel=draw(st.sampled_from([Channel.EMAIL, Channel.SMS])),
        recipient_kind=draw(st.sampled_from(RecipientKind)),
        urgent=draw(st.booleans()),
        at_work=draw(st.booleans()),
        contact_from=own[0] if own else None,
        contact_until=own[1] if own else None,
    )


@given(messages(), moments)
def test_every_message_has_a_moment_and_it_is_not_in_the_past(message, moment) -> None:
    then = next_delivery_moment(message, moment, DAYS)
    assert then >= moment
    assert may_deliver(message, then, DAYS)


@given(messages(), moments)
def test_asking_again_at_that_moment_does_not_put_it_off(message, moment) -> None:
    then = next_delivery_moment(message, moment, DAYS)
    assert next_delivery_moment(message, then, DAYS) == then


@given(messages(), moments, st.timedeltas(timedelta(), timedelta(days=3)))
def test_it_never_comes_earlier_for_having_been_asked_later(message, moment, delay) -> None:
    assert next_delivery_moment(message, moment + delay, DAYS) >= next_delivery_moment(
        message, moment, DAYS
    )


def test_a_wait_ends_at_midnight_where_a_working_day_begins_in_the_recipients_own_hours() -> None:
    message = Message(channel=Channel.EMAIL, recipient_kind=RecipientKind.STAFF, at_work=True)
    message.contact_from, message.contact_until = time(22), time(6)
    sunday_evening = datetime(2027, 1, 10, 23, 0, tzinfo=AMSTERDAM)
    then = next_delivery_moment(message, sunday_evening, DAYS)
    assert then == datetime(2027, 1, 11, tzinfo=AMSTERDAM)


@given(messages(), moments)
def test_a_resident_without_hours_of_their_own_is_never_texted_at_night(message, moment) -> None:
    message.recipient_kind, message.channel = RecipientKind.RESIDENT, Channel.SMS
    message.contact_from = message.contact_until = None
    clock = next_delivery_moment(message, moment, DAYS).astimezone(AMSTERDAM).time()
    assert time(8) <= clock < time(21)


@given(moments)
def test_reminders_come_on_working_days_only(moment) -> None:
    message = Message(channel=Channel.EMAIL, recipient_kind=RecipientKind.RESIDENT, at_work=True)
    then = next_delivery_moment(message, moment, DAYS).astimezone(AMSTERDAM)
    assert DAYS.is_working_day(then.date())
    assert time(8) <= then.time() < time(18)


def test_a_calendar_without_working_days_does_not_keep_a_message_for_ever() -> None:
    start = datetime(2026, 1, 1, 12, tzinfo=UTC)
    closed = Calendar(frozenset(start.date() + timedelta(days=n) for n in range(800)))
    message = Message(channel=Channel.EMAIL, recipient_kind=RecipientKind.RESIDENT, at_work=True)
    assert next_delivery_moment(message, start, closed) == start
