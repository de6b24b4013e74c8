"""The counts and keys of final months, in every combination of up to three dimensions.

Once a quarter is published its months are final: what comes in late, moves or is erased afterwards
changes nothing of them. So they are counted once, in every combination that a report can ask for,
and reading a report takes as long with a million questions as with a thousand.

`FinalCube.groups` is a list of groups: month, municipality, and a category of each dimension.
`FinalCube.sums` has for each set of questions a flat list: index of a group, count, sum of keys
modulo 2^32, and so on; groups without any question of the set are left out.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from itertools import combinations
from typing import Any
from uuid import UUID

import numpy as np
from django.db import connection, transaction
from django.db.models import Min
from django.db.models.fields.json import KeyTransform
from scipy import sparse

from organisations.partnerships.models import Partnership
from referrals.reports import facts
from referrals.reports.facts import COLUMNS, Fact
from referrals.reports.models import DepartedFact, FinalCube, ReportCell
from referrals.reports.periods import add_months
from referrals.reports.quarters import (
    default_municipality,
    latest_quarter,
    next_quarter,
    quarter_of,
)
from referrals.reports.tables import KEYS, Cell, Dimension
from welzijn.core.working_days import local_date

MOST_DIMENSIONS = 3
"""Rows, columns and filters together, beside municipality and month."""
_FLOW = (Dimension.SENDER, Dimension.RECEIVER)
_DIMENSIONS = [d for d in COLUMNS if d not in _FLOW]
CUBES: Sequence[tuple[Dimension, ...]] = [
    (),
    *(
        cube
        for length in range(1, MOST_DIMENSIONS + 1)
        for cube in combinations(sorted(_DIMENSIONS), length)
    ),
    *((d,) for d in _FLOW),
    tuple(sorted(_FLOW)),
]


def finish(partnership: Partnership, now: datetime) -> int:
    """Count every quarter that is due and not final yet; return how many there were.

    Serialised per partnership; a second caller finds the work done.
    """
    if not _due(partnership, now):
        return 0
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))",
                [f"final months {partnership.id}"],
            )
        due = _due(partnership, now)
        for quarter in due:
            _finish_quarter(partnership, quarter, now)
    return len(due)


def _due(partnership: Partnership, now: datetime) -> list[date]:
    first = ReportCell.objects.filter(partnership=partnership).aggregate(m=Min("month"))["m"]
    if first is None:
        return []
    known = set(
        FinalCube.objects.filter(partnership=partnership, dimensions="").values_list(
            "quarter", flat=True
        )
    )
    quarter, last, due = quarter_of(first), latest_quarter(now), []
    while quarter <= last:
        if quarter not in known:
            due.append(quarter)
        quarter = next_quarter(quarter)
    return due


def _finish_quarter(partnership: Partnership, quarter: date, now: datetime) -> None:
    departed = DepartedFact.objects.filter(
        partnership=partnership, month__gte=quarter, month__lt=next_quarter(quarter)
    )
    gone = [
        Fact(month, fact[0], tuple(fact[1]), fact[2], tuple(fact[3]))
        for month, fact in departed.values_list("month", "fact")
    ]
    counted = [*facts.of_period(partnership, quarter, next_quarter(quarter)), *gone]
    FinalCube.objects.bulk_create(
        FinalCube(
            partnership=partnership,
            quarter=quarter,
            dimensions=",".join(cube),
            groups=groups,
            sums=sums,
            made_at=now,
        )
        for cube, groups, sums in count(counted)
    )
    departed.delete()


def keep_erased(partnership: Partnership, ids: Iterable[UUID], now: datetime) -> None:
    """Keep what these questions count as in months that aren't final; they are about to be erased.

    In the transaction of the erasure. Final months have counted them already.
    """
    first = ReportCell.objects.filter(partnership=partnership).aggregate(m=Min("month"))["m"]
    if first is None:
        return
    due = _due(partnership, now)
    since = min([*due, next_quarter(latest_quarter(now))])
    until = add_months(local_date(now).replace(day=1), 1)
    DepartedFact.objects.bulk_create(
        DepartedFact(
            partnership=partnership,
            month=fact.month,
            fact=[fact.municipality, fact.where, fact.key, fact.sets],
        )
        for fact in facts.of_questions(partnership, list(ids), since, until)
    )


def count(
    counted: Sequence[Fact],
) -> Iterator[tuple[tuple[Dimension, ...], list[list[str]], dict[str, list[int]]]]:
    """Yield every cube of these facts: its dimensions, its groups and the sums of its sets."""
    names = sorted({name for fact in counted for name in fact.sets})
    number = {name: index for index, name in enumerate(names)}
    rows = np.repeat(np.arange(len(counted)), [len(fact.sets) for fact in counted] or 0)
    columns = np.array([number[name] for fact in counted for name in fact.sets], dtype=np.int64)
    shape = (len(counted), len(names))
    ones = np.ones(len(columns), dtype=np.int64)
    keys = np.array([fact.key for fact in counted], dtype=np.int64)
    inside = sparse.csr_array((ones, (rows, columns)), shape=shape)
    keyed = sparse.csr_array((keys[rows] if len(rows) else ones, (rows, columns)), shape=shape)
    handed = [bool(fact.where[-1]) for fact in counted]
    position = {dimension: index for index, dimension in enumerate(COLUMNS)}
    for cube in CUBES:
        flow = any(d in _FLOW for d in cube)
        places: dict[tuple[str, ...], int] = {}
        of_row = []
        for fact, is_handed in zip(counted, handed, strict=True):
            if flow and not is_handed:
                of_row.append(-1)
                continue
            place = (
                fact.month.isoformat(),
                fact.municipality,
                *(fact.where[position[d]] for d in cube),
            )
            of_row.append(places.setdefault(place, len(places)))
        known = np.array(of_row, dtype=np.int64)
        used = np.nonzero(known >= 0)[0]
        groups = sparse.csr_array(
            (np.ones(len(used), dtype=np.int64), (known[used], used)),
            shape=(len(places), len(counted)),
        )
        yield cube, [list(place) for place in places], _sums(groups @ inside, groups @ keyed, names)


def _sums(counts: Any, keys: Any, names: Sequence[str]) -> dict[str, list[int]]:
    """Return for each set its groups with their counts and keys, in one flat list."""
    found = counts.tocsc()
    dense = keys.tocsc()
    dense.sort_indices()
    found.sort_indices()
    sums = {}
    for index, name in enumerate(names):
        start, end = found.indptr[index], found.indptr[index + 1]
        totals = {
            int(group): int(key)
            for group, key in zip(
                dense.indices[dense.indptr[index] : dense.indptr[index + 1]],
                dense.data[dense.indptr[index] : dense.indptr[index + 1]],
                strict=True,
            )
        }
        sums[name] = [
            number
            for group, counted in zip(found.indices[start:end], found.data[start:end], strict=True)
            for number in (int(group), int(counted), totals.get(int(group), 0) % KEYS)
        ]
    return sums


def read(
    partnership: Partnership,
    sets: Sequence[str],
    dimensions: Iterable[Dimension],
    since: date,
    until: date,
    counts_as: Mapping[str, str],
) -> dict[str, list[Cell]]:
    """Return the cells of these sets, for the door. One query.

    `counts_as`: each municipality's code and that of its last successor.
    """
    named = sorted(set(dimensions) - {Dimension.MUNICIPALITY, Dimension.MONTH})
    rest = default_municipality(counts_as)
    cells: dict[str, list[Cell]] = {name: [] for name in sets}
    rows = FinalCube.objects.filter(
        partnership=partnership,
        dimensions=",".join(named),
        quarter__gte=quarter_of(since),
        quarter__lt=until,
    ).values_list("groups", *(KeyTransform(name, "sums") for name in sets))
    for groups, *found in rows:
        where = [
            (
                date.fromisoformat(month),
                {
                    Dimension.MUNICIPALITY: counts_as.get(municipality, rest),
                    **dict(zip(named, categories, strict=True)),
                },
            )
            for month, municipality, *categories in groups
        ]
        for name, flat in zip(sets, found, strict=True):
            for group, counted, keys in zip(*(iter(flat or ()),) * 3, strict=True):
                month, place = where[group]
                if since <= month < until:
                    cells[name].append(Cell(place, month, counted, keys))
    return cells
