"""A trial on the past finds the room of the day on which a question came in."""

from datetime import UTC, date, datetime, timedelta

import pytest

from organisations.front_door import past_offers
from organisations.front_door.past_offers import PastOffers, RoomThen
from organisations.routing import Offer, ServiceOffer

MONDAY = date(2026, 11, 2)


def at(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)


def service(key: str, capacity: int | None) -> ServiceOffer:
    return ServiceOffer(
        key=key,
        name=key,
        organisation="stimenz",
        layer=2,
        life_domains=frozenset({"geld"}),
        capacity=capacity,
    )


def test_each_day_has_its_own_room(monkeypatch: pytest.MonkeyPatch) -> None:
    day = timedelta(days=1)
    now = Offer((service("maatje", 9), service("later", 5)))
    history = [
        ("maatje", at(MONDAY), RoomThen(4, 0, None, None)),
        ("maatje", at(MONDAY + 2 * day), RoomThen(0, 3, None, None)),
        ("later", at(MONDAY + 5 * day), RoomThen(5, 0, None, None)),
        ("maatje", at(MONDAY + 5 * day), RoomThen(9, 0, None, MONDAY + 6 * day)),
    ]
    monkeypatch.setattr(past_offers, "_history", lambda _front: history)
    found = PastOffers(None, now)  # type: ignore[arg-type]
    assert found.known_from == MONDAY

    def rooms(on: date) -> dict[str, tuple[int | None, bool]]:
        return {one.key: (one.capacity, one.has_room) for one in found.on(on).services}

    assert found.on(MONDAY - day) is now, "nothing is known of that day"
    assert rooms(MONDAY) == {"maatje": (4, True)}, "what was made later was not on offer"
    assert rooms(MONDAY + 2 * day) == {"maatje": (0, False)}
    assert rooms(MONDAY + 5 * day) == {"maatje": (9, True), "later": (5, True)}
    assert rooms(MONDAY + 7 * day) == {"later": (5, True)}, "the other ended"


def test_without_history_the_room_of_now_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(past_offers, "_history", lambda _front: [])
    now = Offer((service("maatje", 1),))
    found = PastOffers(None, now)  # type: ignore[arg-type]
    assert (found.known_from, found.on(MONDAY)) == (None, now)
