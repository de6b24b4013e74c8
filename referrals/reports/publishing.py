"""Publish the protected tables of each municipality and quarter, once.

The form of `ReportPublication.tables`:

    {"received": {"total": [212, 2.0, 4],
                  "month": [["2026-07-01", [70, 2.0, 4]], ...],
                  "organisation": [[id, [130, 2.0, 4]], ...],
                  "life_domain": [[id, [40, 2.0, 4]], ..., ["several", ...], ["none", ...]],
                  "neighbourhood": [[id, ...], ..., ["unknown", ...]],
                  "channel": [["online", ...], ...]},
     "helped": {the same},
     "handovers": {"total": [20, 2.0, 4], "outcome": [["taken_up", [12, 2.0, 4]], ...]},
     "goals": [the goals as they were, each indicator with its "figures"],
     "assignment": {as it was},
     "municipalities": [the codes for which this quarter is published]}

A figure is its noisy count, the standard deviation of its noise and its bound (`noise.Figure`); a
list of life domains is empty where there were too few questions to say what they were about. Lists
hold every category that existed, with or without questions, so that the presence of a category
reveals nothing.
"""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any

from django.db import connection, transaction
from django.db.models import Min

from organisations.partnerships.models import Partnership
from referrals.reports import indicators, quarter_ready
from referrals.reports.categories import Categories, municipalities, successors
from referrals.reports.cells import from_questions, from_rollup
from referrals.reports.disclosure_control import tabulate
from referrals.reports.goals_in_force import Versions
from referrals.reports.measures import OUTCOMES
from referrals.reports.models import ReportCell, ReportPublication
from referrals.reports.noise import Figure, Noise
from referrals.reports.quarters import (
    Block,
    latest_quarter,
    next_quarter,
    quarter_of,
)
from referrals.reports.tables import KEYS, Cell, Dimension, Query, Refused
from welzijn.sweeps import rows

MEASURES = ("received", "helped")
DIVISIONS = (
    Dimension.MONTH,
    Dimension.ORGANISATION,
    Dimension.LIFE_DOMAIN,
    Dimension.NEIGHBOURHOOD,
    Dimension.CHANNEL,
)
EDITION = 2


Tables = dict[str, Any]


def publish(*, partnership: Partnership, now: datetime) -> list[ReportPublication]:
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
            tables = make_tables(partnership, list(blocks))
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
        quarter_ready.tell(partnership=partnership, published=published, now=now)
        return published


def _missing(partnership: Partnership, now: datetime) -> Iterator[Block]:
    first = ReportCell.objects.filter(partnership=partnership).aggregate(m=Min("month"))["m"]
    if first is None:
        return
    known: dict[date, set[str]] = {}
    planned: dict[date, list[str]] = {}
    for municipality, quarter, codes in ReportPublication.objects.filter(
        partnership=partnership, edition=EDITION
    ).values_list("municipality", "quarter", "tables__municipalities"):
        known.setdefault(quarter, set()).add(municipality)
        planned[quarter] = codes
    quarter, last = quarter_of(first), latest_quarter(now)
    blocks = municipalities(partnership)
    while quarter <= last:
        # A quarter is published for those who took part then: a municipality that joins later has
        # no part in what the others' figures have counted already.
        for municipality in planned.get(quarter, blocks):
            if municipality not in known.get(quarter, ()):
                yield Block(municipality, quarter)
        quarter = next_quarter(quarter)


def noise_of(partnership: Partnership) -> Noise:
    """Return the noise of a partnership's figures."""
    return Noise(partnership.figure_spread, partnership.figure_bound, partnership.figure_key)


def make_tables(partnership: Partnership, blocks: list[Block]) -> dict[Block, Tables]:
    """Return the protected tables of these blocks, from one scan of the rollup a division."""
    counts_as = successors(partnership)
    since = min(block.quarter for block in blocks)
    until = next_quarter(max(block.quarter for block in blocks))
    noise = noise_of(partnership)
    categories = Categories(partnership)
    made: dict[Block, Tables] = {block: {m: {} for m in MEASURES} for block in blocks}
    for division in DIVISIONS:
        cells = from_rollup(partnership, [division], since, until, counts_as)
        for block in blocks:
            for measure in MEASURES:
                made[block][measure] |= _division(
                    cells[measure],
                    measure,
                    division,
                    block,
                    categories,
                    noise,
                    partnership.small_number,
                )
    handovers = from_questions(partnership, ("handovers", *OUTCOMES), since, until, counts_as)
    goals = indicators.measure(partnership, blocks, counts_as, noise)
    planned = municipalities(partnership)
    held = Versions(partnership)
    for block in blocks:
        figures = {name: count(cells, name, block, noise) for name, cells in handovers.items()}
        made[block] |= {
            "handovers": {
                "total": as_json(figures["handovers"]),
                "outcome": [[name, as_json(figures[name])] for name in OUTCOMES],
            },
            "goals": goals[block],
            "assignment": held.assignment(block.quarter),
            "municipalities": planned if block.municipality in planned else [block.municipality],
        }
    return made


def as_json(figure: Figure) -> list[float]:
    """Return a figure as it is stored."""
    return [figure.noisy, figure.deviation, figure.bound]


def _division(
    cells: Sequence[Cell],
    measure: str,
    division: Dimension,
    block: Block,
    categories: Categories,
    noise: Noise,
    smallest: int,
) -> Tables:
    """Return the stored lines of a division, and the total where it may be told."""
    query = Query(
        measure,
        block.quarter,
        next_quarter(block.quarter),
        division,
        filters={Dimension.MUNICIPALITY: block.municipality},
    )
    named = {division: categories.of(division, block.municipality, query.since, query.until)}
    try:
        table = tabulate(cells, query, categories=named, noise=noise, smallest=smallest)
    except Refused:
        return {division.value: []}
    return {
        division.value: [[row, as_json(table.figures[row, ""])] for row in table.rows],
        "total": as_json(table.total),
    }


def count(cells: Sequence[Cell], measure: str, block: Block, noise: Noise) -> Figure:
    """Return the protected number of a measure in a quarter of a municipality."""
    mine = [
        cell
        for cell in cells
        if cell.where[Dimension.MUNICIPALITY] == block.municipality
        and block.quarter <= cell.month < next_quarter(block.quarter)
    ]
    return noise.protect(
        sum(cell.count for cell in mine),
        sum(cell.keys for cell in mine) % KEYS,
        (measure, block.municipality, block.quarter),
    )
