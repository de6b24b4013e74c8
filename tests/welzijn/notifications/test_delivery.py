"""Sending what is due: once, in order, when it may arrive, and only if it is still so."""

from __future__ import annotations

import smtplib
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.core import mail

from tests.welzijn.notifications.conftest import TUESDAY, by_mail, by_text
from welzijn.core.ids import uuid7
from welzijn.core.working_days import Calendar
from welzijn.notifications import delivery as sweeping
from welzijn.notifications import leases, message_kinds
from welzijn.notifications.channels import email, sms
from welzijn.notifications.channels.errors import (
    AddressRefusedError,
    ChannelDownError,
    PermanentRefusalError,
    TemporaryRefusalError,
)
from welzijn.notifications.delivery import LEASE, sweep
from welzijn.notifications.models import Message, Status
from welzijn.notifications.preparation import MAX_ATTEMPTS
from welzijn.notifications.recipients import Channel, Recipient

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


def refuse(monkeypatch: pytest.MonkeyPatch, error: Exception, address: str = "") -> None:
    """Let the mail server refuse all mail, or mail to one address."""
    send = email.EmailChannel.send

    def refusing(self: email.EmailChannel, message: Any) -> None:
        if not address or message.to == [address]:
            raise error
        send(self, message)

    monkeypatch.setattr(email.EmailChannel, "send", refusing)


def test_what_is_due_is_sent_and_recorded(queue) -> None:
    [message] = queue()
    tally = sweep(now=TUESDAY)
    message.refresh_from_db()
    assert tally.sent == 1
    assert message.status == Status.SENT
    assert message.sent_at >= TUESDAY
    assert message.held_until is None
    assert [m.to for m in mail.outbox] == [["aydin@example.nl"]]


def test_what_is_sent_is_not_sent_again(queue) -> None:
    queue()
    sweep(now=TUESDAY)
    sweep(now=TUESDAY + timedelta(days=1))
    assert len(mail.outbox) == 1


def test_what_is_not_yet_due_waits(queue) -> None:
    queue(not_before=TUESDAY + timedelta(hours=1))
    assert sweep(now=TUESDAY).sent == 0
    assert sweep(now=TUESDAY + timedelta(hours=1)).sent == 1


def test_order_of_due_with_urgent_ones_first(queue) -> None:
    for hour in (3, 1, 2):
        queue(by_mail(f"{hour}@example.nl"), not_before=TUESDAY + timedelta(hours=hour))
    on_duty = Recipient.user(uuid7(), email="duty@putten.example")
    queue(on_duty, template="question_urgent", urgent=True, not_before=TUESDAY + timedelta(hours=4))
    sweep(now=TUESDAY + timedelta(hours=5), batch=2)
    assert [m.to[0] for m in mail.outbox] == [
        "duty@putten.example",
        "1@example.nl",
        "2@example.nl",
        "3@example.nl",
    ]


def test_what_is_no_longer_true_is_not_sent(queue, truth) -> None:
    [message] = queue()
    truth.untrue.add(message.subject_id)
    assert sweep(now=TUESDAY).no_longer_true == 1
    message.refresh_from_db()
    assert message.status == Status.NO_LONGER_TRUE
    assert mail.outbox == []


def test_truth_is_asked_once_for_a_batch(queue, truth) -> None:
    for _ in range(5):
        queue()
    sweep(now=TUESDAY)
    assert truth.requested == [5]


def test_a_mistake_of_one_app_does_not_silence_the_others(queue, truth, partnership) -> None:
    message_kinds.register("sound", still_valid=message_kinds.always)
    [broken] = queue()
    [sound] = queue()
    Message.objects.filter(id=sound.id).update(subject_kind="sound")
    truth.broken = True
    sweep(now=TUESDAY)
    broken.refresh_from_db()
    sound.refresh_from_db()
    assert (broken.status, sound.status) == (Status.WAITING, Status.SENT)
    truth.broken = False
    assert sweep(now=TUESDAY + 2 * MINUTE).sent == 1


def test_a_sender_that_died_is_followed_by_another_with_the_same_message_id(
    queue, monkeypatch
) -> None:
    queue()
    with monkeypatch.context() as dying:
        # As a kill between sending and recording: nothing after the send happens.
        dying.setattr(leases, "record", lambda *_args, **_kwargs: False)
        sweep(now=TUESDAY, limit=1)
    assert Message.objects.get().status == Status.SENDING
    assert sweep(now=TUESDAY + LEASE - MINUTE).sent == 0
    assert sweep(now=TUESDAY + LEASE + MINUTE).sent == 1
    first, second = mail.outbox
    assert first.extra_headers["Message-ID"] == second.extra_headers["Message-ID"]


def test_who_lost_the_lease_can_not_record(queue) -> None:
    queue()
    [held] = leases.lease_due(
        now=TUESDAY, worker="slow", lease=LEASE, limit=1, channels=[Channel.EMAIL]
    )
    leases.lease_due(
        now=TUESDAY + LEASE, worker="next", lease=LEASE, limit=1, channels=[Channel.EMAIL]
    )
    assert not leases.record(held, Status.FAILED, now=TUESDAY)
    assert Message.objects.get().status == Status.SENDING


def test_a_claim_is_one_statement(queue, django_assert_num_queries) -> None:
    for _ in range(3):
        queue()
    with django_assert_num_queries(1):
        claimed = leases.lease_due(
            now=TUESDAY, worker="w", lease=LEASE, limit=2, channels=[Channel.EMAIL]
        )
    assert len(claimed) == 2


def test_a_worker_that_was_away_does_not_text_at_night(queue, settings) -> None:
    settings.SMS_API_URL = "https://texts.example"
    [message] = queue(by_text())
    saturday_night = datetime(2026, 11, 28, 1, 30, tzinfo=UTC)
    assert sweep(now=saturday_night).postponed == 1
    message.refresh_from_db()
    assert message.held_until == datetime(2026, 11, 28, 7, 0, tzinfo=UTC)
    assert (message.not_before, message.attempts) == (TUESDAY, 0)


def test_three_days_away_over_a_holiday_weekend_sends_all_once_in_order(queue, monkeypatch) -> None:
    # Maundy Thursday to Easter Monday 2026; the partnership is closed on Good Friday as well.
    calendar = Calendar(good_friday=True)
    monkeypatch.setattr(message_kinds, "_calendar_of", lambda _id: calendar)
    thursday = datetime(2026, 4, 2, 13, 0, tzinfo=UTC)
    for hour in (2, 0, 1):
        queue(
            by_mail(f"{hour}@example.nl"),
            at_work=True,
            now=thursday,
            not_before=thursday + timedelta(hours=hour),
        )
    for day in (3, 4, 5, 6):
        assert sweep(now=datetime(2026, 4, day, 10, 0, tzinfo=UTC)).sent == 0
    tuesday = datetime(2026, 4, 7, 6, 0, tzinfo=UTC)  # 8.00 in summer time
    assert sweep(now=tuesday - MINUTE).sent == 0
    assert sweep(now=tuesday).sent == 3
    assert sweep(now=tuesday + timedelta(hours=1)).sent == 0
    assert [m.to[0][0] for m in mail.outbox] == ["0", "1", "2"]


def test_a_server_that_is_down_costs_no_try_and_no_place(queue, monkeypatch) -> None:
    queue(by_mail("1@example.nl"))
    queue(by_mail("2@example.nl"))
    with monkeypatch.context() as down:
        refuse(down, ChannelDownError("SMTP 421"))
        for hour in range(30):
            tally = sweep(now=TUESDAY + timedelta(hours=hour))
            assert tally.down == {Channel.EMAIL}
    assert set(Message.objects.values_list("status", "attempts")) == {(Status.WAITING, 0)}
    assert sweep(now=TUESDAY + timedelta(days=3)).sent == 2
    assert [m.to[0] for m in mail.outbox] == ["1@example.nl", "2@example.nl"]


def test_mail_that_is_down_does_not_stop_texts(queue, monkeypatch, settings) -> None:
    settings.SMS_API_URL = "https://texts.example"
    sent: list[str] = []

    class Texts:
        def send(self, *, phone: str, text: str, reference: str, second_try: bool) -> None:
            sent.append(phone)

    monkeypatch.setattr(sms, "client", Texts)
    refuse(monkeypatch, ChannelDownError("away"))
    queue(by_mail())
    queue(by_text())
    sweep(now=TUESDAY)
    assert sent == ["+31612345678"]


def test_a_full_mailbox_is_tried_again_ever_later_and_in_the_end_given_up(
    queue, monkeypatch
) -> None:
    [message] = queue()
    refuse(monkeypatch, TemporaryRefusalError("SMTP 452"))
    now, pauses = TUESDAY, []
    while True:
        sweep(now=now)
        message.refresh_from_db()
        if message.status == Status.FAILED:
            break
        pauses.append(round((message.held_until - now) / MINUTE))
        now = message.held_until + timedelta(seconds=1)
    # No pause after the last attempt: it has failed, and somebody hears it.
    assert message.attempts == MAX_ATTEMPTS
    assert pauses == [1, 2, 4, 8, 16, 32, 64, 128, 256, 360, 360]
    assert message.error == "SMTP 452"


def test_one_bad_address_does_not_hold_up_the_rest(queue, monkeypatch, truth) -> None:
    [bad] = queue(by_mail("gone@example.nl"))
    queue(by_mail("fine@example.nl"))
    refuse(monkeypatch, AddressRefusedError("SMTP 550"), "gone@example.nl")
    sweep(now=TUESDAY)
    bad.refresh_from_db()
    assert bad.status == Status.BOUNCED
    assert truth.bounced == [bad.subject_id]
    assert [m.to[0] for m in mail.outbox] == ["fine@example.nl"]


def test_what_will_never_be_accepted_fails_at_once_and_holds_no_address(
    queue, monkeypatch, caplog
) -> None:
    [message] = queue()
    refuse(monkeypatch, PermanentRefusalError("SMTP 554"))
    sweep(now=TUESDAY)
    message.refresh_from_db()
    assert (message.status, message.error) == (Status.FAILED, "SMTP 554")
    assert "aydin" not in caplog.text


def test_a_message_that_kills_its_sender_each_time_is_given_up(queue) -> None:
    [message] = queue()
    Message.objects.filter(id=message.id).update(attempts=MAX_ATTEMPTS)
    sweep(now=TUESDAY)
    message.refresh_from_db()
    assert message.status == Status.FAILED
    assert mail.outbox == []


def test_a_slow_server_gives_back_what_it_can_not_send_in_time(queue, monkeypatch) -> None:
    for number in range(6):
        queue(by_mail(f"{number}@example.nl"))
    seconds = [0.0]
    monkeypatch.setattr(sweeping, "time", SimpleNamespace(monotonic=lambda: seconds[0]))

    def send_slowly(_self: object, _mail: object) -> None:
        seconds[0] += 2

    monkeypatch.setattr(email.EmailChannel, "send", send_slowly)
    assert sweep(now=TUESDAY, limit=6).sent == 3
    assert Message.objects.filter(status=Status.WAITING, attempts=0).count() == 3


def test_the_limit_says_that_there_is_more(queue) -> None:
    for _ in range(3):
        queue()
    assert sweep(now=TUESDAY, limit=2).more
    assert not sweep(now=TUESDAY, limit=2).more


def test_a_broken_line_halfway_is_sent_again_rather_than_lost(queue, monkeypatch) -> None:
    class Broken:
        def open(self) -> None: ...
        def close(self) -> None: ...
        def send_messages(self, _mails: object) -> None:
            raise smtplib.SMTPServerDisconnected("gone")

    queue()
    with monkeypatch.context() as breaking:
        breaking.setattr(email, "get_connection", Broken)
        sweep(now=TUESDAY)
    [message] = Message.objects.all()
    assert (message.status, message.attempts) == (Status.WAITING, 1)
    assert sweep(now=TUESDAY + 2 * MINUTE).sent == 1
