"""The goals of a municipality's assignment: a percentage for each indicator and quarter.

A percentage is rounded to five, and neither of its two numbers is shown, so it gives an attacker no
equation. It is hidden if either part is below the threshold. What the published tables contain (the
share of questions about several life domains, a number of questions) is taken from those tables
only, so it reveals no more than they do.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import connection

from organisations.partnerships.models import Partnership
from referrals.reports.quarters import Block, default_municipality, next_quarter
from welzijn.core.working_days import local_moment

ROUNDED_TO = 5
# SQL for the part and the whole of each measure, over the questions of one quarter.
_RECEIVED = {
    "picked_up_in_time": (
        """EXISTS (SELECT 1 FROM referrals_followup f WHERE f.question_id = q.id
            AND f.kind = 'pick_up' AND f.status = 'done'
            AND (f.done_at AT TIME ZONE 'Europe/Amsterdam')::date <= f.due_on)""",
        "q.status <> 'withdrawn'",
    ),
    "contacted_in_time": (
        "(q.first_contact_at AT TIME ZONE 'Europe/Amsterdam')::date <= q.promised_on",
        "q.status <> 'withdrawn'",
    ),
    "lighter_layer": ("s.layer <= 2", "s.layer IS NOT NULL"),
}
_CLOSED = {
    "helped": ("q.result IN ('helped', 'partly', 'advised', 'other_help')", "true"),
    "satisfied": ("q.verdict >= 4", "q.verdict IS NOT NULL"),
}
_HANDOVERS = {"handed_over": ("h.status = 'completed'", "h.answered_at IS NOT NULL")}
_FROM_TABLES = frozenset({"cross_domain", "questions"})

_SOURCES = (
    (_RECEIVED, "q.received_at", ""),
    (_CLOSED, "q.closed_at", ""),
    (_HANDOVERS, "h.proposed_at", "JOIN referrals_handover h ON h.question_id = q.id"),
)


def key_of(goal: Mapping[str, Any], indicator: Mapping[str, Any]) -> str:
    """Return the key of an indicator in the published tables."""
    return f"{goal['key']}/{indicator['key']}"


def measure(
    partnership: Partnership, blocks: Iterable[Block], counts_as: Mapping[str, str]
) -> dict[Block, dict[str, int | None]]:
    """Return the protected percentage of each measured indicator for each block."""
    results: dict[Block, dict[str, int | None]] = {block: {} for block in blocks}
    for goal in partnership.goals:
        wanted = {i["measure"] for i in goal["indicators"]} - _FROM_TABLES
        for measures, moment, join in _SOURCES:
            requested = {name: measures[name] for name in sorted(wanted & set(measures))}
            if not requested:
                continue
            rows = _parts(partnership, list(results), counts_as, goal, requested, moment, join)
            for indicator in goal["indicators"]:
                if indicator["measure"] in requested:
                    for block, figures in results.items():
                        part, whole = rows.get(block, {}).get(indicator["measure"], (0, 0))
                        figures[key_of(goal, indicator)] = percentage(
                            part, whole, partnership.small_number
                        )
    return results


def percentage(part: int, whole: int, threshold: int) -> int | None:
    """Return the rounded percentage, or None if the part or the rest is below the threshold."""
    if part < threshold or whole - part < threshold:
        return None
    return ROUNDED_TO * round(100 * part / whole / ROUNDED_TO)


def value_of(
    goal: Mapping[str, Any],
    indicator: Mapping[str, Any],
    tables: Mapping[str, Any],
    domain_ids: Mapping[str, str],
) -> int | None:
    """Return the value of an indicator: from the published tables, or else as it was measured.

    `domain_ids`: life domains by slug. A number of questions counts those about exactly one life
    domain, if that is one of the goal; the share about several is of all questions.
    """
    if indicator["measure"] not in _FROM_TABLES:
        return tables["indicators"].get(key_of(goal, indicator))
    received = tables["received"]
    by_domain = dict(received["life_domain"])
    if indicator["measure"] == "cross_domain":
        part, whole = by_domain.get("several"), received["total"]
        if part is None or not whole:
            return None
        return round(100 * part / whole)
    if not goal["life_domains"]:
        return received["total"]
    figures = [by_domain.get(domain_ids.get(slug, "")) for slug in goal["life_domains"]]
    return None if None in figures else sum(n for n in figures if n is not None)


def _parts(
    partnership: Partnership,
    blocks: list[Block],
    counts_as: Mapping[str, str],
    goal: Mapping[str, Any],
    measures: Mapping[str, tuple[str, str]],
    moment: str,
    join: str,
) -> dict[Block, dict[str, tuple[int, int]]]:
    """Return part and whole of each measure in each block; unprotected."""
    columns = ", ".join(
        f"count(*) FILTER (WHERE {whole} AND {part}), count(*) FILTER (WHERE {whole})"
        for part, whole in measures.values()
    )
    about = (
        "AND EXISTS (SELECT 1 FROM intake_questionlifedomain l JOIN organisations_lifedomain d"
        " ON d.id = l.life_domain_id WHERE l.question_id = q.id AND d.slug = ANY(%s))"
        if goal["life_domains"]
        else ""
    )
    since = min(block.quarter for block in blocks)
    until = next_quarter(max(block.quarter for block in blocks))
    values: list[Any] = [partnership.id, local_moment(since), local_moment(until)]
    if goal["life_domains"]:
        values.append(list(goal["life_domains"]))
    rest = default_municipality(counts_as)
    by_block: dict[Block, dict[str, tuple[int, int]]] = {
        b: dict.fromkeys(measures, (0, 0)) for b in blocks
    }
    with connection.cursor() as cursor:
        # Only names of measures and columns of this module go into the text of the query.
        cursor.execute(
            "SELECT COALESCE(q.municipality_id, ''),"  # noqa: S608
            f" date_trunc('quarter', referrals_month({moment}))::date, {columns}"
            f" FROM intake_question q LEFT JOIN organisations_service s ON s.id = q.service_id"
            f" {join} WHERE q.partnership_id = %s AND {moment} >= %s AND {moment} < %s {about}"
            " GROUP BY 1, 2",
            values,
        )
        for municipality, quarter, *numbers in cursor:
            for block in blocks:
                if tuple(block) == (counts_as.get(municipality, rest), quarter):
                    sums = by_block[block]
                    for name, part, whole in zip(
                        measures, numbers[::2], numbers[1::2], strict=True
                    ):
                        sums[name] = (sums[name][0] + part, sums[name][1] + whole)
    return by_block
