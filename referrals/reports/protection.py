"""Small-number protection: which figures of a table are hidden, so that none can be derived.

A publication breaks all questions of one municipality and one quarter down in several ways: by
month, organisation, life domain, neighbourhood and channel. Each breakdown is a list of categories
that exclude each other, so the only equation that an attacker has for a list is

    the shown figures + the hidden figures = the total

(the lists share their total and nothing else; no table crosses two of them; publications of two
quarters or two municipalities count different questions, and none is ever published anew).

The rule, for a threshold t:

1. If the total is below t, the whole list and its total are hidden.
2. Every figure below t is hidden, zero included.
3. If any is hidden, others drawn at random are hidden too, until at least two are hidden and their
   sum is at least 2t. A smaller figure is more likely to be drawn, but any can be.

Why that holds. Let R be the sum of the hidden figures, which the attacker knows, and let one of
them be any v from 0 to t-1. Give all other hidden ones 0, but one of them R - v. Since R >= 2t that
one is above t, so it can only be hidden by rule 3; the rule would indeed have drawn (v < 2t) and
could have drawn this one first, and then stops. So what is published could have come about with
every v from 0 to t-1: the attacker learns only that a protected figure is below t.
When all are hidden and R < 2t the same numbers serve, since drawing then ends with nothing left.
`tests/referrals/reports/test_reports_attack.py` tests this with every possible small table.
"""

from __future__ import annotations

import math
import random
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

Key = TypeVar("Key")
_SYSTEM = random.SystemRandom()


@dataclass(frozen=True, slots=True)
class Protected(Generic[Key]):
    """A list as it may be shown; None is a hidden figure."""

    total: int | None
    figures: Mapping[Key, int | None]


def protect(
    figures: Mapping[Key, int], threshold: int, draw: random.Random = _SYSTEM
) -> Protected[Key]:
    """Hide the figures of a list of mutually exclusive categories that must be hidden.

    The state of `draw` must be unknown to the reader of the result; a seeded one is for tests.
    Raises ValueError for a negative figure.
    """
    if any(number < 0 for number in figures.values()):
        raise ValueError("a count can't be negative")
    total = sum(figures.values())
    if total < threshold:
        return Protected(None, dict.fromkeys(figures))
    hidden = {key for key, number in figures.items() if number < threshold}
    if hidden:
        for key in _in_drawn_order(figures, hidden, draw):
            if len(hidden) >= 2 and sum(figures[k] for k in hidden) >= 2 * threshold:
                break
            hidden.add(key)
    return Protected(
        total, {key: None if key in hidden else number for key, number in figures.items()}
    )


def _in_drawn_order(figures: Mapping[Key, int], hidden: set[Key], draw: random.Random) -> list[Key]:
    """Return the rest in random order; the chance to be next is proportional to 1/figure.

    (Efraimidis and Spirakis, Weighted random sampling with a reservoir, 2006: the largest u^(1/w)
    first; here the logarithm of it, with w = 1/figure.)
    """
    ranks = {
        key: math.log(1 - draw.random()) * number
        for key, number in figures.items()
        if key not in hidden
    }
    return sorted(ranks, key=lambda key: ranks[key], reverse=True)
