"""The registry of message kinds, and of the functions that decide whether a message is still true.

The outbox knows no questions and no handovers. An app registers each kind of message in its
AppConfig.ready, with a function that tells which messages are still true. The sweep calls it just
before sending: meanwhile a resident may have withdrawn or a colleague may have done the work.
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
    from welzijn.notifications.recipients import DeliveryPreferences

StillTrue = Callable[[Sequence["Message"], datetime], Collection[UUID]]
"""Takes messages of one kind and the time (UTC); returns the ids of those that are still true."""

OnBounce = Callable[["Message", datetime], None]
"""Called in the transaction that records a bounce or a failed delivery."""


PreferencesOf = Callable[[Collection[str]], "Mapping[str, DeliveryPreferences]"]
"""Takes recipient keys of residents; returns their present preferences without unknown keys."""


class UnknownKindError(LookupError):
    """No app has registered this kind of message."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A registered kind of message.

    about_setup: about accounts, roles and rules, never about a question; it is sent while a
    partnership rehearses as well.
    """

    name: str
    still_valid: StillTrue
    on_bounce: OnBounce | None = None
    about_setup: bool = False


def _only_holidays(_partnership_id: UUID) -> Calendar:
    return Calendar()


def _no_preferences(_keys: Collection[str]) -> Mapping[str, DeliveryPreferences]:
    return {}


_kinds: dict[str, Kind] = {}
_calendar_of: Callable[[UUID], Calendar] = _only_holidays
_preferences_of: PreferencesOf = _no_preferences
_bounce_subscribers: list[OnBounce] = []
_delivery_failure_subscribers: list[OnBounce] = []
_arrival_subscribers: list[OnBounce] = []


def register(
    name: str,
    *,
    still_valid: StillTrue,
    on_bounce: OnBounce | None = None,
    about_setup: bool = False,
) -> None:
    """Register a kind. Raises ValueError where `name` is registered with another function."""
    kind = Kind(name, still_valid, on_bounce, about_setup)
    if _kinds.setdefault(name, kind) != kind:
        raise ValueError(f"two apps register the kind {name}")


def always(messages: Sequence[Message], _now: datetime) -> Collection[UUID]:
    """Return every id: for kinds that can't become untrue, such as a confirmation of receipt."""
    return {message.id for message in messages}


def kind(name: str) -> Kind:
    """Return the registered kind. Raises UnknownKindError."""
    try:
        return _kinds[name]
    except KeyError:
        raise UnknownKindError(name) from None


def setup_kinds() -> frozenset[str]:
    """Return the kinds that are sent while a partnership rehearses."""
    return frozenset(name for name, one in _kinds.items() if one.about_setup)


def use_calendars(calendar_of: Callable[[UUID], Calendar]) -> None:
    """Set the source of a partnership's calendar (called by organisations at start-up)."""
    global _calendar_of
    _calendar_of = calendar_of


def calendar_of(partnership_id: UUID) -> Calendar:
    """Return the working-day calendar of a partnership."""
    return _calendar_of(partnership_id)


def use_preferences(preferences_of: PreferencesOf) -> None:
    """Set the source of residents' delivery preferences (called by intake at start-up)."""
    global _preferences_of
    _preferences_of = preferences_of


def preferences_of(keys: Collection[str]) -> Mapping[str, DeliveryPreferences]:
    """Return the present preferences of these residents, without unknown keys."""
    return _preferences_of(keys) if keys else {}


def subscribe_to_bounces(subscriber: OnBounce) -> None:
    """Call `subscriber` for every message to a resident that closes its address, of any kind."""
    if subscriber not in _bounce_subscribers:
        _bounce_subscribers.append(subscriber)


def subscribe_to_delivery_failures(subscriber: OnBounce) -> None:
    """Call `subscriber` for every message to a resident that failed; its address stays open."""
    if subscriber not in _delivery_failure_subscribers:
        _delivery_failure_subscribers.append(subscriber)


def delivery_failure_subscribers() -> Sequence[OnBounce]:
    """Return the subscribers to failed messages."""
    return tuple(_delivery_failure_subscribers)


def subscribe_to_arrivals(subscriber: OnBounce) -> None:
    """Call `subscriber` where later news is good: arrived after all (sent), or waiting again."""
    if subscriber not in _arrival_subscribers:
        _arrival_subscribers.append(subscriber)


def arrival_subscribers() -> Sequence[OnBounce]:
    """Return the subscribers to good news after bad."""
    return tuple(_arrival_subscribers)


def bounce_subscribers() -> Sequence[OnBounce]:
    """Return the subscribers to bounces, in the order of subscription."""
    return tuple(_bounce_subscribers)
