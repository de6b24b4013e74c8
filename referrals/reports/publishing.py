"""Publish the protected tables of each municipality and quarter, once.

The form of `ReportPublication.tables`:

    {"received": {"total": 212,
                  "month": [["2026-07-01", 70], ...],
                  "organisation": [[id, 130], ...],
                  "life_domain": [[id, 40], ..., ["several", 33], ["none", null]],
                  "neighbourhood": [[id, 150], ..., ["unknown", null]],
                  "channel": [["online", 90], ...]},
     "helped": {the same},
     "handovers": {"total": 20, "outcome": [["taken_up", null], ...]},
     "indicators": {goal/indicator: percentage or null}}

null is a hidden figure (`protection.py`). Lists hold every category that existed, with or without
questions, so that the presence of a category reveals nothing.
"""

import random
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.db.models import Min

from intake.questions.models import Question
from organisations.partnerships.models import Municipality, Partnership
from referrals.reports import handovers, indicators
from referrals.reports.models import ReportCell, ReportPublication
from referrals.reports.protection import protect
from referrals.reports.quarters import (
    Block,
    default_municipality,
    latest_quarter,
    months_of,
    next_quarter,
    quarter_of,
)
from welzijn.sweeps import rows

MEASURES = ("received", "helped")
DIVISIONS = ("month", "organisation", "life_domain", "neighbourhood", "channel")
SEVERAL, NONE, UNKNOWN = "several", "none", "unknown"
_SYSTEM = random.SystemRandom()

# One scan of the rollup gives every list: each grouping set is one division.
SUMS = """
    SELECT municipality, date_trunc('quarter', month)::date AS quarter,
        GROUPING(month, organisation, place, domain, channel) AS which,
        COALESCE(month::text, organisation::text, place, domain, channel) AS category,
        sum(received), sum(helped)
    FROM (SELECT municipality, month, organisation, channel, received, helped,
            COALESCE(neighbourhood::text, 'unknown') AS place,
            CASE WHEN several THEN 'several' ELSE COALESCE(life_domain::text, 'none') END AS domain
        FROM referrals_reportcell
        WHERE partnership_id = %s AND month >= %s AND month < %s) AS cells
    GROUP BY municipality, date_trunc('quarter', month),
        GROUPING SETS ((month), (organisation), (place), (domain), (channel))
"""
# GROUPING sets a bit for each column that is not grouped by; the zero bit is the row's division.
_WHICH = {
    0b01111: "month",
    0b10111: "organisation",
    0b11011: "neighbourhood",
    0b11101: "life_domain",
    0b11110: "channel",
}


Tables = dict[str, Any]


def publish(
    *, partnership: Partnership, now: datetime, draw: random.Random = _SYSTEM
) -> list[ReportPublication]:
    """Publish every quarter that is due and not yet published; return the new publications.

    Serialised per partnership: a second caller finds the work done. Quarters before the first
    question are not published.
    """
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))",
                [f"publish {partnership.id}"],
            )
        missing = list(_missing(partnership, now))
        if not missing:
            return []
        published: list[ReportPublication] = []

        def make(blocks: Sequence[Block]) -> None:
            tables = make_tables(partnership, list(blocks), draw)
            new = [
                ReportPublication(
                    partnership=partnership,
                    municipality=block.municipality,
                    quarter=block.quarter,
                    published_at=now,
                    threshold=partnership.small_number,
                    tables=tables[block],
                )
                for block in blocks
            ]
            published.extend(ReportPublication.objects.bulk_create(new))

        rows.work_off(
            "figures",
            missing,
            make,
            now=now,
            batch=len(missing),
            key_of=lambda block: f"{partnership.pk} {block.municipality} {block.quarter}",
            partnership_of=lambda _block: partnership.pk,
        )
        return published


def _missing(partnership: Partnership, now: datetime) -> Iterator[Block]:
    first = ReportCell.objects.filter(partnership=partnership).aggregate(m=Min("month"))["m"]
    if first is None:
        return
    known = set(
        ReportPublication.objects.filter(partnership=partnership).values_list(
            "municipality", "quarter"
        )
    )
    quarter, last = quarter_of(first), latest_quarter(now)
    blocks = municipalities(partnership)
    while quarter <= last:
        for municipality in blocks:
            if (municipality, quarter) not in known:
                yield Block(municipality, quarter)
        quarter = next_quarter(quarter)


def municipalities(partnership: Partnership) -> list[str]:
    """Return the codes of the municipalities for which figures are published.

    A merged municipality counts as its successor. Where there are several, questions without a
    known municipality are a block of their own (''); where there is one, they count as its own.
    """
    current = sorted(set(successors(partnership).values()))
    return current if len(current) == 1 else [*current, ""]


def successors(partnership: Partnership) -> dict[str, str]:
    """Map each municipality's code to that of its last successor, or to itself."""
    rows = dict(Municipality.objects.values_list("code", "successor"))
    counts_as = {}
    for code in partnership.municipalities.values_list("code", flat=True):
        last = code
        while (following_one := rows.get(last)) is not None and following_one != code:
            last = following_one
        counts_as[code] = last
    return counts_as


def make_tables(
    partnership: Partnership, blocks: list[Block], draw: random.Random
) -> dict[Block, Tables]:
    """Return the protected tables of these blocks, from one scan of the rollup."""
    sums = _sums(partnership, blocks)
    categories = _Categories(partnership)
    outcomes = handovers.outcomes(partnership, blocks, successors(partnership))
    measured = indicators.measure(partnership, blocks, successors(partnership))
    threshold = partnership.small_number
    made: dict[Block, Tables] = {}
    for block in blocks:
        tables: Tables = {}
        for measure in MEASURES:
            tables[measure] = {}
            for division in DIVISIONS:
                figures = dict.fromkeys(categories.of(division, block), 0)
                figures.update(sums.get((block, division, measure), {}))
                shown = protect(figures, threshold, draw)
                tables[measure]["total"] = shown.total
                tables[measure][division] = [[key, shown.figures[key]] for key in figures]
        shown_outcomes = protect(outcomes[block], threshold, draw)
        tables["handovers"] = {
            "total": shown_outcomes.total,
            "outcome": [[key, shown_outcomes.figures[key]] for key in outcomes[block]],
        }
        tables["indicators"] = measured[block]
        made[block] = tables
    return made


def _sums(
    partnership: Partnership, blocks: list[Block]
) -> dict[tuple[Block, str, str], dict[str, int]]:
    """Map (block, division, measure) to the figure of each category; unprotected."""
    counts_as = successors(partnership)
    rest = default_municipality(counts_as)
    since = min(block.quarter for block in blocks)
    until = next_quarter(max(block.quarter for block in blocks))
    sums: dict[tuple[Block, str, str], dict[str, int]] = {}
    with connection.cursor() as cursor:
        cursor.execute(SUMS, [partnership.id, since, until])
        for municipality, quarter, which, category, *numbers in cursor:
            block = Block(counts_as.get(municipality, rest), quarter)
            for measure, number in zip(MEASURES, numbers, strict=True):
                figures = sums.setdefault((block, _WHICH[which], measure), {})
                figures[category] = figures.get(category, 0) + int(number)
    return sums


class _Categories:
    """Every category of a list, in the order in which it is shown."""

    def __init__(self, partnership: Partnership) -> None:
        self._organisations = [
            (str(p.organisation_id), p.since, p.until)
            for p in partnership.participations.filter(picks_up=True).order_by("organisation__name")
        ]
        self._domains = [str(pk) for pk in partnership.life_domains.values_list("pk", flat=True)]
        self._places = list(
            partnership.neighbourhoods.order_by("name").values_list("pk", "municipality")
        )
        self._counts_as = successors(partnership)
        self._only_one = len(set(self._counts_as.values())) == 1

    def of(self, division: str, block: Block) -> list[str]:
        if division == "month":
            return [month.isoformat() for month in months_of(block.quarter)]
        if division == "organisation":
            end = next_quarter(block.quarter)
            return [
                pk
                for pk, since, until in self._organisations
                if since < end and (until is None or until >= block.quarter)
            ]
        if division == "life_domain":
            return [*self._domains, SEVERAL, NONE]
        if division == "neighbourhood":
            places = [
                str(pk)
                for pk, municipality in self._places
                if self._counts_as.get(municipality, "") == block.municipality
            ]
            unknown = self._only_one or not block.municipality
            return [*places, UNKNOWN] if unknown else places
        return [channel.value for channel in Question.Channel]
