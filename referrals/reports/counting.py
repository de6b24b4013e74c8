"""Read the rollup, recount it in full, and keep it small.

Triggers keep it exact (referrals/migrations/sql/report_rollup.sql), without any code here running.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Sum

from intake.questions.models import Question
from organisations.partnerships.models import Partnership
from referrals.reports.models import ReportCell

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
    """How many questions came in, and how many were helped."""

    received: int = 0
    helped: int = 0


Counts = dict[Where, Count]
_DIMENSIONS = Where._fields


def rolled_up(partnership: Partnership, since: date, until: date) -> Counts:
    """Return what the rollup counts of questions that exist, from `since` to before `until`."""
    rows = (
        ReportCell.objects.filter(
            partnership=partnership, month__gte=since, month__lt=until, departed=False
        )
        .values_list(*_DIMENSIONS)
        .annotate(r=Sum("received"), h=Sum("helped"))
        .order_by()
    )
    return {Where(*row[:-2]): Count(*row[-2:]) for row in rows if any(row[-2:])}


def recount(partnership: Partnership) -> Counts:
    """Return the same counted from the questions themselves. Slow: for tests and checks."""
    counts: Counts = {}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT received_month, helped_month, municipality, neighbourhood, organisation,"
            " life_domain, several, channel FROM referrals_where_it_counts()"
            " WHERE partnership_id = %s",
            [partnership.id],
        )
        tally: Counter[tuple[object, ...]] = Counter(cursor.fetchall())
    for (received_month, helped_month, *where), number in tally.items():
        counts.setdefault(Where(received_month, *where), Count()).received += number  # type: ignore[arg-type]  # rows of the cursor
        if helped_month is not None:
            counts.setdefault(Where(helped_month, *where), Count()).helped += number  # type: ignore[arg-type]  # rows of the cursor
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
            f" RETURNING {columns}, received, helped), kept AS ("
            f" INSERT INTO referrals_reportcell ({columns}, received, helped)"
            f" SELECT {columns}, sum(received), sum(helped) FROM gone GROUP BY {columns}"
            " HAVING sum(received) <> 0 OR sum(helped) <> 0 RETURNING 1)"
            " SELECT (SELECT count(*) FROM gone) - (SELECT count(*) FROM kept)",
            [partnership.id],
        )
        return int(cursor.fetchone()[0])
