"""Attackers who use that many measures count nearly the same people, each with a noise of its own.

They know how large each group is in each measure, and average; or they ask whether the target
belongs to a measure at all.
"""

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import combinations

from referrals.reports.tables import Cell, Dimension, Table
from welzijn.devtools.bench.disclosure.inference import (
    Estimates,
    Way,
    among,
    column_of,
    log_odds,
    mean,
    most_likely,
)
from welzijn.devtools.bench.disclosure.populations import COMPLEMENTS, DRAWN, Population

_NEARLY_THE_SAME: Sequence[Sequence[str]] = (
    ("received",),
    ("stayed",),
    ("spoken",),
    ("first_time", "repeat"),
    ("informal", "formal"),
    ("closed",),
    ("helped",),
)
_OF_HANDOVERS: Sequence[Sequence[str]] = (("handovers",), ("taken_up", "not_taken_up"))
_SMALLEST_GROUPS = 3
"""Groups that are averaged over: the smaller a group, the more its figures say."""


def _alike(population: Population) -> Sequence[Sequence[str]]:
    return _OF_HANDOVERS if population.of_handovers else _NEARLY_THE_SAME


def _together(columns: Sequence[Estimates]) -> Estimates:
    return {
        name: (
            sum(column[name][0] for column in columns),
            math.sqrt(sum(column[name][1] ** 2 for column in columns)),
        )
        for name in columns[0]
    }


def _scaled(found: Estimates, size: int, counted: int) -> Estimates:
    """Return what a count of most of a group says about all of it."""
    part = counted / size
    return {
        name: (
            value / part,
            math.sqrt(deviation**2 + max(value, 0) * (1 - part)) / part,
        )
        for name, (value, deviation) in found.items()
    }


def _counted(
    population: Population, measures: Sequence[str], filters: Mapping[Dimension, str]
) -> int:
    return sum(
        all(cell.where[d] == value for d, value in filters.items())
        for name in measures
        for cell in population.sets[name]
    )


def by_measures(population: Population, target: Cell) -> Iterator[Way]:
    """Average a group over the measures that nearly everybody of it belongs to."""
    for filters in _groups(population, target):
        size = among(population, filters)
        found = list(_estimates(population, filters, size, tables=False))
        if found:
            yield Way(size, mean(*found))


def by_measures_and_tables(population: Population, target: Cell) -> Iterator[Way]:
    """Average over measures, and in each over all ways to divide the group."""
    for filters in _groups(population, target)[:_SMALLEST_GROUPS]:
        size = among(population, filters)
        found = list(_estimates(population, filters, size, tables=True))
        if found:
            yield Way(size, mean(*found))


def _groups(population: Population, target: Cell) -> list[dict[Dimension, str]]:
    chosen = [
        {d: target.where[d] for d in dimensions}
        for length in range(3)
        for dimensions in combinations(population.known, length)
    ]
    answered = [f for f in chosen if population.ask(population.secret, None, f)]
    return sorted(answered, key=lambda filters: among(population, filters))


def _estimates(
    population: Population, filters: Mapping[Dimension, str], size: int, *, tables: bool
) -> Iterator[Estimates]:
    for measures in _alike(population):
        counted = _counted(population, measures, filters)
        if not counted:
            continue
        axes = [None, *(d for d in population.known if d not in filters)] if tables else [None]
        for axis in axes:
            asked = [population.divided(axis, filters, measure=name) for name in measures]
            if not all(asked):
                continue
            columns = [
                column_of(table, column)
                for table in asked
                if table
                for column in (table.columns if axis else [""])
            ]
            yield _scaled(_together(columns), size, counted)


def membership(measure: str) -> Callable[[Population, Cell], str]:
    """Return an attack that guesses whether the target belongs to a measure: 'in' or 'out'."""
    whole = DRAWN[measure][0]
    rest = next((name for name, (_w, part) in COMPLEMENTS.items() if part == measure), "")

    def attack(population: Population, target: Cell) -> str:
        shares = membership_shares(population, target, measure)
        ways = _membership_ways(population, target, whole, measure, rest)
        return most_likely(ways, shares)

    return attack


def membership_shares(population: Population, target: Cell, measure: str) -> dict[str, float]:
    """Return how likely it is to belong to a measure, as the attacker knows it from elsewhere."""
    others = [cell for cell in population.sets[DRAWN[measure][0]] if cell is not target]
    inside = sum(cell is not target for cell in population.sets[measure])
    share = (inside + 1) / (len(others) + 2)
    return {"in": share, "out": 1 - share}


def _membership_ways(
    population: Population, target: Cell, whole: str, measure: str, rest: str
) -> Iterator[Way]:
    row = population.known[0]
    for length in range(4):
        for dimensions in combinations(population.known, length):
            filters = {d: target.where[d] for d in dimensions}
            size = _counted(population, [whole], filters)
            found = []
            if inside := _total(population, row, filters, measure):
                found.append(inside)
            if rest and (outside := _total(population, row, filters, rest)):
                found.append((size - outside[0], outside[1]))
            if found:
                estimates = [
                    {"in": (value, deviation), "out": (size - value, deviation)}
                    for value, deviation in found
                ]
                yield Way(size, mean(*estimates))


def _total(
    population: Population, row: Dimension, filters: Mapping[Dimension, str], measure: str
) -> tuple[float, float] | None:
    """Return the total of a measure in a group, with its deviation."""
    free = next((d for d in (Dimension.MONTH, row) if d not in filters), None)
    table = population.ask(free, None, filters, measure=measure) if free else None
    return (table.total.noisy, table.total.deviation) if table else None


def all_but_one_every_measure(population: Population, target: Cell) -> str:
    """Know everybody else in every respect; compare with the whole table of every measure."""
    scores = {name: math.log(share) for name, share in population.shares(target).items()}
    for name in dict.fromkeys(name for measures in _alike(population) for name in measures):
        if not any(cell is target for cell in population.sets[name]):
            continue
        table = population.ask(population.secret, measure=name)
        if table:
            _compare(population, table, name, target, scores)
    return max(scores, key=lambda name: scores[name])


def _compare(
    population: Population, table: Table, measure: str, target: Cell, scores: dict[str, float]
) -> None:
    others = dict.fromkeys(population.possible, 0)
    for person in population.sets[measure]:
        if person is not target:
            others[person.where[population.secret]] += 1
    for name in scores:
        shown = table.figures[name, ""].value
        scores[name] += log_odds(population, shown, others[name] + 1)
        scores[name] -= log_odds(population, shown, others[name])


MEMBERSHIPS: Mapping[str, Callable[[Population, Cell], str]] = {
    name: membership(name)
    for name in ("first_time", "informal", "cross_domain", "no_offer", "helped", "taken_up")
}
"""Measures that say something of a person: whether the target belongs to them."""
