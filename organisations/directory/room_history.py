"""Which room services had at a moment, as far as it is known.

The history begins with the migration that made it, or with the service; before that nothing is
known, and a trial on the past says so.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import connection

_ROOM = """
SELECT DISTINCT ON (event.pgh_obj_id) event.pgh_obj_id, event.capacity, event.waiting_weeks,
    event.since, event.until
FROM organisations_serviceevent event
JOIN organisations_service service ON service.id = event.pgh_obj_id
WHERE service.partnership_id = %s AND event.pgh_created_at <= %s
ORDER BY event.pgh_obj_id, event.pgh_id DESC
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


def room_at(partnership_id: UUID, moment: datetime) -> dict[UUID, RoomThen]:
    """Return what is known of each service at a moment; one that is missing was not known."""
    with connection.cursor() as cursor:
        cursor.execute(_ROOM, [partnership_id, moment])
        return {row[0]: RoomThen(*row[1:]) for row in cursor.fetchall()}
