"""The published table of probabilities that turns a true count into the figure that is shown.

The cell key method (Fraser and Wooton 2005; Thompson, Broadfoot and Elazar 2013; Giessing 2016):
each question has a random key; a group's key is the sum of its questions' keys modulo 2^32; the key
chooses the group's noise from this table. So the same group has the same noise wherever it is
counted, and context again teaches nothing.

The table is that of maximum entropy among all distributions on -bound..bound with mean zero and the
given variance: of all tables with that much error it gives an attacker the least. Its probabilities
are p(k) ~ exp(-a k^2), with `a` solved for the variance. They are whole parts of 2^16, mirrored, so
that sum and mean are exact.

**Nought gets noise like every other count**: if nought stayed nought, any other figure would say
that somebody is there. The figure on the screen is never below nought (`Figure.value`); sums and
shares are taken from the noisy count itself (`Figure.noisy`), which is unbiased. So a true count of
0, 1, 2 or 3 can be shown as any figure from 0 to 4, and none is told apart from the others.
"""

import hashlib
import math
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate

PARTS = 2**16
"""Probabilities are whole parts of this number."""


@lru_cache(maxsize=32)
def table(spread: float, bound: int) -> tuple[int, ...]:
    """Return the probability of each noise from -bound to bound, in parts of `PARTS`.

    `spread` is the standard deviation. Raises ValueError where no such table exists: the bound has
    to be at least twice the spread.
    """
    if not 0 < 2 * spread <= bound:
        raise ValueError("the bound has to be at least twice the spread")
    low, high = 0.0, 50.0
    for _step in range(200):
        middle = (low + high) / 2
        if _variance(middle, bound) > spread * spread:
            low = middle
        else:
            high = middle
    weights = [math.exp(-low * k * k) for k in range(1, bound + 1)]
    whole = 1 + 2 * sum(weights)
    side = [round(PARTS * weight / whole) for weight in weights]
    return (*reversed(side), PARTS - 2 * sum(side), *side)


@lru_cache(maxsize=32)
def _limits(spread: float, bound: int) -> tuple[int, ...]:
    return tuple(accumulate(table(spread, bound)))


def _variance(a: float, bound: int) -> float:
    weights = [math.exp(-a * k * k) for k in range(-bound, bound + 1)]
    squares = [k * k for k in range(-bound, bound + 1)]
    return math.fsum(w * s for w, s in zip(weights, squares, strict=True)) / math.fsum(weights)


@dataclass(frozen=True, slots=True)
class Figure:
    """A protected count: what may be shown, and between which numbers the true count lies.

    `deviation` is the standard deviation of the noise. For one group the true count lies between
    `lower` and `upper` for certain; for a sum of groups (a free period) almost certainly.
    """

    noisy: int
    deviation: float
    bound: int

    @property
    def value(self) -> int:
        """The figure that is shown."""
        return max(0, self.noisy)

    @property
    def lower(self) -> int:
        """The least that the true count can be."""
        return max(0, self.value - self.bound)

    @property
    def upper(self) -> int:
        """The most that the true count can be."""
        return self.value + self.bound


def add(figures: Iterable[Figure]) -> Figure:
    """Return the sum of protected counts of groups that have no question in common.

    Three standard deviations, and never more than the bounds together, are its bound.
    """
    parts = list(figures)
    deviation = math.sqrt(math.fsum(part.deviation**2 for part in parts))
    bounds = sum(part.bound for part in parts)
    return Figure(
        noisy=sum(part.noisy for part in parts),
        deviation=deviation,
        bound=bounds if len(parts) == 1 else min(bounds, math.ceil(3 * deviation)),
    )


@dataclass(frozen=True, slots=True)
class Noise:
    """The noise of one partnership: its table and its secret for empty groups."""

    spread: float
    bound: int
    secret: int

    def protect(self, count: int, key: int, place: Sequence[object]) -> Figure:
        """Return the figure of a group with this true count and key.

        `place` says what the cell counts, the measure first. The key is mixed with the measure
        before the table is looked up, so that the noise of a group says nothing about that of a
        part of it, and "all were helped" does not show as two equal figures. An empty group has no
        key: its noise comes from the secret and from `place`, so that not all empty cells show the
        same figure.
        """
        what = str(place[0]) if count else ":".join(map(str, (self.secret, *place)))
        source = f"{what}:{key if count else 0}"
        digest = hashlib.blake2b(source.encode(), digest_size=8).digest()
        draw = int.from_bytes(digest) % PARTS
        noise = bisect_right(_limits(self.spread, self.bound), draw) - self.bound
        return Figure(noisy=count + noise, deviation=self.spread, bound=self.bound)
