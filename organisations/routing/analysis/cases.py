"""Combines what no rule catches into few cases that a coordinator can read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _

from organisations.routing.analysis.case_descriptions import (
    describe_days,
    describe_life_domains,
    describe_values,
)
from organisations.routing.analysis.dimensions import COUNT, DATE, SET_FACT
from organisations.routing.analysis.solver import Box, Boxes, bits
from organisations.routing.analysis.space import Space
from organisations.routing.facts import URGENCIES, Facts

_ORDER = (
    DATE,
    "language",
    "desk_time",
    "channel",
    "brought_by",
    "household_lead",
    "urgency",
    "safety",
    "about",
    "municipality",
    "neighbourhood",
    "kind",
    "age_band",
    COUNT,
    SET_FACT,
)
"""The facts in the order in which a case is widened: the most telling ones last."""

_NO_DANGER = {
    ("safety", frozenset({False})),
    ("urgency", frozenset(URGENCIES) - {"danger"}),
}
"""True of every case, since the built-in rule has taken danger; left out of the text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A set of combinations of facts, described, with one example (`facts` on `day`).

    `only` maps a fact to the values it is limited to (None: unknown). `present` and `absent` are
    life domains that are and are not chosen; at least one of `one_of` is. `counts` are the possible
    numbers of life domains, `days` the periods (first day, last day or None). Empty means no limit.
    """

    words: str
    facts: Facts
    day: date
    only: Mapping[str, tuple[Any, ...]]
    present: tuple[str, ...]
    absent: tuple[str, ...]
    one_of: tuple[str, ...]
    counts: tuple[int, ...]
    days: tuple[tuple[date, date | None], ...]
    boxes: tuple[Box, ...] = field(repr=False)

    def to_json(self) -> dict[str, Any]:
        """Return the JSON form; the example can be given to `route`."""
        return {
            "words": self.words,
            "only": {name: list(values) for name, values in self.only.items()},
            "with": list(self.present),
            "without": list(self.absent),
            "with_one_of": list(self.one_of),
            "how_many": list(self.counts),
            "days": [
                [first.isoformat(), last.isoformat() if last else None] for first, last in self.days
            ],
            "example": self.facts.to_json(),
            "example_day": self.day.isoformat(),
        }


def cases(
    table: Boxes, space: Space, caught: int, impossible: int, *, limit: int
) -> tuple[tuple[Case, ...], bool]:
    """Return cases that together cover exactly what the boxes in `caught` leave free.

    A case may include combinations that don't exist (the boxes in `impossible`), which makes cases
    fewer and shorter. The second value is whether the list was cut off at the limit. The text omits
    "no danger": the built-in rule has taken danger.
    """
    order = sorted(
        range(len(space.dimensions)), key=lambda place: _ORDER.index(space.dimensions[place].fact)
    )
    found: list[tuple[Box, Box]] = []
    own: list[int] = []
    taken = caught | impossible
    cut = False
    while True:
        free, _proof = table.free_box(space.everything, taken)
        if free is None:
            break
        if len(found) == limit:
            cut = True
            break
        wide = table.widen(free, caught, order)
        found.append((wide, free))
        own.append(table.add(wide))
        taken |= own[-1]
    kept = list(range(len(found)))
    for index in range(len(found)):
        others = caught | impossible
        for other in kept:
            if other != index:
                others |= own[other]
        if table.free_box(found[index][0], others)[0] is None:
            kept.remove(index)
    joined = _joined([found[index] for index in kept], space)
    made = [_case(boxes, example, space) for boxes, example in joined]
    made.sort(key=lambda case: len(case.words))
    return tuple(made), cut


def _joined(found: Sequence[tuple[Box, Box]], space: Space) -> list[tuple[tuple[Box, ...], Box]]:
    """Group boxes that differ only in the one life domain they require."""
    groups: dict[Any, list[tuple[Box, Box]]] = {}
    for wide, example in found:
        present = [
            place
            for place, dimension in enumerate(space.dimensions)
            if dimension.item is not None and wide[place] == 0b10
        ]
        rest: Any = wide
        if len(present) == 1:
            rest = (*wide[: present[0]], 0b11, *wide[present[0] + 1 :], "one of")
        groups.setdefault(rest, []).append((wide, example))
    return [(tuple(wide for wide, _example in group), group[0][1]) for group in groups.values()]


def _case(boxes: tuple[Box, ...], free: Box, space: Space) -> Case:
    """Translate boxes that differ in one life domain back to facts and text."""
    facts, day = space.example(free)
    only: dict[str, tuple[Any, ...]] = {}
    parts: list[str] = []
    present: list[str] = []
    absent: list[str] = []
    counts: tuple[int, ...] = ()
    days: tuple[tuple[date, date | None], ...] = ()
    for place, dimension in enumerate(space.dimensions):
        mask, every = boxes[0][place], space.everything[place]
        if dimension.item is not None:
            if any(box[place] == 0b10 for box in boxes):
                present.append(dimension.item)
            elif mask == 0b01:
                absent.append(dimension.item)
        if mask == every or dimension.item is not None:
            continue
        chosen = tuple(value for index in bits(mask) for value in dimension.classes[index])
        if dimension.fact == COUNT:
            counts = chosen
        elif dimension.fact == DATE:
            days = _stretches(mask, space)
            parts.append(describe_days(days))
        else:
            only[dimension.fact] = chosen
            if (dimension.fact, frozenset(chosen)) not in _NO_DANGER:
                parts.append(describe_values(dimension, chosen, space.vocabulary))
    one_of = tuple(present) if len(boxes) > 1 else ()
    present = [] if one_of else present
    if present or absent or one_of or counts:
        parts[:0] = describe_life_domains(present, absent, one_of, counts, space.vocabulary)
    sentence = "; ".join(parts) if parts else _("elke vraag")
    return Case(
        words=f"{sentence[0].upper()}{sentence[1:]}.",
        facts=facts,
        day=day,
        only=only,
        present=tuple(present),
        absent=tuple(absent),
        one_of=one_of,
        counts=counts,
        days=days,
        boxes=boxes,
    )


def _stretches(mask: int, space: Space) -> tuple[tuple[date, date | None], ...]:
    """Return the periods in a mask of days, each with its first and last day."""
    result: list[tuple[date, date | None]] = []
    for index in bits(mask):
        following = space.days[index + 1] if index + 1 < len(space.days) else None
        last = following - timedelta(1) if following else None
        if result and result[-1][1] == space.days[index] - timedelta(1):
            result[-1] = (result[-1][0], last)
        else:
            result.append((space.days[index], last))
    return tuple(result)
