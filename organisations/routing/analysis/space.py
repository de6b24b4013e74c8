"""The combinations of facts that a rule set distinguishes, and conditions as boxes of them.

Combinations that can't exist (two life domains chosen, and one counted) are boxes of their own,
`Space.impossible`. See `dimensions.py` for what makes two combinations different and `solver.py`
for what a box is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date
from functools import cached_property
from itertools import combinations, product
from typing import Any

from organisations.routing.analysis.dimensions import (
    COUNT,
    DATE,
    SET_FACT,
    Dimension,
    counts_life_domains,
    days_of,
    dimensions_of,
    required_kind,
)
from organisations.routing.analysis.solver import Box, meet, without_repeats
from organisations.routing.conditions import All, Any_, Condition, Leaf, Not, leaves, plain_test
from organisations.routing.facts import Facts
from organisations.routing.ruleset import Rule
from organisations.routing.vocabulary import Vocabulary

Answer = Callable[[frozenset[str]], bool]
MAX_BOXES = 1024


class TooManyBoxesError(Exception):
    """A condition needs too many boxes to be analysed."""


class Space:
    """The dimensions of a set of conditions and of the days on which rules begin or end."""

    def __init__(
        self,
        conditions: Iterable[Condition],
        rules: Iterable[Rule],
        vocabulary: Vocabulary,
        *,
        on: date,
    ) -> None:
        self.vocabulary = vocabulary
        self.on = on
        used = list(dict.fromkeys(leaf for condition in conditions for leaf in leaves(condition)))
        self.days = days_of(rules, on)
        self.dimensions: tuple[Dimension, ...] = tuple(dimensions_of(used, self.days, vocabulary))
        self.index: Mapping[tuple[str, str | None], int] = {
            (dimension.fact, dimension.item): place
            for place, dimension in enumerate(self.dimensions)
        }
        self._boxes_of: dict[tuple[Leaf, bool], list[Box]] = {}

    @cached_property
    def sizes(self) -> tuple[int, ...]:
        """The number of classes in each dimension."""
        return tuple(len(dimension.classes) for dimension in self.dimensions)

    @cached_property
    def everything(self) -> Box:
        """The box of all combinations."""
        return tuple((1 << size) - 1 for size in self.sizes)

    def impossible(self) -> list[Box]:
        """Return boxes that cover exactly the combinations that don't exist."""
        return [*self._wrong_places(), *self._wrong_counts()]

    def _wrong_places(self) -> Iterable[Box]:
        """Yield boxes that put a neighbourhood in another municipality than its own."""
        where = self.index.get(("neighbourhood", None))
        gm = self.index.get(("municipality", None))
        if where is None or gm is None:
            return
        for place, values in enumerate(self.dimensions[where].classes):
            entry = self.vocabulary.neighbourhoods.get(values[0]) if values[0] else None
            if entry is None or entry.municipality is None:
                continue
            wrong = 0
            for index, codes in enumerate(self.dimensions[gm].classes):
                if entry.municipality not in codes:
                    wrong |= 1 << index
            if wrong:
                yield self._box({where: 1 << place, gm: wrong})

    def _wrong_counts(self) -> Iterable[Box]:
        """Yield boxes with another number of life domains than counted."""
        counted = self.index.get((COUNT, None))
        if counted is None:
            return
        places = [self.index[SET_FACT, item] for item in self.vocabulary.life_domains]
        for index, numbers in enumerate(self.dimensions[counted].classes):
            low, high = min(numbers), max(numbers)
            if high < len(places):
                for chosen in combinations(places, high + 1):
                    yield self._box({counted: 1 << index} | dict.fromkeys(chosen, 0b10))
            if low > 0:
                for chosen in combinations(places, len(places) - low + 1):
                    yield self._box({counted: 1 << index} | dict.fromkeys(chosen, 0b01))

    def _box(self, allowed: Mapping[int, int]) -> Box:
        return tuple(allowed.get(place, mask) for place, mask in enumerate(self.everything))

    def window(self, rule: Rule) -> Box | None:
        """Return the box of the days on which a rule is active; None where all are past."""
        mask = 0
        for index, day in enumerate(self.days):
            if rule.active(day):
                mask |= 1 << index
        if not mask:
            return None
        place = self.index.get((DATE, None))
        return self.everything if place is None else self._box({place: mask})

    def boxes(self, condition: Condition, *, wanted: bool = True) -> list[Box]:
        """Return boxes that cover exactly where a condition is true (if not `wanted`, false).

        Raises TooManyBoxesError; a leaf must be usable (see `usable`).
        """
        match condition:
            case Leaf():
                return self._leaf(condition, wanted)
            case Not(part):
                return self.boxes(part, wanted=not wanted)
            case All(parts) | Any_(parts):
                split = [self.boxes(part, wanted=wanted) for part in parts]
                if isinstance(condition, All) is wanted:
                    result = [self.everything]
                    for boxes in split:
                        result = self.both(result, boxes)
                    return result
                joined = without_repeats([box for boxes in split for box in boxes])
                if len(joined) > MAX_BOXES:
                    raise TooManyBoxesError
                return joined

    def both(self, one: list[Box], other: list[Box]) -> list[Box]:
        """Return the intersection of two unions of boxes. Raises TooManyBoxesError."""
        if len(one) * len(other) > 64 * MAX_BOXES:
            raise TooManyBoxesError
        result = without_repeats(
            [box for a in one for b in other if (box := meet(a, b)) is not None]
        )
        if len(result) > MAX_BOXES:
            raise TooManyBoxesError
        return result

    def _leaf(self, leaf: Leaf, wanted: bool) -> list[Box]:
        found = self._boxes_of.get((leaf, wanted))
        if found is None:
            if counts_life_domains(leaf):
                found = self._counting(leaf, wanted)
            elif SET_FACT in required_kind(leaf).reads:
                found = self._set_leaf(leaf, wanted)
            else:
                found = self._plain(leaf, wanted)
            self._boxes_of[leaf, wanted] = found
        return found

    def _plain(self, leaf: Leaf, wanted: bool) -> list[Box]:
        """Return boxes of a leaf on single facts: a mask of the last per value of the others."""
        test, names = plain_test(leaf), required_kind(leaf).reads
        places = [self.index[name, None] for name in names]
        *before, last = places
        result = []
        for chosen in product(*(range(self.sizes[place]) for place in before)):
            mask = 0
            for index in range(self.sizes[last]):
                picked = dict(zip(places, (*chosen, index), strict=True))
                values = {
                    self.dimensions[place].fact: self.dimensions[place].classes[number][0]
                    for place, number in picked.items()
                }
                if test(replace(Facts(), **values)) is wanted:
                    mask |= 1 << index
            if mask:
                allowed = {place: 1 << number for place, number in zip(before, chosen, strict=True)}
                result.append(self._box(allowed | {last: mask}))
        return without_repeats(result)

    def _counting(self, leaf: Leaf, wanted: bool) -> list[Box]:
        """Return boxes of a leaf that counts life domains."""
        test, place = plain_test(leaf), self.index[COUNT, None]
        items = list(self.vocabulary.life_domains)
        mask = 0
        for index, numbers in enumerate(self.dimensions[place].classes):
            if test(Facts(life_domains=frozenset(items[: numbers[0]]))) is wanted:
                mask |= 1 << index
        return [self._box({place: mask})] if mask else []

    def _set_leaf(self, leaf: Leaf, wanted: bool) -> list[Box]:
        """Return boxes of a leaf that names life domains.

        Such a condition is monotonic in the life domains (a test checks this): where none and all
        of the undecided ones give the same answer, so does everything between.
        """
        test = plain_test(leaf)
        # A life domain that no longer exists can't be chosen.
        items = [item for item in self.vocabulary.life_domains if item in leaf.values]

        def answer(chosen: frozenset[str]) -> bool:
            return test(replace(Facts(), life_domains=chosen)) is wanted

        result: list[Box] = []

        def split(present: frozenset[str], absent: frozenset[str], rest: tuple[str, ...]) -> None:
            low, high = answer(present), answer(present | frozenset(rest))
            if low == high:
                if low:
                    result.append(self._shortened(present, absent, frozenset(items), answer))
                    if len(result) > 8 * MAX_BOXES:
                        raise TooManyBoxesError
                return
            first, *others = rest
            split(present | {first}, absent, tuple(others))
            split(present, absent | {first}, tuple(others))

        split(frozenset(), frozenset(), tuple(items))
        shortened = without_repeats(result)
        if len(shortened) > MAX_BOXES:
            raise TooManyBoxesError
        return shortened

    def _shortened(
        self,
        present: frozenset[str],
        absent: frozenset[str],
        items: frozenset[str],
        answer: Answer,
    ) -> Box:
        """Return a box without the life domains that make no difference to the answer."""
        for item in sorted(present | absent):
            fewer_present, fewer_absent = present - {item}, absent - {item}
            if answer(fewer_present) and answer(items - fewer_absent):
                present, absent = fewer_present, fewer_absent
        allowed = {self.index[SET_FACT, item]: 0b10 for item in present}
        return self._box(allowed | {self.index[SET_FACT, item]: 0b01 for item in absent})

    def example(self, box: Box) -> tuple[Facts, date]:
        """Return facts and a day in a box that contains nothing impossible."""
        values: dict[str, Any] = {}
        chosen: set[str] = set()
        day = self.on
        for dimension, mask in zip(self.dimensions, box, strict=True):
            value = dimension.classes[(mask & -mask).bit_length() - 1][0]
            if dimension.item is not None:
                if value:
                    chosen.add(dimension.item)
            elif dimension.fact == DATE:
                day = value
            elif dimension.fact != COUNT:
                values[dimension.fact] = value
        if "neighbourhood" in values and "municipality" not in values:
            entry = self.vocabulary.neighbourhoods.get(values["neighbourhood"])
            values["municipality"] = entry.municipality if entry else None
        return Facts(**values, life_domains=frozenset(chosen)), day
