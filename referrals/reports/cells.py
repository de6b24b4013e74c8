"""True counts with the sums of their keys, from the rollup and from the questions themselves.

Only `publishing` and `choice` read them, and pass them to `disclosure_control` at once.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db import connection

from organisations.partnerships.models import Partnership
from referrals.reports.measures import MEASURES
from referrals.reports.quarters import default_municipality
from referrals.reports.tables import Cell, Dimension
from welzijn.core.working_days import local_moment

SEVERAL, NONE, UNKNOWN = "several", "none", "unknown"
_COLUMNS: Mapping[Dimension, str] = {
    Dimension.MUNICIPALITY: "municipality",
    Dimension.NEIGHBOURHOOD: f"COALESCE(neighbourhood::text, '{UNKNOWN}')",
    Dimension.ORGANISATION: "organisation::text",
    Dimension.LIFE_DOMAIN: (
        f"CASE WHEN several THEN '{SEVERAL}' ELSE COALESCE(life_domain::text, '{NONE}') END"
    ),
    Dimension.CHANNEL: "channel",
}
ROLLED_UP = ("received", "helped")


def rollup_sql(dimensions: Iterable[Dimension]) -> str:
    """Return the query for counts by municipality, month and these dimensions."""
    columns = ", ".join(_COLUMNS[d] for d in dimensions)
    return (  # the names of columns are this module's own
        f"SELECT {columns}, month, sum(received), sum(received_keys), sum(helped),"  # noqa: S608
        " sum(helped_keys) FROM referrals_reportcell"
        f" WHERE partnership_id = %s AND month >= %s AND month < %s GROUP BY {columns}, month"
    )


def from_rollup(
    partnership: Partnership,
    dimensions: Iterable[Dimension],
    since: date,
    until: date,
    counts_as: Mapping[str, str],
) -> dict[str, list[Cell]]:
    """Return the cells of each rolled-up measure. One query.

    `counts_as`: each municipality's code and that of its last successor.
    """
    apart = {Dimension.MUNICIPALITY, Dimension.MONTH}
    named = [Dimension.MUNICIPALITY, *sorted(set(dimensions) - apart)]
    rest = default_municipality(counts_as)
    cells: dict[str, list[Cell]] = {measure: [] for measure in ROLLED_UP}
    with connection.cursor() as cursor:
        cursor.execute(rollup_sql(named), [partnership.id, since, until])
        for row in cursor:
            where = dict(zip(named, row, strict=False))
            where[Dimension.MUNICIPALITY] = counts_as.get(row[0], rest)
            for measure, count, keys in (("received", *row[-4:-2]), ("helped", *row[-2:])):
                if count:
                    cells[measure].append(Cell(where, row[-5], int(count), int(keys)))
    return cells


def from_questions(
    partnership: Partnership,
    measures: Iterable[str],
    since: date,
    until: date,
    counts_as: Mapping[str, str],
    *,
    life_domains: Iterable[str] = (),
    by: Dimension | None = None,
) -> dict[str, list[Cell]]:
    """Return the cells of measures that are not rolled up, by municipality and one dimension more.

    `life_domains`: slugs; only questions about one of them. One query for each moment at which
    measures count.
    """
    wanted = list(dict.fromkeys(measures))
    cells: dict[str, list[Cell]] = {measure: [] for measure in wanted}
    for moment in dict.fromkeys(MEASURES[measure].moment for measure in wanted):
        names = [measure for measure in wanted if MEASURES[measure].moment == moment]
        for row in _rows(partnership, names, moment, since, until, list(life_domains), by):
            municipality, month, category, *numbers = row
            where = {
                Dimension.MUNICIPALITY: counts_as.get(municipality, default_municipality(counts_as))
            }
            if by:
                where[by] = category
            for name, count, keys in zip(names, numbers[::2], numbers[1::2], strict=True):
                if count:
                    cells[name].append(Cell(where, month, int(count), int(keys)))
    return cells


def _rows(
    partnership: Partnership,
    names: list[str],
    moment: str,
    since: date,
    until: date,
    life_domains: list[str],
    by: Dimension | None,
) -> list[tuple[Any, ...]]:
    numbers = ", ".join(
        f"count(*) FILTER (WHERE {condition}), COALESCE(sum(k.key) FILTER (WHERE {condition}), 0)"
        for condition in (MEASURES[name].condition for name in names)
    )
    about = (
        "AND EXISTS (SELECT 1 FROM intake_questionlifedomain l JOIN organisations_lifedomain d"
        " ON d.id = l.life_domain_id WHERE l.question_id = q.id AND d.slug = ANY(%s))"
        if life_domains
        else ""
    )
    category = _COLUMNS[by] if by else "''"
    handover = (
        "JOIN LATERAL (SELECT * FROM referrals_handover x WHERE x.question_id = q.id"
        " ORDER BY x.proposed_at DESC, x.id DESC LIMIT 1) h ON true"
        if moment.startswith("h.")
        else ""
    )
    values: list[Any] = [partnership.id, local_moment(since), local_moment(until)]
    if life_domains:
        values.append(life_domains)
    with connection.cursor() as cursor:
        # Only expressions of measures.py and columns of this module go into the text of the query.
        cursor.execute(
            f"SELECT k.municipality, referrals_month({moment}), {category}, {numbers}"  # noqa: S608
            " FROM intake_question q JOIN referrals_reportedquestion k ON k.question_id = q.id"
            " JOIN organisations_organisation o ON o.id = q.lead_id"
            f" LEFT JOIN organisations_service s ON s.id = q.service_id {handover}"
            f" WHERE q.partnership_id = %s AND {moment} >= %s AND {moment} < %s {about}"
            " GROUP BY 1, 2, 3",
            values,
        )
        return cursor.fetchall()
