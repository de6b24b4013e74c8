"""How busy organisations and services are now: the one count that the page and the rules share."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db import connection


@dataclass(frozen=True, slots=True)
class Busy:
    """Open questions by the organisation that leads them, and by the service they have a place in.

    A question that was handed over or closed holds no place any more.
    """

    by_organisation: Mapping[UUID, int]
    by_service: Mapping[UUID, int]


def how_busy(partnership_id: UUID) -> Busy:
    """Count now, in one query; the database function stands in a migration of intake."""
    organisations, services = Counter[UUID](), Counter[UUID]()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT organisation_id, service_id, questions FROM intake_open_work(%s)",
            [partnership_id],
        )
        for organisation, service, questions in cursor.fetchall():
            organisations[organisation] += questions
            if service is not None:
                services[service] += questions
    return Busy(organisations, services)
