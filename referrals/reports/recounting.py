"""Count everything anew from the questions, repair the rollup, and tell about final months.

Final months are not changed: they have been shown, and a figure that changes afterwards would say
what changed. Where they would count differently today, because a question was reopened, moved or
erased since, the number of quarters is told.
"""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection, transaction

from organisations.partnerships.models import Partnership
from referrals.reports import counting, cubes, facts
from referrals.reports.models import FinalCube, ReportCell
from referrals.reports.quarters import next_quarter

_EVER, _FAR = date(1990, 1, 1), date(2200, 1, 1)


@dataclass(frozen=True, slots=True)
class Recounted:
    """What a recount found. `torn`: final quarters whose own combinations disagree."""

    cells: int
    different: int
    quarters: int
    moved: int
    torn: int


def recount(partnership: Partnership, *, now: datetime, repair: bool = True) -> Recounted:
    """Compare the rollup and the final months with the questions; repair the rollup."""
    del now  # nothing of it depends on the day
    with transaction.atomic():
        if repair:
            with connection.cursor() as cursor:
                # Nobody's change may fall between the count and the repair.
                cursor.execute("LOCK TABLE referrals_reportedquestion IN SHARE ROW EXCLUSIVE MODE")
        rollup = counting.rolled_up(partnership, _EVER, _FAR)
        true = counting.recount(partnership)
        different = {where for where in {*rollup, *true} if rollup.get(where) != true.get(where)}
        if different and repair:
            _repair(partnership, rollup, true)
    moved = torn = 0
    quarters = list(
        FinalCube.objects.filter(partnership=partnership, dimensions="").values_list(
            "quarter", flat=True
        )
    )
    for quarter in quarters:
        stored = {
            cube.dimensions: _totals(cube.groups, cube.sums)
            for cube in FinalCube.objects.filter(partnership=partnership, quarter=quarter)
        }
        today = next(
            cubes.count(list(facts.of_period(partnership, quarter, next_quarter(quarter))))
        )
        moved += _totals(today[1], today[2]) != stored[""]
        torn += any(
            totals != stored[""]
            for dimensions, totals in stored.items()
            if "sender" not in dimensions and "receiver" not in dimensions
        )
    return Recounted(len(true), len(different), len(quarters), moved, torn)


def _totals(groups: list[list[str]], sums: dict[str, list[int]]) -> dict[tuple[str, str], int]:
    """Return how many questions each set has in each month."""
    found: dict[tuple[str, str], int] = {}
    for name, flat in sums.items():
        for group, count, _keys in zip(*(iter(flat),) * 3, strict=True):
            place = name, groups[group][0]
            found[place] = found.get(place, 0) + count
    return found


def _repair(partnership: Partnership, rollup: counting.Counts, true: counting.Counts) -> None:
    """Add the differences to the rollup, as the triggers do."""
    none = counting.Count()
    rows = []
    for where in {*rollup, *true}:
        old, new = rollup.get(where, none), true.get(where, none)
        if old == new:
            continue
        rows.append(
            ReportCell(
                partnership=partnership,
                **where._asdict(),
                received=new.received - old.received,
                helped=new.helped - old.helped,
                received_keys=new.received_keys - old.received_keys,
                helped_keys=new.helped_keys - old.helped_keys,
            )
        )
    ReportCell.objects.bulk_create(rows)
