"""One message that can't be prepared stops no other, and is heard of; an attempt is one made."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.core import mail
from django.template.exceptions import TemplateDoesNotExist
from django.template.loader import render_to_string

from tests.welzijn.notifications.conftest import TUESDAY, Truth, by_mail
from welzijn.core.ids import uuid7
from welzijn.notifications import delivery, leases, message_kinds
from welzijn.notifications.channels import email
from welzijn.notifications.delivery import LEASE, sweep
from welzijn.notifications.delivery_windows import next_delivery_moment
from welzijn.notifications.models import Message, Status
from welzijn.notifications.preparation import MAX_ATTEMPTS
from welzijn.notifications.recipients import Channel, Recipient
from welzijn.sweeps import set_aside
from welzijn.sweeps.models import SetAside

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)
Queue = Callable[..., list[Message]]


def many(queue: Queue, count: int = 9) -> list[Message]:
    return [queue(by_mail(f"{n}@example.nl"))[0] for n in range(count)]


def sent() -> int:
    return Message.objects.filter(status=Status.SENT).count()


def break_template(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    real = render_to_string

    def gone(path: str, *arguments: Any, **options: Any) -> str:
        if name in path:
            raise TemplateDoesNotExist(path)
        return real(path, *arguments, **options)

    monkeypatch.setattr("welzijn.notifications.rendering.render_to_string", gone)


def test_a_renamed_template_costs_its_batch_mates_nothing(queue, monkeypatch) -> None:
    [bad] = queue(by_mail("bad@example.nl"), template="check", context={"path": "/volg/"})
    mates = many(queue)
    break_template(monkeypatch, "resident/check")
    tally = sweep(now=TUESDAY)
    bad.refresh_from_db()
    assert (tally.sent, tally.set_aside, sent()) == (len(mates), 1, len(mates))
    assert (bad.status, bad.attempts) == (Status.WAITING, 0)
    assert "TemplateDoesNotExist in welzijn.notifications" in bad.error
    assert bad.held_until >= TUESDAY + MINUTE


def test_it_ends_after_twelve_times_and_whoever_can_act_hears_it(
    queue, monkeypatch, caplog
) -> None:
    notified: list[SetAside] = []
    monkeypatch.setattr(set_aside, "_alarm", lambda row, _now: notified.append(row))
    [bad] = queue(by_mail("bad@example.nl"), template="check", context={"path": "/volg/"})
    break_template(monkeypatch, "resident/check")
    now, times = TUESDAY, 0
    while bad.status == Status.WAITING:
        sweep(now=now)
        times += 1
        bad.refresh_from_db()
        now = (bad.held_until or now) + timedelta(seconds=1)
        assert len(notified) == (times >= set_aside.NOTIFY_AFTER)
    assert (bad.status, bad.attempts, times) == (Status.FAILED, 0, 12)
    assert SetAside.objects.get().held_until is None
    assert "bad@example.nl" not in caplog.text


def test_one_message_of_a_kind_that_can_not_be_decided_leaves_the_others_of_its_kind(
    queue, truth: Truth
) -> None:
    messages = many(queue, 9)
    real, bad = truth.still_valid, messages[4].subject_id

    def raises_for_one(requested: Sequence[Message], now: datetime) -> Collection[Any]:
        if any(message.subject_id == bad for message in requested):
            raise LookupError("a broken row")
        return real(requested, now)

    message_kinds._kinds["test"] = message_kinds.Kind("test", raises_for_one)
    tally = sweep(now=TUESDAY)
    assert (tally.sent, tally.set_aside) == (8, 1)


def test_a_message_of_a_kind_that_nobody_knows_waits_apart(queue) -> None:
    [bad, *_rest] = many(queue)
    Message.objects.filter(pk=bad.pk).update(subject_kind="of an older version")
    assert sweep(now=TUESDAY).sent == 8


def test_wishes_that_can_not_be_read_hold_one_message(queue, monkeypatch) -> None:
    [bad, *_rest] = many(queue)

    def raises_for_one(keys: Collection[str]) -> dict[str, Any]:
        if bad.recipient_key in keys:
            raise ValueError("a broken wish")
        return {}

    monkeypatch.setattr(message_kinds, "_preferences_of", raises_for_one)
    assert sweep(now=TUESDAY).sent == 8


def test_a_calendar_that_can_not_be_read_holds_nothing(queue, monkeypatch) -> None:
    def broken(_partnership: object) -> Any:
        raise ValueError("unreadable hours")

    many(queue)
    monkeypatch.setattr(message_kinds, "_calendar_of", broken)
    assert sweep(now=TUESDAY).sent == 9
    assert SetAside.objects.get().sweep == "calendars"


def test_a_mistake_in_one_message_s_hours_holds_only_that_one(queue, monkeypatch) -> None:
    [bad, *_rest] = many(queue)
    real = next_delivery_moment

    def raises_for_one(message: Message, *arguments: Any) -> datetime:
        if message.id == bad.id:
            raise ValueError("odd hours")
        return real(message, *arguments)

    monkeypatch.setattr("welzijn.notifications.preparation.next_delivery_moment", raises_for_one)
    assert sweep(now=TUESDAY).sent == 8


def test_a_broken_kind_leaves_the_other_lines_of_the_daily_mail(queue) -> None:
    fatma = Recipient.user(uuid7(), email="fatma@stimenz.example")
    for number in range(5):
        context = {"reference": f"PT-{number}", "path": "/werk/", "due_on": "2026-11-24"}
        queue(fatma, template="followup_due", now=TUESDAY, context=context)
    lines = list(Message.objects.filter(channel=Channel.DIGEST).order_by("id"))
    Message.objects.filter(pk=lines[2].pk).update(subject_kind="of an older version")
    due = lines[0].not_before
    sweep(now=due)
    [daily] = mail.outbox
    assert str(daily.body).count("PT-") == 4
    lines[2].refresh_from_db()
    assert lines[2].status == Status.WAITING
    assert SetAside.objects.get(sweep="digest.lines").key == str(lines[2].id)


def test_a_line_whose_template_is_gone_leaves_the_others(queue, monkeypatch) -> None:
    fatma = Recipient.user(uuid7(), email="fatma@stimenz.example")
    context = {"reference": "PT-1", "path": "/werk/", "due_on": "2026-11-24"}
    queue(fatma, template="followup_due", now=TUESDAY, context=context)
    queue(fatma, template="question_new", now=TUESDAY, context={"reference": "PT-2"})
    due = Message.objects.filter(channel=Channel.DIGEST)[0].not_before
    break_template(monkeypatch, "followup_due")
    sweep(now=due)
    [daily] = mail.outbox
    assert "PT-2" in daily.body


def test_what_was_claimed_behind_a_crash_was_not_tried(queue, monkeypatch) -> None:
    messages = many(queue, 5)

    def crash(*_arguments: object, **_options: object) -> None:
        raise SystemExit

    with monkeypatch.context() as dying:
        dying.setattr(email.EmailChannel, "send", crash)
        for turn in range(MAX_ATTEMPTS):
            with pytest.raises(SystemExit):
                sweep(now=TUESDAY + turn * (LEASE + MINUTE))
    tried = dict(Message.objects.values_list("id", "attempts"))
    # Only the first was tried: it is the one that ends.
    assert tried == {m.id: MAX_ATTEMPTS if m == messages[0] else 0 for m in messages}
    sweep(now=TUESDAY + timedelta(days=1))
    messages[0].refresh_from_db()
    assert (messages[0].status, sent()) == (Status.FAILED, 4)


@pytest.mark.parametrize("seconds_to_decide", [6, 100])
def test_deciding_that_takes_long_slows_and_stops_nothing(
    queue, truth: Truth, monkeypatch, seconds_to_decide
) -> None:
    many(queue)
    clock = [0.0]
    monkeypatch.setattr(delivery, "time", SimpleNamespace(monotonic=lambda: clock[0]))
    real = truth.still_valid

    def slow(messages: Sequence[Message], now: datetime) -> Collection[Any]:
        clock[0] += seconds_to_decide
        return real(messages, now)

    message_kinds._kinds["test"] = message_kinds.Kind("test", slow)
    assert sweep(now=TUESDAY).sent == 9


def test_each_round_sends_at_least_one_even_where_each_send_is_slow(queue, monkeypatch) -> None:
    many(queue, 4)
    clock = [0.0]
    monkeypatch.setattr(delivery, "time", SimpleNamespace(monotonic=lambda: clock[0]))

    def slow(_self: object, _mail: object) -> None:
        clock[0] += 20

    monkeypatch.setattr(email.EmailChannel, "send", slow)
    assert sweep(now=TUESDAY).sent == 4


def test_a_lost_lease_sends_nothing(queue, monkeypatch) -> None:
    queue()
    monkeypatch.setattr(leases, "begin", lambda *_a, **_k: False)
    assert sweep(now=TUESDAY).sent == 0
    assert mail.outbox == []
