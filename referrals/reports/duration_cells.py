"""True counts and keys of how long something took, for the goals that are about durations.

As `cells.from_questions`, for the sets of `durations`: all that happened, and those that took at
most so many working days. Only `indicators` reads them, and protects them at once.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db import connection

from organisations.partnerships.models import Partnership
from referrals.reports.durations import DURATIONS, STEPS, set_of
from referrals.reports.facts import WorkingDays
from referrals.reports.measures import MEASURES
from referrals.reports.quarters import default_municipality
from referrals.reports.tables import KEYS, Cell, Dimension
from welzijn.core.working_days import local_moment


def from_questions(
    partnership: Partnership,
    duration: str,
    since: date,
    until: date,
    counts_as: Mapping[str, str],
    *,
    life_domains: Iterable[str] = (),
) -> dict[str, list[Cell]]:
    """Return the cells of a duration's sets by municipality. One query.

    `life_domains`: slugs; only questions about one of them.
    """
    base = DURATIONS[duration].base
    names = [base, *(set_of(duration, step) for step in STEPS)]
    sums: dict[str, dict[tuple[str, date], tuple[int, int]]] = {name: {} for name in names}
    working = WorkingDays(partnership, until)
    for municipality, month, start, end, count, keys in _rows(
        partnership, duration, since, until, list(life_domains)
    ):
        place = counts_as.get(municipality, default_municipality(counts_as)), month
        # Without both days it happened all the same: it counts among all, and in no step.
        taken = working.between(start, end) if start and end else None
        steps = [] if taken is None else [set_of(duration, s) for s in STEPS if taken <= s]
        for name in (base, *steps):
            known = sums[name].get(place, (0, 0))
            sums[name][place] = (known[0] + count, (known[1] + int(keys)) % KEYS)
    return {
        name: [
            Cell({Dimension.MUNICIPALITY: code}, month, count, keys)
            for (code, month), (count, keys) in found.items()
        ]
        for name, found in sums.items()
    }


def _rows(
    partnership: Partnership, duration: str, since: date, until: date, life_domains: list[str]
) -> Iterable[tuple[Any, ...]]:
    timed = DURATIONS[duration]
    measure = MEASURES[timed.base]
    about = (
        "AND EXISTS (SELECT 1 FROM intake_questionlifedomain l JOIN organisations_lifedomain d"
        " ON d.id = l.life_domain_id WHERE l.question_id = q.id AND d.slug = ANY(%s))"
        if life_domains
        else ""
    )
    handover = (
        "JOIN LATERAL (SELECT * FROM referrals_handover x WHERE x.question_id = q.id"
        " ORDER BY x.proposed_at DESC, x.id DESC LIMIT 1) h ON true"
        if measure.moment.startswith("h.")
        else ""
    )
    values: list[Any] = [partnership.id, local_moment(since), local_moment(until)]
    with connection.cursor() as cursor:
        # Only expressions of measures.py and durations.py go into the text of the query.
        cursor.execute(
            f"SELECT k.municipality, referrals_month({measure.moment}), {timed.since},"  # noqa: S608
            f" {timed.until}, count(*), sum(k.key) FROM intake_question q"
            f" JOIN referrals_reportedquestion k ON k.question_id = q.id {handover}"
            f" WHERE q.partnership_id = %s AND {measure.moment} >= %s AND {measure.moment} < %s"
            f" AND COALESCE({measure.condition}, false) {about} GROUP BY 1, 2, 3, 4",
            [*values, life_domains] if life_domains else values,
        )
        return cursor.fetchall()
