"""Random small populations, and everything that may be asked about one through the door."""

import random
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from referrals.reports.cubes import MOST_DIMENSIONS
from referrals.reports.disclosure_control import (
    KEYS,
    Cell,
    Dimension,
    Query,
    Refused,
    Table,
    tabulate,
)
from referrals.reports.noise import Figure, Noise
from referrals.reports.periods import add_months

YEAR = date(2026, 1, 1)
AFTER = date(2027, 1, 1)
NARROW = (
    Dimension.NEIGHBOURHOOD,
    Dimension.ORGANISATION,
    Dimension.CHANNEL,
    Dimension.AGE,
    Dimension.LANGUAGE,
)
"""What others know of somebody who asked, besides the municipality and the month."""
_NOT_COUNTED = {None, Dimension.MUNICIPALITY, Dimension.MONTH}


@dataclass(frozen=True, slots=True)
class Exact(Noise):
    """No protection: what the attack has to succeed on."""

    def protect(self, count: int, key: int, place: Sequence[object]) -> Figure:
        """Return the true count."""
        del key, place
        return Figure(count, 0.0, 0)


@dataclass
class Population:
    """The questions of one partnership in one year, and a door to them."""

    people: Sequence[Cell]
    categories: Mapping[Dimension, Sequence[str]]
    noise: Noise
    smallest: int
    answers: dict[object, Table | None] = field(default_factory=dict)

    @property
    def domains(self) -> Sequence[str]:
        """All life domains."""
        return self.categories[Dimension.LIFE_DOMAIN]

    def ask(
        self,
        rows: Dimension,
        columns: Dimension | None = None,
        filters: Mapping[Dimension, str] | None = None,
        since: date = YEAR,
        until: date = AFTER,
    ) -> Table | None:
        """Return what the door answers; None if it refuses."""
        chosen = filters or {}
        cell = (rows, columns, tuple(sorted(chosen.items())), since, until)
        if len({rows, columns, *chosen} - _NOT_COUNTED) > MOST_DIMENSIONS:
            return None  # no screen and no file offers it (choice.TOO_MANY_DIVISIONS)
        if cell not in self.answers:
            query = Query("received", since, until, rows, columns, chosen)
            try:
                self.answers[cell] = tabulate(
                    self.people,
                    query,
                    categories=self.categories,
                    noise=self.noise,
                    smallest=self.smallest,
                )
            except Refused:
                self.answers[cell] = None
        return self.answers[cell]

    def unprotected(self) -> "Population":
        """Return the same people behind no protection."""
        exact = Exact(self.noise.spread, self.noise.bound, 0)
        return Population(self.people, self.categories, exact, 0)

    def shares(self, without: Cell) -> dict[str, float]:
        """Return how likely each life domain is, as the attacker knows it from elsewhere."""
        counts = Counter(p.where[Dimension.LIFE_DOMAIN] for p in self.people if p is not without)
        whole = sum(counts.values()) + len(self.domains)
        return {name: (counts[name] + 1) / whole for name in self.domains}


def make(chance: random.Random, spread: float, bound: int, smallest: int) -> Population:
    """Draw a population of 20 to 400 questions in a year, in one or two municipalities."""
    municipalities = [f"m{n}" for n in range(chance.choice([1, 2]))]
    places = {f"{m}n{n}": m for m in municipalities for n in range(chance.randrange(2, 6))}
    categories: dict[Dimension, Sequence[str]] = {
        Dimension.MUNICIPALITY: municipalities,
        Dimension.NEIGHBOURHOOD: list(places),
        Dimension.ORGANISATION: [f"o{n}" for n in range(chance.randrange(2, 5))],
        Dimension.CHANNEL: [f"c{n}" for n in range(chance.randrange(2, 6))],
        Dimension.AGE: [f"a{n}" for n in range(7)],
        Dimension.LANGUAGE: [f"l{n}" for n in range(chance.randrange(2, 6))],
        Dimension.LIFE_DOMAIN: [f"d{n}" for n in range(chance.randrange(4, 11))],
    }
    weights = {
        dimension: [chance.gammavariate(1.0, 1.0) + 0.02 for _name in names]
        for dimension, names in categories.items()
    }
    people = []
    for _number in range(chance.randrange(20, 401)):
        where = {
            dimension: chance.choices(names, weights[dimension])[0]
            for dimension, names in categories.items()
        }
        where[Dimension.MUNICIPALITY] = places[where[Dimension.NEIGHBOURHOOD]]
        month = add_months(YEAR, chance.randrange(12))
        people.append(Cell(where, month, 1, chance.randrange(KEYS)))
    noise = Noise(spread, bound, chance.randrange(KEYS))
    return Population(people, categories, noise, smallest)
