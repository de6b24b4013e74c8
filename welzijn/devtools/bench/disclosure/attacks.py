"""The attacks: each guesses the target's secret: what the question is about, or another mark.

The attacker knows where, when and by which door the target asked, the sizes of all groups, how
likely each value of the secret is, the rule and the table of probabilities, and may ask for all
that the screens and the exports offer. Each attack weighs every way that it has to a small group
around the target and takes the one that it trusts most.
"""

import math
from collections.abc import Callable, Iterator, Mapping
from itertools import combinations

from scipy.optimize import linprog

from referrals.reports.periods import Part, add_months, months_between
from referrals.reports.tables import TOGETHER, Cell, Dimension, Table
from welzijn.devtools.bench.disclosure.background_knowledge import all_but_one, by_same_figures
from welzijn.devtools.bench.disclosure.inference import (
    Way,
    among,
    column_of,
    mean,
    minus,
    most_likely,
)
from welzijn.devtools.bench.disclosure.measures import (
    all_but_one_every_measure,
    by_measures,
    by_measures_and_tables,
)
from welzijn.devtools.bench.disclosure.populations import AFTER, YEAR, Population


def by_filters(population: Population, target: Cell) -> Iterator[Way]:
    """Ask with every set of filters that fits the target; subtract all siblings from a parent."""
    for length in range(4):
        for chosen in combinations(population.known, length):
            filters = {d: target.where[d] for d in chosen}
            table = population.ask(population.secret, None, filters)
            size = among(population, filters)
            if table:
                yield Way(size, column_of(table))
            for last in chosen:
                wider = {d: v for d, v in filters.items() if d != last}
                parent = population.ask(population.secret, None, wider)
                siblings = [
                    population.ask(population.secret, None, {**wider, last: name})
                    for name in population.categories[last]
                    if name != target.where[last]
                ]
                if parent and all(siblings):
                    rest = [column_of(s) for s in siblings if s]
                    yield Way(size, minus(column_of(parent), *rest))


def by_periods(population: Population, target: Cell) -> Iterator[Way]:
    """Ask for the month; subtract other months from quarter and year, and periods by a month."""
    month = target.month
    end = add_months(month, 1)
    quarter = month.replace(month=month.month - (month.month - 1) % 3)
    for filters in ({}, {d: target.where[d] for d in population.known[:1]}):

        def ask(since: object, until: object, f: Mapping[Dimension, str] = filters) -> Table | None:
            return population.ask(population.secret, None, f, since, until)  # type: ignore[arg-type]  # dates

        size = among(population, filters, month=month)
        if direct := ask(month, end):
            yield Way(size, column_of(direct))
        for whole in (Part(quarter, add_months(quarter, 3)), Part(YEAR, AFTER)):
            parent = ask(*whole)
            others = [ask(*part) for part in months_between(*whole) if part.since != month]
            if parent and all(others):
                yield Way(
                    size,
                    minus(column_of(parent), *(column_of(o) for o in others if o)),
                )
        before, through = ask(YEAR, month) if month > YEAR else None, ask(YEAR, end)
        if before and through:
            yield Way(size, minus(column_of(through), column_of(before)))


def by_municipalities(population: Population, target: Cell) -> Iterator[Way]:
    """Subtract the other municipalities from the total."""
    own = target.where[Dimension.MUNICIPALITY]
    size = among(population, {Dimension.MUNICIPALITY: own})
    whole = population.ask(population.secret)
    others = [
        population.ask(population.secret, None, {Dimension.MUNICIPALITY: name})
        for name in population.categories[Dimension.MUNICIPALITY]
        if name != own
    ]
    if whole and others and all(others):
        yield Way(size, minus(column_of(whole), *(column_of(o) for o in others if o)))
    if direct := population.ask(population.secret, None, {Dimension.MUNICIPALITY: own}):
        yield Way(size, column_of(direct))


def by_neighbours(population: Population, target: Cell) -> Iterator[Way]:
    """Read the neighbourhood's column, and subtract all other columns from the total."""
    for axis in population.known:
        table = population.divided(axis)
        if not table:
            continue
        own = target.where[axis]
        column = TOGETHER if own in table.taken_together(axis) else own
        inside = set(table.taken_together(axis)) if column == TOGETHER else {own}
        size = sum(among(population, {axis: name}) for name in inside)
        yield Way(size, column_of(table, column))
        rest = [column_of(table, c) for c in table.columns if c != column]
        yield Way(size, minus(column_of(table), *rest))


def by_averaging(population: Population, target: Cell) -> Iterator[Way]:
    """Average every estimate of the same group: itself, and the sums of its parts by each axis."""
    for axis in population.known:
        filters = {axis: target.where[axis]}
        direct = population.ask(population.secret, None, filters)
        if not direct:
            continue
        size = among(population, filters)
        found = [column_of(direct)]
        for other in (*population.known, Dimension.MONTH):
            table = population.divided(other, filters) if other is not axis else None
            if table and not (other is Dimension.MONTH and table.together):
                zero = dict.fromkeys(table.rows, (0.0, 0.0))
                sums = minus(zero, *(column_of(table, c) for c in table.columns))
                found.append({name: (-v, d) for name, (v, d) in sums.items()})
        yield Way(size, mean(*found))


def by_linear_programming(population: Population, target: Cell) -> Iterator[Way]:
    """Bound each cell of the target's column by all margins at once (HiGHS)."""
    axis = population.known[0]
    table = population.divided(axis)
    if not table:
        return
    own = target.where[axis]
    column = TOGETHER if own in table.taken_together(axis) else own
    inside = set(table.taken_together(axis)) if column == TOGETHER else {own}
    places = [(row, c) for row in table.rows for c in table.columns]
    sides, limits = [], []
    for (row, c), figure in table.figures.items():
        part = [float(row in ("", r) and c in ("", k)) for r, k in places]
        sides += [part, [-value for value in part]]
        limits += [float(figure.upper), -float(figure.lower)]
    size = sum(among(population, {axis: name}) for name in inside)
    exact = [float(k == column) for _r, k in places]
    estimates = {}
    for row in table.rows:
        goal = [float((row, column) == place) for place in places]
        ends = [
            linprog(
                [sign * g for g in goal],
                sides,
                limits,
                [exact],
                [size],
                bounds=(0, None),
                method="highs",
            )
            for sign in (1, -1)
        ]
        if any(end.status for end in ends):
            return
        low, high = ends[0].fun, -ends[1].fun
        estimates[row] = ((low + high) / 2, (high - low) / math.sqrt(12))
    yield Way(size, estimates)


Attack = Callable[[Population, Cell], str]


def _by_ways(
    ways: Callable[[Population, Cell], Iterator[Way]],
) -> Callable[[Population, Cell], str]:
    return lambda population, target: most_likely(
        ways(population, target), population.shares(target)
    )


ATTACKS: Mapping[str, Attack] = {
    "filters": _by_ways(by_filters),
    "periods": _by_ways(by_periods),
    "municipalities": _by_ways(by_municipalities),
    "neighbours": _by_ways(by_neighbours),
    "linear_programming": _by_ways(by_linear_programming),
    "averaging": _by_ways(by_averaging),
    "same_figures": by_same_figures,
    "measures": _by_ways(by_measures),
    "measures_and_tables": _by_ways(by_measures_and_tables),
    "all_but_one": all_but_one,
    "all_but_one_every_measure": all_but_one_every_measure,
}
