"""The offer as its room was on a day in the past, for a trial of rules on past questions.

Places, waiting time and dates come from the history of each service. How many places were taken
then is not kept: the places taken now count.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db import connection

from organisations.front_door.configuration import FrontDoor
from organisations.routing import Offer
from welzijn.core.working_days import local_date

_HISTORY = """
SELECT service.slug, event.pgh_created_at, event.capacity, event.waiting_weeks, event.since,
    event.until
FROM organisations_serviceevent event
JOIN organisations_service service ON service.id = event.pgh_obj_id
WHERE service.partnership_id = %s
ORDER BY event.pgh_id
"""


@dataclass(frozen=True, slots=True)
class RoomThen:
    """The places, waiting time and dates of a service at a moment in the past."""

    capacity: int | None
    waiting_weeks: int
    since: date | None
    until: date | None

    def on_offer(self, day: date) -> bool:
        """Whether the service was offered on that day, as it was known then."""
        return (self.since is None or self.since <= day) and (
            self.until is None or day <= self.until
        )


class PastOffers:
    """The offer on each day of a period; one query for the history.

    `known_from` is the first day of which the room of every service is known; None: of no day.
    """

    def __init__(self, front: FrontDoor, now: Offer) -> None:
        self._now = now
        self._days: dict[str, list[date]] = {}
        self._rooms: dict[str, list[RoomThen]] = {}
        self._made: dict[date, Offer] = {}
        for slug, at, room in _history(front):
            self._days.setdefault(slug, []).append(local_date(at))
            self._rooms.setdefault(slug, []).append(room)
        # A service that was made later was not on offer; before the first history nothing is known.
        firsts = [days[0] for days in self._days.values()]
        self.known_from = min(firsts, default=None)

    def on(self, day: date) -> Offer:
        """Return the offer at the end of a day; before `known_from` that of now."""
        found = self._made.get(day)
        if found is None:
            found = self._made[day] = self._at(day)
        return found

    def _at(self, day: date) -> Offer:
        if self.known_from is None or day < self.known_from:
            return self._now
        services = []
        for service in self._now.services:
            room = self._room(service.key, day)
            if room is not None and room.on_offer(day):
                services.append(
                    replace(service, capacity=room.capacity, waiting_weeks=room.waiting_weeks)
                )
        return replace(self._now, services=tuple(services))

    def _room(self, slug: str, day: date) -> RoomThen | None:
        """Return the last room known on a day; None for a service that did not exist."""
        number = bisect_right(self._days.get(slug, []), day)
        return self._rooms[slug][number - 1] if number else None


def _history(front: FrontDoor) -> list[tuple[str, datetime, RoomThen]]:
    with connection.cursor() as cursor:
        cursor.execute(_HISTORY, [front.partnership_id])
        return [(row[0], row[1], RoomThen(*row[2:])) for row in cursor.fetchall()]
