"""What kinds of things can be due, and who decides whether a message about one is still true.

The outbox knows no questions and no handovers. An app that has something due registers its kind
once, in its AppConfig.ready, with the question "is this still so?". The sweep asks it just before
it sends: between queueing and sending a resident may have withdrawn, a colleague may have done it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from welzijn.core.working_days import Calendar

if TYPE_CHECKING:
    from welzijn.notifications.models import Message
    from welzijn.notifications.recipients import Reach

StillTrue = Callable[[Sequence["Message"], datetime], Collection[UUID]]
"""Takes messages of one kind and the moment (UTC); gives the ids of those that are still true."""

OnBounce = Callable[["Message", datetime], None]
"""Called in the transaction that records a bounce: note it where the worker looks."""


ReachesOf = Callable[[Collection[str]], "Mapping[str, Reach]"]
"""Takes recipient keys of residents; gives what their wishes allow now, unknown keys left out."""


class UnknownKindError(LookupError):
    """Somebody queues a message of a kind that no app has registered."""


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of thing that can be due."""

    name: str
    still_true: StillTrue
    on_bounce: OnBounce | None = None


def _only_holidays(_partnership_id: UUID) -> Calendar:
    return Calendar()


def _nobodys_wishes(_keys: Collection[str]) -> Mapping[str, Reach]:
    return {}


_kinds: dict[str, Kind] = {}
_calendar_of: Callable[[UUID], Calendar] = _only_holidays
_reaches_of: ReachesOf = _nobodys_wishes
_bounce_hearers: list[OnBounce] = []
_not_arrived_hearers: list[OnBounce] = []


def register(name: str, *, still_true: StillTrue, on_bounce: OnBounce | None = None) -> None:
    """Make `name` known. Raises ValueError where another function already answers for it."""
    kind = Kind(name, still_true, on_bounce)
    if _kinds.setdefault(name, kind) != kind:
        raise ValueError(f"two apps register the kind {name}")


def each(is_true: Callable[[Message, datetime], bool]) -> StillTrue:
    """A `still_true` for many messages from one for a single message.

    For kinds of which there are few; where thousands can be due, write the one-query form.
    """

    def still_true(messages: Sequence[Message], now: datetime) -> Collection[UUID]:
        return {message.id for message in messages if is_true(message, now)}

    return still_true


def always(messages: Sequence[Message], _now: datetime) -> Collection[UUID]:
    """For what can't become untrue: a receipt, an answer to what somebody asked."""
    return {message.id for message in messages}


def kind(name: str) -> Kind:
    """The registered kind. Raises UnknownKindError."""
    try:
        return _kinds[name]
    except KeyError:
        raise UnknownKindError(name) from None


def use_calendars(calendar_of: Callable[[UUID], Calendar]) -> None:
    """Say where a partnership's working days come from (organisations does, at start-up)."""
    global _calendar_of
    _calendar_of = calendar_of


def calendar_of(partnership_id: UUID) -> Calendar:
    """The working days of this partnership."""
    return _calendar_of(partnership_id)


def use_reaches(reaches_of: ReachesOf) -> None:
    """Say where residents' present wishes come from (intake does, at start-up)."""
    global _reaches_of
    _reaches_of = reaches_of


def reaches_of(keys: Collection[str]) -> Mapping[str, Reach]:
    """What these residents' wishes allow at this moment; keys that nobody knows are left out."""
    return _reaches_of(keys) if keys else {}


def hear_bounces(hearer: OnBounce) -> None:
    """Have `hearer` called for every message to a resident that comes back, of whatever kind."""
    if hearer not in _bounce_hearers:
        _bounce_hearers.append(hearer)


def hear_not_arrived(hearer: OnBounce) -> None:
    """Have `hearer` called for every text to a resident that didn't arrive, at a good number."""
    if hearer not in _not_arrived_hearers:
        _not_arrived_hearers.append(hearer)


def not_arrived_hearers() -> Sequence[OnBounce]:
    """Who wants to know that a text didn't arrive."""
    return tuple(_not_arrived_hearers)


def bounce_hearers() -> Sequence[OnBounce]:
    """Who wants to know that an address doesn't work, in the order in which they said so."""
    return tuple(_bounce_hearers)
