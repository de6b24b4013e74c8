"""Count arrivals per minute, and read how many there were lately."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import connection

from intake.floods.models import Arrival
from intake.resident_access.codes import subject_digest
from welzijn.sweeps import rows

MINUTES = 10  # of which arrivals are added up
KEPT = timedelta(days=1)


def count(subjects: Sequence[tuple[object, ...]], now: datetime) -> list[int]:
    """Count one arrival for each subject; return how many each had in the last ten minutes.

    One statement: every last POST of the form does this. Counts of the same minute add up, so that
    a flood makes few rows.
    """
    minute = now.replace(second=0, microsecond=0)
    ids = [_id(subject, minute) for subject in subjects]
    earlier = [
        [_id(subject, minute - timedelta(minutes=back)) for back in range(1, MINUTES)]
        for subject in subjects
    ]
    with connection.cursor() as cursor:
        cursor.execute(
            "WITH counted AS (INSERT INTO intake_arrival (id, minute, number)"
            " SELECT id, %(minute)s, 1 FROM unnest(%(ids)s::bytea[]) AS id"
            " ON CONFLICT (id) DO UPDATE SET number = intake_arrival.number + 1"
            " RETURNING id, number)"
            " SELECT id, number FROM counted UNION ALL"
            " SELECT id, number FROM intake_arrival WHERE id = ANY(%(earlier)s::bytea[])",
            {"minute": minute, "ids": ids, "earlier": [one for some in earlier for one in some]},
        )
        found = {bytes(row[0]): row[1] for row in cursor.fetchall()}
    return [
        found.get(first, 0) + sum(found.get(one, 0) for one in some)
        for first, some in zip(ids, earlier, strict=True)
    ]


def _id(subject: tuple[object, ...], minute: datetime) -> bytes:
    return subject_digest("arrival", *subject, int(minute.timestamp()))


def forget(*, now: datetime) -> int:
    """Delete counts older than a day; return how many."""
    old = Arrival.objects.filter(minute__lt=now - KEPT)
    return rows.work_off(
        "arrivals",
        list(old.values_list("pk", flat=True)),
        lambda keys: old.filter(pk__in=keys).delete()[0],
        now=now,
        batch=1_000,
        key_of=lambda pk: bytes(pk).hex(),
    ).done
