"""An attacker against the figures: `manage.py bench disclosure`.

Entry point: measure. `populations` draws who asked, `attacks` and `knowing` guess what about.
"""

import random
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache, partial
from typing import Any

from referrals.reports.tables import Cell, Dimension
from welzijn.devtools.bench.disclosure.attacks import ATTACKS, Attack
from welzijn.devtools.bench.disclosure.background_knowledge import all_but_one
from welzijn.devtools.bench.disclosure.measures import MEMBERSHIPS, membership_shares
from welzijn.devtools.bench.disclosure.populations import (
    ABOUT_SECRETS,
    DRAWN,
    NARROW,
    SECRETS,
    Population,
    make,
)
from welzijn.devtools.bench.disclosure.tally import MEMBERSHIP, Tally
from welzijn.devtools.bench.environment import log

SPREAD, BOUND, SMALLEST = 2.0, 4, 10  # what a partnership has unless its file says otherwise
MOST_ADVANTAGE, LEAST_SHOWN, MOST_ERROR, MOST_ERROR_OF_TOTALS = 0.05, 0.98, 2.0, 5
BARE_EVERY = 4  # that the attacks succeed on bare figures needs no more than a part of them
_LARGE = 100
WITHOUT_GOAL = frozenset({"all_but_one_every_table", "all_but_one_every_measure"})
"""No method with errors this small prevents these (docs/decisions/0008)."""


def measure(
    *, populations: int, seed: int = 5, secrets: Sequence[Dimension] = SECRETS
) -> dict[str, Any]:
    """Attack one person of each population for each secret, with protection and without.

    In every other population the target is the one who stands out most.
    """
    chance = random.Random(seed)
    tally, without = Tally(), Tally()
    usefulness = _Usefulness()
    for number in range(populations):
        if number % 100 == 0:
            log(f"population {number} of {populations}")
        protected = make(chance, SPREAD, BOUND, SMALLEST)
        bare, look_bare = protected.unprotected(), number % BARE_EVERY == 0
        usefulness.look_at(protected)
        for secret in secrets:
            mine = protected.keeping(secret)
            if target := _target(chance, mine, mine.people, stands_out=bool(number % 2)):
                shares = mine.shares(target)
                true = target.where[secret]
                for name, attack in _attacks(secret).items():
                    right = attack(mine, target) == true
                    tally.add((secret.value, name), true, shares, right=right)
                    if look_bare:
                        right = attack(bare.keeping(secret), target) == true
                        without.add((secret.value, name), true, shares, right=right)
        for name, attack in MEMBERSHIPS.items():
            whole = protected.sets[DRAWN[name][0]]
            if target := _target(chance, protected, whole, stands_out=bool(number % 2)):
                shares = membership_shares(protected, target, name)
                inside = any(cell is target for cell in protected.sets[name])
                true = "in" if inside else "out"
                right = attack(protected, target) == true
                tally.add((MEMBERSHIP, name), true, shares, right=right)
                right = attack(bare, target) == true
                without.add((MEMBERSHIP, name), true, shares, right=right)
    figures: dict[str, Any] = {
        "populations": populations,
        "advantage": tally.advantages(),
        "advantage_without_protection": without.advantages(),
        **usefulness.figures(),
    }
    figures["goals"] = {
        **{
            f"advantage_{name}": most <= MOST_ADVANTAGE
            for name, most in tally.most().items()
            if name not in WITHOUT_GOAL
        },
        "shown": figures["shown"] >= LEAST_SHOWN,
        "mean_error": figures["mean_error"] <= MOST_ERROR,
        "largest_error": figures["largest_error"] <= BOUND,
        "largest_error_of_totals": figures["largest_error_of_totals"] <= MOST_ERROR_OF_TOTALS,
    }
    return figures


@cache
def _attacks(secret: Dimension) -> Mapping[str, Attack]:
    everything: Attack = partial(all_but_one, every_table=True)
    found = {**ATTACKS, "all_but_one_every_table": everything}
    if secret not in ABOUT_SECRETS:
        del found["same_figures"]  # it reads categories that are taken together
    return found


def _target(
    chance: random.Random, population: Population, people: Sequence[Cell], *, stands_out: bool
) -> Cell | None:
    def marks(person: Cell) -> tuple[str, ...]:
        return tuple(person.where[dimension] for dimension in population.known)

    if stands_out and people:
        seen = Counter(marks(person) for person in people)
        fewest = min(seen.values())
        people = [person for person in people if seen[marks(person)] == fewest]
    return chance.choice(people) if people else None


class _Usefulness:
    """How much is shown, and how far it is from the truth: every table of one or two dimensions.

    A cell of categories that are taken together is shown, but not on its own.
    """

    def __init__(self) -> None:
        self.asked = self.shown = self.own = self.error = self.largest = self.largest_of_totals = 0

    def look_at(self, population: Population) -> None:
        bare = population.unprotected()
        axes = [*NARROW, Dimension.MUNICIPALITY, Dimension.LIFE_DOMAIN]
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
