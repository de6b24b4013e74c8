"""Count how handovers ended, for the figure "handovers not taken up"."""

from collections.abc import Iterable, Mapping

from django.db import connection

from organisations.partnerships.models import Partnership
from referrals.reports.quarters import Block, default_municipality, next_quarter
from welzijn.core.working_days import local_moment

TAKEN_UP, DECLINED, NO_ANSWER, STOPPED, UNDER_WAY = (
    "taken_up",
    "declined",
    "no_answer",
    "stopped",
    "under_way",
)
OUTCOMES = (TAKEN_UP, DECLINED, NO_ANSWER, STOPPED, UNDER_WAY)
"""They exclude each other. A late yes counts as taken up; an escalated silence without a later yes
or no counts as no answer."""

SQL = """
    SELECT COALESCE(q.municipality_id, ''),
        date_trunc('quarter', referrals_month(h.proposed_at))::date,
        CASE WHEN h.status IN ('accepted', 'completed') THEN 'taken_up'
            WHEN h.status = 'declined' THEN 'declined'
            WHEN h.escalated_at IS NOT NULL THEN 'no_answer'
            WHEN h.ended_at IS NOT NULL THEN 'stopped'
            ELSE 'under_way' END,
        count(*)
    FROM referrals_handover h JOIN intake_question q ON q.id = h.question_id
    WHERE q.partnership_id = %s AND h.proposed_at >= %s AND h.proposed_at < %s
    GROUP BY 1, 2, 3
"""


def outcomes(
    partnership: Partnership, blocks: Iterable[Block], counts_as: Mapping[str, str]
) -> dict[Block, dict[str, int]]:
    """Return the number of each outcome for each block; unprotected."""
    results = {block: dict.fromkeys(OUTCOMES, 0) for block in blocks}
    rest = default_municipality(counts_as)
    since = min(block.quarter for block in results)
    until = next_quarter(max(block.quarter for block in results))
    with connection.cursor() as cursor:
        cursor.execute(SQL, [partnership.id, local_moment(since), local_moment(until)])
        for municipality, quarter, outcome, number in cursor:
            for block, figures in results.items():
                if block == (counts_as.get(municipality, rest), quarter):
                    figures[outcome] += number
    return results
