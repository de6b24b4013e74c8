"""Small numbers: which figures of a table are not shown, so that none of them can be found out.

What is published divides all questions of one municipality and one quarter in several ways: by
month, organisation, life domain, neighbourhood and channel. Each division is a list of categories
that exclude each other, so the only equation that an attacker has for a list is

    the shown figures + the hidden figures = the total

(the lists share their total and nothing else; no table crosses two of them; publications of two
quarters or two municipalities count different questions, and none is ever published anew).

The rule, for a threshold t:

1. A total below t: nothing of the list is shown, the total neither.
2. Every figure below t is hidden, nought included.
3. If any is hidden, others are hidden along, drawn at random, until at least two are hidden and
   together they count at least 2t. A smaller one is likelier to be drawn, but each can be.

Why that holds. Let R be the sum of the hidden figures, which the attacker knows, and let one of
them be any v from 0 to t-1. Give all other hidden ones 0, but one of them R - v. Since R >= 2t that
one is above t, so it can only be hidden by rule 3; the rule would indeed have drawn (v < 2t) and
could have drawn this one first, and then stops. So what is published could have come about with
every v from 0 to t-1: the attacker learns nothing of a protected figure but that it is below t.
When all are hidden and R < 2t the same numbers serve, since drawing then ends with nothing left.
`tests/referrals/reports/test_reports_attack.py` tries all of it out, with every possible table.
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
    """A list as it may be shown: None is a figure that isn't."""

    total: int | None
    figures: Mapping[Key, int | None]


def protect(
    figures: Mapping[Key, int], threshold: int, draw: random.Random = _SYSTEM
) -> Protected[Key]:
    """Hide what has to be hidden of a list of categories that exclude each other.

    `draw` must not be known to who reads the result; a seeded one is for tests. Raises ValueError
    for a negative figure: that is no count.
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
    """The rest in random order; the chance of each to be next is as one divided by its figure.

    (Efraimidis and Spirakis, Weighted random sampling with a reservoir, 2006: the largest u^(1/w)
    first; here the logarithm of it, with w = 1/figure.)
    """
    ranks = {
        key: math.log(1 - draw.random()) * number
        for key, number in figures.items()
        if key not in hidden
    }
    return sorted(ranks, key=lambda key: ranks[key], reverse=True)
