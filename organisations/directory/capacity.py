"""Count the open questions of organisations and services; pages and rules use the same count."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db import connection


@dataclass(frozen=True, slots=True)
class OpenWork:
    """Open questions by leading organisation, and by the service in which they take a place.

    A question that was handed over or closed takes no place.
    """

    by_organisation: Mapping[UUID, int]
    by_service: Mapping[UUID, int]


def count_open_work(partnership_id: UUID) -> OpenWork:
    """Count in one query. The database function is defined in a migration of intake."""
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
    return OpenWork(organisations, services)
