"""An attacker against the figures: `manage.py bench disclosure`.

Entry point: measure. `populations` draws who asked, `attacks` and `knowing` guess what about.
"""

import random
from collections import Counter
from functools import partial
from typing import Any

from referrals.reports.disclosure_control import Cell, Dimension
from welzijn.devtools.bench.disclosure.attacks import ATTACKS, Attack
from welzijn.devtools.bench.disclosure.background_knowledge import all_but_one
from welzijn.devtools.bench.disclosure.populations import NARROW, Population, make
from welzijn.devtools.bench.environment import log

SPREAD, BOUND, SMALLEST = 2.0, 4, 10  # what a partnership has unless its file says otherwise
MOST_ADVANTAGE, LEAST_SHOWN, MOST_ERROR, MOST_ERROR_OF_TOTALS = 0.05, 0.98, 2.0, 5
_LARGE = 100
_SECRET = Dimension.LIFE_DOMAIN  # what the target asked about


def measure(*, populations: int, seed: int = 5) -> dict[str, Any]:
    """Attack one person of each population, with protection and without.

    In every other population the target is the one who stands out most.
    """
    chance = random.Random(seed)
    right: Counter[str] = Counter()
    exact: Counter[str] = Counter()
    usefulness = _Usefulness()
    guessed = 0
    everything: Attack = partial(all_but_one, every_table=True)
    attacks = {**ATTACKS, "all_but_one_every_table": everything}
    for number in range(populations):
        if number % 100 == 0:
            log(f"population {number} of {populations}")
        protected = make(chance, SPREAD, BOUND, SMALLEST)
        target = _target(chance, protected, stands_out=bool(number % 2))
        secret = target.where[_SECRET]
        shares = protected.shares(target)
        guessed += max(shares, key=lambda name: shares[name]) == secret
        bare = protected.unprotected()
        for name, attack in attacks.items():
            right[name] += attack(protected, target) == secret
            exact[name] += attack(bare, target) == secret
        usefulness.look_at(protected)
    names = list(attacks)
    advantage = {name: round((right[name] - guessed) / populations, 3) for name in names}
    figures: dict[str, Any] = {
        "populations": populations,
        "guessing": round(guessed / populations, 3),
        "advantage": advantage,
        "advantage_without_protection": {
            name: round((exact[name] - guessed) / populations, 3) for name in names
        },
        **usefulness.figures(),
    }
    figures["goals"] = {
        **{f"advantage_{name}": advantage[name] <= MOST_ADVANTAGE for name in ATTACKS},
        "shown": figures["shown"] >= LEAST_SHOWN,
        "mean_error": figures["mean_error"] <= MOST_ERROR,
        "largest_error": figures["largest_error"] <= BOUND,
        "largest_error_of_totals": figures["largest_error_of_totals"] <= MOST_ERROR_OF_TOTALS,
    }
    return figures


def _target(chance: random.Random, population: Population, *, stands_out: bool) -> Cell:
    people = list(population.people)
    if stands_out:
        seen = Counter(_marks(person) for person in people)
        fewest = min(seen.values())
        people = [person for person in people if seen[_marks(person)] == fewest]
    return chance.choice(people)


def _marks(person: Cell) -> tuple[str, ...]:
    return tuple(person.where[dimension] for dimension in NARROW)


class _Usefulness:
    """How much is shown, and how far it is from the truth: every table of one or two dimensions.

    A cell of categories that are taken together is shown, but not on its own.
    """

    def __init__(self) -> None:
        self.asked = self.shown = self.own = self.error = self.largest = self.largest_of_totals = 0

    def look_at(self, population: Population) -> None:
        bare = population.unprotected()
        axes = [*NARROW, Dimension.MUNICIPALITY, _SECRET]
        for rows in axes:
            for columns in (None, *axes[axes.index(rows) + 1 :]):
                table, true = population.ask(rows, columns), bare.ask(rows, columns)
                assert true is not None
                places = list(true.figures)
                self.asked += len(places)
                if table is None:
                    continue
                self.shown += len(places)
                for place, figure in table.figures.items():
                    if place not in true.figures:
                        continue
                    self.own += 1
                    error = abs(figure.value - true.figures[place].value)
                    self.error += error
                    self.largest = max(self.largest, error)
                    if true.figures[place].value > _LARGE:
                        self.largest_of_totals = max(self.largest_of_totals, error)

    def figures(self) -> dict[str, Any]:
        return {
            "shown": round(self.shown / self.asked, 4),
            "shown_on_its_own": round(self.own / self.asked, 4),
            "mean_error": round(self.error / self.own, 2),
            "largest_error": self.largest,
            "largest_error_of_totals": self.largest_of_totals,
        }
