"""Random small populations, and everything that may be asked about one through the door."""

import random
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from referrals.reports.cubes import MOST_DIMENSIONS
from referrals.reports.disclosure_control import tabulate
from referrals.reports.noise import Figure, Noise
from referrals.reports.periods import add_months
from referrals.reports.tables import KEYS, Cell, Dimension, Query, Refused, Table

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
ABOUT_SECRETS = (Dimension.LIFE_DOMAIN, Dimension.KIND, Dimension.LAYER)
"""What a question is about: never known to others, and protected by the size of groups as well."""
SECRETS = (
    *ABOUT_SECRETS,
    Dimension.ORGANISATION,
    Dimension.CHANNEL,
    Dimension.AGE,
    Dimension.LANGUAGE,
    Dimension.TEAM,
    Dimension.RECEIVER,
)
"""Each is a secret in its turn; all other marks of NARROW are known then."""
DRAWN: Mapping[str, tuple[str, float]] = {
    "stayed": ("received", 0.93),
    "spoken": ("stayed", 0.9),
    "closed": ("received", 0.8),
    "helped": ("closed", 0.8),
    "first_time": ("received", 0.6),
    "informal": ("stayed", 0.3),
    "cross_domain": ("received", 0.25),
    "no_offer": ("received", 0.1),
    "handovers": ("received", 0.4),
    "taken_up": ("handovers", 0.7),
}
"""Sets of questions: of which other set each is a part, and how large a part on average."""
COMPLEMENTS: Mapping[str, tuple[str, str]] = {
    "repeat": ("received", "first_time"),
    "formal": ("stayed", "informal"),
    "not_taken_up": ("handovers", "taken_up"),  # declined, no answer, stopped, under way
}
"""What is left of the first set without the second."""
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

    sets: Mapping[str, Sequence[Cell]]
    categories: Mapping[Dimension, Sequence[str]]
    noise: Noise
    smallest: int
    secret: Dimension = Dimension.LIFE_DOMAIN
    answers: dict[object, Table | None] = field(default_factory=dict)
    cubes: dict[object, Sequence[Cell]] = field(default_factory=dict)

    @property
    def of_handovers(self) -> bool:
        """Whether the secret is who received a handover: divided by its sender only."""
        return self.secret is Dimension.RECEIVER

    @property
    def people(self) -> Sequence[Cell]:
        """Everybody who asked; or was handed over, if that is the secret."""
        return self.sets["handovers" if self.of_handovers else "received"]

    @property
    def known(self) -> Sequence[Dimension]:
        """What others know of the target."""
        if self.of_handovers:
            return [Dimension.SENDER]
        return [dimension for dimension in NARROW if dimension is not self.secret]

    @property
    def possible(self) -> Sequence[str]:
        """Everything that the secret can be."""
        return self.categories[self.secret]

    def keeping(self, secret: Dimension) -> "Population":
        """Return the same people with another secret; what was answered stays known."""
        return replace(self, secret=secret)

    def ask(
        self,
        rows: Dimension,
        columns: Dimension | None = None,
        filters: Mapping[Dimension, str] | None = None,
        since: date = YEAR,
        until: date = AFTER,
        measure: str = "",
    ) -> Table | None:
        """Return what the door answers; None if it refuses."""
        measure = measure or ("handovers" if self.of_handovers else "received")
        chosen = filters or {}
        cell = (measure, rows, columns, tuple(sorted(chosen.items())), since, until)
        if len({rows, columns, *chosen} - _NOT_COUNTED) > MOST_DIMENSIONS:
            return None  # no screen and no file offers it (choice.TOO_MANY_DIVISIONS)
        if cell not in self.answers:
            query = Query(measure, since, until, rows, columns, chosen)
            try:
                self.answers[cell] = tabulate(
                    self._cube(measure, query.dimensions),
                    query,
                    categories=self.categories,
                    noise=self.noise,
                    smallest=self.smallest,
                )
            except Refused:
                self.answers[cell] = None
        return self.answers[cell]

    def divided(
        self,
        axis: Dimension | None,
        filters: Mapping[Dimension, str] | None = None,
        measure: str = "",
    ) -> Table | None:
        """Return the table of the secret by an axis.

        None where values of the secret stand in one line: the table without columns says more.
        """
        table = self.ask(self.secret, axis, filters, measure=measure)
        return None if table is None or table.taken_together(self.secret) else table

    def _cube(self, measure: str, dimensions: frozenset[Dimension]) -> Sequence[Cell]:
        """Return the counts and keys that this query needs, as the cubes of final months do."""
        named = sorted(dimensions | {Dimension.MUNICIPALITY})
        known = (measure, *named)
        if known not in self.cubes:
            sums: dict[tuple[object, ...], tuple[int, int]] = {}
            for cell in self.sets[measure]:
                place = (cell.month, *(cell.where[d] for d in named))
                count, keys = sums.get(place, (0, 0))
                sums[place] = (count + 1, (keys + cell.keys) % KEYS)
            self.cubes[known] = [
                Cell(dict(zip(named, map(str, place[1:]), strict=True)), place[0], *found)  # type: ignore[arg-type]  # its month
                for place, found in sums.items()
            ]
        return self.cubes[known]

    def unprotected(self) -> "Population":
        """Return the same people behind no protection."""
        exact = Exact(self.noise.spread, self.noise.bound, 0)
        return Population(self.sets, self.categories, exact, 0, self.secret)

    def shares(self, without: Cell) -> dict[str, float]:
        """Return how likely each value of the secret is, as the attacker knows from elsewhere."""
        counts = Counter(p.where[self.secret] for p in self.people if p is not without)
        whole = sum(counts.values()) + len(self.possible)
        return {name: (counts[name] + 1) / whole for name in self.possible}


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
        Dimension.SENDER: [f"o{n}" for n in range(3)],
        Dimension.RECEIVER: [f"o{n}" for n in range(chance.randrange(2, 6))],
        Dimension.TEAM: [f"t{n}" for n in range(chance.randrange(2, 5))],
        Dimension.LIFE_DOMAIN: [f"d{n}" for n in range(chance.randrange(4, 11))],
        Dimension.KIND: [f"k{n}" for n in range(chance.randrange(2, 6))],
        Dimension.LAYER: [f"y{n}" for n in range(5)],
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
    return Population(_sets(chance, people), categories, noise, smallest)


def _sets(chance: random.Random, people: Sequence[Cell]) -> dict[str, Sequence[Cell]]:
    sets: dict[str, Sequence[Cell]] = {"received": people}
    for name, (whole, part) in DRAWN.items():
        share = min(0.97, max(0.03, chance.gauss(part, 0.1)))
        sets[name] = [cell for cell in sets[whole] if chance.random() < share]
    for name, (whole, part_of) in COMPLEMENTS.items():
        left_out = {id(cell) for cell in sets[part_of]}
        sets[name] = [cell for cell in sets[whole] if id(cell) not in left_out]
    return sets
