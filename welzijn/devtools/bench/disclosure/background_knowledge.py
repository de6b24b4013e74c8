"""Two attackers of their own kind: who compares for equality, and who knows all but one."""

import math
from collections.abc import Mapping
from itertools import combinations

from referrals.reports import noise as noises
from referrals.reports.tables import TOGETHER, Cell, Dimension, Table
from welzijn.devtools.bench.disclosure.inference import among, log_odds
from welzijn.devtools.bench.disclosure.populations import Population


def by_same_figures(population: Population, target: Cell) -> str:
    """Compare figures for equality: the same group has the same figure.

    Where a figure is the same with and without a small group, that group is most likely empty.
    """
    shares = population.shares(target)
    scores = {name: math.log(share) for name, share in shares.items()}
    whole = population.ask(population.secret)
    odds = noises.table(population.noise.spread, population.noise.bound)
    same = sum((p / noises.PARTS) ** 2 for p in odds) if population.smallest else 0.0
    for axis in (*population.known, Dimension.MUNICIPALITY):
        table = population.divided(axis)
        if not whole or not table or len(table.columns) != 2:
            continue
        own = target.where[axis]
        column = TOGETHER if own in table.taken_together(axis) else own
        if column == TOGETHER:
            continue
        (other,) = (c for c in table.columns if c != column)
        size = among(population, {axis: own})
        for name, share in shares.items():
            equal = whole.figures[name, ""].value == table.figures[name, other].value
            # If the target asked about something else, one of the others may have asked this.
            another = 1 - (1 - share) ** (size - 1)
            if_so = same if equal else 1 - same
            if_not = another * if_so + (1 - another) * equal
            scores[name] += math.log(max(if_so, 1e-9) / max(if_not, 1e-9))
    return max(scores, key=lambda name: scores[name])


def all_but_one(population: Population, target: Cell, *, every_table: bool = False) -> str:
    """Know everybody else's question; compare with one table, or with every table there is."""
    scores = {name: math.log(share) for name, share in population.shares(target).items()}
    tables: list[tuple[Table | None, Mapping[Dimension, str]]] = [
        (population.ask(population.secret), {})
    ]
    if every_table:
        tables += [
            (population.ask(population.secret, None, filters), filters)
            for length in (1, 2, 3)
            for chosen in combinations(population.known, length)
            for filters in [{d: target.where[d] for d in chosen}]
        ]
    seen: set[tuple[tuple[str, int], ...]] = set()
    for table, filters in tables:
        if not table:
            continue
        others = dict.fromkeys(population.possible, 0)
        for person in population.people:
            if person is not target and all(person.where[d] == v for d, v in filters.items()):
                others[person.where[population.secret]] += 1
        if tuple(others.items()) in seen:
            continue  # the same group: the same figures
        seen.add(tuple(others.items()))
        for name in scores:
            shown = table.figures[name, ""].value
            scores[name] += log_odds(population, shown, others[name] + 1)
            scores[name] -= log_odds(population, shown, others[name])
    return max(scores, key=lambda name: scores[name])
