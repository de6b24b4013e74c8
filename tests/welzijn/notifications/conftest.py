"""A partnership, a kind of thing that can be due, and recipients."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest

from organisations.partnerships.models import Partnership
from welzijn.core.ids import uuid7
from welzijn.notifications import message_kinds, outbox
from welzijn.notifications.models import Message
from welzijn.notifications.recipients import Channel, DeliveryPreferences, Recipient

# A Tuesday, 11.00 in Amsterdam.
TUESDAY = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)


@dataclass
class Truth:
    """What the test's own kind of thing answers when it is asked whether it is still so."""

    untrue: set[UUID] = field(default_factory=set)
    broken: bool = False
    requested: list[int] = field(default_factory=list)
    bounced: list[UUID] = field(default_factory=list)

    def still_valid(self, messages: Sequence[Message], now: datetime) -> Collection[UUID]:
        self.requested.append(len(messages))
        if self.broken:
            raise RuntimeError("a mistake in an app")
        return {m.id for m in messages if m.subject_id not in self.untrue}

    def on_bounce(self, message: Message, now: datetime) -> None:
        self.bounced.append(message.subject_id)


@pytest.fixture
def truth() -> Iterator[Truth]:
    """The kind "test" in the registry, for this test only."""
    answers = Truth()
    before = dict(message_kinds._kinds)
    message_kinds.register("test", still_valid=answers.still_valid, on_bounce=answers.on_bounce)
    yield answers
    message_kinds._kinds.clear()
    message_kinds._kinds.update(before)


def make_partnership(slug: str = "putten") -> Partnership:
    return Partnership.objects.create(
        slug=slug,
        name="Breed Welzijn Putten",
        hostname=f"{slug}.example",
        desk_name="De balie",
        desk_phone="+31341357001",
        live=False,
    )


@pytest.fixture
def partnership(db: None) -> Partnership:
    return make_partnership()


def by_mail(address: str = "aydin@example.nl", **wish: Any) -> Recipient:
    reach = DeliveryPreferences((Channel.EMAIL,), email=address, may_say_who=True, **wish)
    return Recipient.resident(uuid7(), reach)


def by_text(phone: str = "+31612345678", **wish: Any) -> Recipient:
    reach = DeliveryPreferences((Channel.SMS,), phone=phone, may_say_who=True, **wish)
    return Recipient.resident(uuid7(), reach)


@pytest.fixture
def queue(partnership: Partnership, truth: Truth) -> Callable[..., list[Message]]:
    """Queue one message of the kind "test"; gives the rows it made, in order of making."""

    def put(recipient: Recipient | None = None, **fields: Any) -> list[Message]:
        before = set(Message.objects.values_list("id", flat=True))
        fields.setdefault("subject_id", uuid7())
        fields.setdefault("template", "news")
        fields.setdefault("now", TUESDAY)
        outbox.queue(
            partnership_id=partnership.id,
            subject_kind="test",
            recipient=recipient or by_mail(),
            **fields,
        )
        return list(Message.objects.exclude(id__in=before).order_by("created_at", "id"))

    return put
