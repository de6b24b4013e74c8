"""A hundred messages, and a hundred lines of a daily mail; one of each can't be worked off."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from tests.invariants.one_bad_row.faults import MANY, Step
from tests.support import factories as make
from welzijn.core.ids import uuid7
from welzijn.notifications import digest, message_kinds, outbox
from welzijn.notifications.delivery import sweep
from welzijn.notifications.models import Message, Status
from welzijn.notifications.recipients import Channel, DeliveryPreferences, Recipient

NOW = make.TUESDAY
KIND = "one of a hundred"


def still_valid(messages: Sequence[Message], _now: datetime) -> Collection[UUID]:
    """All of them; a step makes it raise."""
    return {message.pk for message in messages}


def ask(messages: Sequence[Message], now: datetime) -> Collection[UUID]:
    """Ask the function that a step may have replaced."""
    return still_valid(messages, now)


def _queue(here: make.World, number: int, recipient: Recipient, template: str) -> None:
    message_kinds.register(KIND, still_valid=ask)
    staff = template != "news"
    outbox.queue(
        partnership_id=here.partnership.pk,
        subject_kind=KIND,
        subject_id=uuid7(),
        recipient=recipient,
        template=template,
        context={"reference": f"PT-{number}"} if staff else {},
        now=NOW,
    )


def deliver() -> Iterator[tuple[Step, Callable[[], Any], Callable[[], int]]]:
    """Messages to a hundred residents; the bad one is the first of the queue."""
    here = make.world()
    for number in range(MANY):
        reach = DeliveryPreferences((Channel.EMAIL,), email=f"r{number}@d{number}.example")
        _queue(here, number, Recipient.resident(uuid7(), reach), "news")
    bad = Message.objects.order_by("not_before", "id")[0]

    def about(message: Message, *_rest: Any, **_options: Any) -> bool:
        return message.pk == bad.pk

    channel, where = "welzijn.notifications.channels.email.EmailChannel", "welzijn.notifications."
    steps = [
        Step("wishes", f"{where}message_kinds._preferences_of", lambda k: bad.recipient_key in k),
        Step("hours", f"{where}preparation.next_delivery_moment", about),
        Step("validity", f"{__name__}.still_valid", lambda ms, _now: bad in ms),
        Step("held destination", f"{where}destinations.Destinations.held_until",
             lambda _self, message, _now: message.pk == bad.pk),
        Step("text", f"{where}delivery.rendering.render", about),
        Step("mail", f"{where}delivery.build", about),
        Step("count of the attempt", f"{where}leases.begin", about),
        Step("sending", f"{channel}.send", lambda _self, mail: mail.to == [bad.address]),
        Step("answer", f"{where}destinations.Destinations.answered",
             lambda _self, message: message.pk == bad.pk),
        Step("record", f"{where}leases.record", about),
    ]  # fmt: skip
    for step in steps:
        yield step, lambda: sweep(now=NOW), lambda: _sent(Channel.EMAIL, KIND)


def daily_mail() -> Iterator[tuple[Step, Callable[[], Any], Callable[[], int]]]:
    """A hundred lines of one daily mail."""
    here = make.world("lines")
    fatma = Recipient.user(uuid7(), email="fatma@stimenz.example")
    for number in range(MANY):
        _queue(here, number, fatma, "question_new")
    lines = Message.objects.filter(channel=Channel.DIGEST).order_by("not_before", "id")
    bad = lines[0]
    due = bad.not_before + timedelta(seconds=1)
    where = "welzijn.notifications."
    steps = [
        Step("validity", f"{__name__}.still_valid", lambda ms, _now: bad in ms),
        Step("line", f"{where}rendering.line", lambda message: message.pk == bad.pk),
    ]
    for step in steps:
        yield step, lambda: sweep(now=due), lambda: _sent(Channel.DIGEST, KIND)


def stranded_lines() -> Iterator[tuple[Step, Callable[[], Any], Callable[[], int]]]:
    """A hundred colleagues, each with a line that no mail will carry."""
    here = make.world("stranded")
    for number in range(MANY):
        _queue(here, number, Recipient.user(uuid7(), email=f"c{number}@a.example"), "question_new")
    Message.objects.filter(subject_kind=outbox.DIGEST_KIND).delete()
    bad = Message.objects.filter(partnership=here.partnership).order_by("recipient_key")[0]
    later = NOW + timedelta(days=2)

    def queued() -> int:
        return Message.objects.filter(
            partnership=here.partnership, subject_kind=outbox.DIGEST_KIND
        ).count()

    for step in [
        Step("the mail", "welzijn.notifications.outbox.digest_for",
             lambda message, _now: message.pk == bad.pk),
    ]:  # fmt: skip
        yield step, lambda: digest.reschedule_stranded_lines(later), queued


def _sent(channel: Channel, kind: str) -> int:
    return Message.objects.filter(channel=channel, subject_kind=kind, status=Status.SENT).count()
