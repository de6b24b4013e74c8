"""Read the rollup, recount it in full, and keep it small.

Triggers keep it exact (referrals/migrations/sql/report_rollup.sql), without any code here running.
"""

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Sum

from intake.questions.models import Question
from organisations.partnerships.models import Partnership
from referrals.reports.models import ReportCell
from referrals.reports.tables import KEYS

# Closed with help given. "Gone on to the Wmo or to youth care", "moved", "died" and "no contact"
# are ends, but not help by this partnership. The same list is in report_rollup.sql.
HELPED = (
    Question.Result.HELPED,
    Question.Result.PARTLY,
    Question.Result.ADVISED,
    Question.Result.OTHER_HELP,
)


class Where(NamedTuple):
    """One cell of the rollup: a combination of dimensions in one month."""

    month: date
    municipality: str
    neighbourhood: UUID | None
    organisation: UUID
    life_domain: UUID | None
    several: bool
    channel: str


@dataclass(slots=True)
class Count:
    """How many questions came in and were helped, with the sums of their keys modulo 2^32."""

    received: int = 0
    helped: int = 0
    received_keys: int = 0
    helped_keys: int = 0


Counts = dict[Where, Count]
_DIMENSIONS = Where._fields


def rolled_up(partnership: Partnership, since: date, until: date) -> Counts:
    """Return what the rollup counts of questions that exist, from `since` to before `until`."""
    rows = (
        ReportCell.objects.filter(
            partnership=partnership, month__gte=since, month__lt=until, departed=False
        )
        .values_list(*_DIMENSIONS)
        .annotate(
            r=Sum("received"), h=Sum("helped"), rk=Sum("received_keys"), hk=Sum("helped_keys")
        )
        .order_by()
    )
    return {
        Where(*row[:-4]): Count(row[-4], row[-3], int(row[-2]) % KEYS, int(row[-1]) % KEYS)
        for row in rows
        if any(row[-4:-2])
    }


def recount(partnership: Partnership) -> Counts:
    """Return the same counted from the questions themselves. Slow: for tests and checks."""
    counts: Counts = {}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*), COALESCE(sum(k.key), 0), w.received_month, w.helped_month,"
            " w.municipality, w.neighbourhood, w.organisation, w.life_domain, w.several, w.channel"
            " FROM referrals_where_it_counts() w"
            " LEFT JOIN referrals_reportedquestion k ON k.question_id = w.question_id"
            " WHERE w.partnership_id = %s GROUP BY 3, 4, 5, 6, 7, 8, 9, 10",
            [partnership.id],
        )
        for number, keys, received_month, helped_month, *where in cursor:
            count = counts.setdefault(Where(received_month, *where), Count())
            count.received += number
            count.received_keys = (count.received_keys + int(keys)) % KEYS
            if helped_month is not None:
                count = counts.setdefault(Where(helped_month, *where), Count())
                count.helped += number
                count.helped_keys = (count.helped_keys + int(keys)) % KEYS
    return counts


def compact(partnership: Partnership) -> int:
    """Merge all rows of a combination into one; return the number of rows saved. No sum changes.

    Rows that others are adding meanwhile are left for the next run, so nobody waits for it. A
    second run at the same time does nothing.
    """
    columns = ", ".join(("partnership_id", "departed", *_DIMENSIONS))
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_try_advisory_xact_lock(hashtextextended(%s, 0))",
            [f"report cells {partnership.id}"],
        )
        if not cursor.fetchone()[0]:
            return 0
        cursor.execute(  # the names of columns are this module's own
            f"WITH gone AS (DELETE FROM referrals_reportcell WHERE partnership_id = %s"  # noqa: S608
            f" RETURNING {columns}, received, helped, received_keys, helped_keys), kept AS ("
            f" INSERT INTO referrals_reportcell"
            f" ({columns}, received, helped, received_keys, helped_keys)"
            f" SELECT {columns}, sum(received), sum(helped),"
            f" mod(sum(received_keys), {KEYS}), mod(sum(helped_keys), {KEYS})"
            f" FROM gone GROUP BY {columns}"
            " HAVING sum(received) <> 0 OR sum(helped) <> 0 RETURNING 1)"
            " SELECT (SELECT count(*) FROM gone) - (SELECT count(*) FROM kept)",
            [partnership.id],
        )
        return int(cursor.fetchone()[0])
