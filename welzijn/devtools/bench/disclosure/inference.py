"""What a figure with a known error says about one of a group: Bayes' rule, for any attacker."""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from referrals.reports import noise as noises
from referrals.reports.tables import Dimension, Table
from welzijn.devtools.bench.disclosure.populations import Population

_NEVER = -50.0  # the logarithm of a probability of nought
_SHARP = 0.05  # for exact figures, in place of a deviation of nought

Estimates = Mapping[str, tuple[float, float]]
"""For each value of the secret an estimate of its number in a group, with its deviation."""


@dataclass(frozen=True, slots=True)
class Way:
    """One way to a group with the target in it: its size and what is estimated of it."""

    size: int
    estimates: Estimates


def among(
    population: Population, filters: Mapping[Dimension, str], month: date | None = None
) -> int:
    """Return how many there are in these categories, and in a month."""
    return sum(
        1
        for person in population.people
        if all(person.where[d] == value for d, value in filters.items())
        and month in (None, person.month)
    )


def posterior(way: Way, shares: Mapping[str, float]) -> dict[str, float]:
    """Return how likely each value is for one of this group, by Bayes' rule.

    A number in a group of n is binomial beforehand; an estimate has a normal error.
    """
    likely = {}
    numbers = range(way.size + 1)
    ways = [
        math.lgamma(way.size + 1) - math.lgamma(n + 1) - math.lgamma(way.size - n + 1)
        for n in numbers
    ]
    for name, share in shares.items():
        estimate, deviation = way.estimates[name]
        width = 2 * max(deviation, _SHARP) ** 2
        best = min(max(estimate, 0), way.size)
        nearest = min((estimate - math.floor(best)) ** 2, (estimate - math.ceil(best)) ** 2)
        weights = [
            math.exp(
                ways[n]
                + n * math.log(share)
                + (way.size - n) * math.log1p(-share)
                + (nearest - (estimate - n) ** 2) / width
            )
            for n in numbers
        ]
        likely[name] = sum(n * w for n, w in enumerate(weights)) / (sum(weights) or 1)
    whole = sum(likely.values()) or 1
    return {name: value / whole for name, value in likely.items()}


def most_likely(ways: Iterator[Way], shares: Mapping[str, float]) -> str:
    """Return the guess of the way that is surest of itself; without a way, the commonest."""
    best = max(shares.items(), key=lambda item: item[1])
    for way in ways:
        if way.size:
            found = max(posterior(way, shares).items(), key=lambda item: item[1])
            best = max(best, found, key=lambda item: item[1])
    return best[0]


def column_of(table: Table, column: str = "") -> Estimates:
    """Return the estimates of one column of a table of the secret."""
    return {
        name: (f.noisy, f.deviation) for name in table.rows for f in [table.figures[name, column]]
    }


def minus(whole: Estimates, *others: Estimates) -> Estimates:
    """Subtract estimates of other groups; the errors add up."""
    return {
        name: (
            value - sum(other[name][0] for other in others),
            math.sqrt(deviation**2 + sum(other[name][1] ** 2 for other in others)),
        )
        for name, (value, deviation) in whole.items()
    }


def mean(*estimates: Estimates) -> Estimates:
    """Weigh independent estimates of the same numbers by their variance."""
    result = {}
    for name in estimates[0]:
        weights = [1 / max(e[name][1], _SHARP) ** 2 for e in estimates]
        value = sum(w * e[name][0] for w, e in zip(weights, estimates, strict=True)) / sum(weights)
        result[name] = (value, math.sqrt(1 / sum(weights)))
    return result


def log_odds(population: Population, shown: int, count: int) -> float:
    """Return the logarithm of the probability that this true count is shown so."""
    bound = population.noise.bound
    if population.smallest == 0:
        return 0.0 if shown == count else _NEVER
    odds = noises.table(population.noise.spread, bound)
    noise = shown - count
    if abs(noise) > bound:
        return _NEVER
    parts = odds[noise + bound] if shown else sum(odds[: noise + bound + 1])
    return math.log(parts / noises.PARTS)
