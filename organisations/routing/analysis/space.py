"""The combinations of facts a rule set can tell apart, and conditions as boxes of them.

Values of a fact for which every condition of the rule set gives the same answer are one
*class*: a rule set that never mentions a language has no dimension for it at all. A fact that
is a set (the life domains) gives one dimension, absent or present, for each value, and one for
how many were chosen where a condition counts them. The days from now on are cut where a rule
begins or ends. Combinations that can't exist (two life domains chosen, and one counted) are
boxes of their own, `Space.impossible`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property
from itertools import combinations, product
from typing import Any

from organisations.routing.analysis.solver import Box, meet, without_repeats
from organisations.routing.conditions import (
    All,
    Any_,
    Condition,
    Leaf,
    Not,
    kind_of,
    leaves,
    plain_test,
)
from organisations.routing.facts import Facts
from organisations.routing.kinds import ConditionKind
from organisations.routing.ruleset import Rule
from organisations.routing.vocabulary import UNKNOWABLE, Vocabulary

SET_FACT = "life_domains"
COUNT = "count"
DATE = "date"
OTHER_LANGUAGE = "~"
MAX_BOXES = 1024


class TooManyBoxesError(Exception):
    """A condition that is too tangled to be looked at as boxes."""


@dataclass(frozen=True, slots=True)
class Dimension:
    """One thing that can differ. `fact` is its field, `item` the life domain it is about;
    `classes` are the values that no condition tells apart."""

    fact: str
    classes: tuple[tuple[Any, ...], ...]
    item: str | None = None


def possible_values(fact: str, vocabulary: Vocabulary) -> tuple[Any, ...]:
    """Give every value a fact can have in this partnership, None where it may be missing."""
    if fact == "safety":
        return (False, True)
    if fact == "household_lead":
        return (None, *vocabulary.organisations)
    values: tuple[Any, ...] = vocabulary.values(fact)
    if fact == "language":
        return (*values, OTHER_LANGUAGE)
    return (*values, None) if fact in UNKNOWABLE else values


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
        self._leaves = list(dict.fromkeys(_usable_leaves(conditions)))
        self.days = _days(rules, on)
        self.dimensions: tuple[Dimension, ...] = tuple(self._dimensions())
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

    def _dimensions(self) -> Iterable[Dimension]:
        facts = {name for leaf in self._leaves for name in _kind(leaf).reads}
        for fact in sorted(facts - {SET_FACT}):
            yield Dimension(fact, self._classes(fact, facts))
        if SET_FACT in facts:
            for item in self._items():
                yield Dimension(SET_FACT, ((False,), (True,)), item)
            if any(_counts(leaf) for leaf in self._leaves):
                yield Dimension(COUNT, self._counted())
        if len(self.days) > 1:
            yield Dimension(DATE, tuple((day,) for day in self.days))

    def _items(self) -> list[str]:
        """The life domains that some condition looks at, all where one counts them."""
        named: set[str] = set()
        for leaf in self._leaves:
            if _counts(leaf):
                return list(self.vocabulary.life_domains)
            if SET_FACT in _kind(leaf).reads:
                named |= set(leaf.values)
        return [item for item in self.vocabulary.life_domains if item in named]

    def _counted(self) -> tuple[tuple[int, ...], ...]:
        """Put numbers of life domains together for which every leaf that counts answers alike."""
        tests = [plain_test(leaf) for leaf in self._leaves if _counts(leaf)]
        groups: dict[tuple[bool, ...], list[int]] = {}
        for number in range(len(self.vocabulary.life_domains) + 1):
            chosen = Facts(life_domains=frozenset(list(self.vocabulary.life_domains)[:number]))
            groups.setdefault(tuple(test(chosen) for test in tests), []).append(number)
        return tuple(tuple(group) for group in groups.values())

    def _classes(self, fact: str, facts: set[str]) -> tuple[tuple[Any, ...], ...]:
        """Put values together for which every leaf that reads this fact answers the same."""
        reading = [leaf for leaf in self._leaves if fact in _kind(leaf).reads]
        groups: dict[Any, list[Any]] = {}
        for value in possible_values(fact, self.vocabulary):
            answers: list[Any] = []
            for leaf in reading:
                others = [name for name in _kind(leaf).reads if name != fact]
                test = plain_test(leaf)
                choices = [possible_values(name, self.vocabulary) for name in others]
                answers.extend(
                    test(replace(Facts(), **{fact: value}, **dict(zip(others, more, strict=True))))
                    for more in product(*choices)
                )
            if fact == "neighbourhood" and "municipality" in facts:
                entry = self.vocabulary.neighbourhoods.get(value)
                answers.append(entry.municipality if entry else None)
            groups.setdefault(tuple(answers), []).append(value)
        return tuple(tuple(group) for group in groups.values())

    def impossible(self) -> list[Box]:
        """Give boxes that together hold exactly the combinations that don't exist."""
        return [*self._wrong_places(), *self._wrong_counts()]

    def _wrong_places(self) -> Iterable[Box]:
        """A neighbourhood in another municipality than its own."""
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
        """More life domains chosen than counted, or fewer."""
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
        """Give the box of the days on which a rule is active, None where there are none left."""
        mask = 0
        for index, day in enumerate(self.days):
            if rule.active(day):
                mask |= 1 << index
        if not mask:
            return None
        place = self.index.get((DATE, None))
        return self.everything if place is None else self._box({place: mask})

    def boxes(self, condition: Condition, *, wanted: bool = True) -> list[Box]:
        """Give boxes whose union is exactly where the condition is true (or, not wanted, false).

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
        """Give boxes of what lies in both unions. Raises TooManyBoxesError."""
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
            if _counts(leaf):
                found = self._counting(leaf, wanted)
            elif SET_FACT in _kind(leaf).reads:
                found = self._set_leaf(leaf, wanted)
            else:
                found = self._plain(leaf, wanted)
            self._boxes_of[leaf, wanted] = found
        return found

    def _plain(self, leaf: Leaf, wanted: bool) -> list[Box]:
        """Boxes of a leaf on single facts: the last fact is a mask, the others one by one."""
        test, names = plain_test(leaf), _kind(leaf).reads
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
        """Boxes of a leaf that counts the life domains, whichever they are."""
        test, place = plain_test(leaf), self.index[COUNT, None]
        items = list(self.vocabulary.life_domains)
        mask = 0
        for index, numbers in enumerate(self.dimensions[place].classes):
            if test(Facts(life_domains=frozenset(items[: numbers[0]]))) is wanted:
                mask |= 1 << index
        return [self._box({place: mask})] if mask else []

    def _set_leaf(self, leaf: Leaf, wanted: bool) -> list[Box]:
        """Boxes of a leaf that names life domains.

        Such a condition only ever turns one way when a life domain is added (a test holds
        that), so where none and all of the open ones give one answer, everything between does.
        """
        test = plain_test(leaf)
        # A life domain that no longer exists is never chosen.
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
        self, present: frozenset[str], absent: frozenset[str], items: frozenset[str], answer: Any
    ) -> Box:
        """Drop every life domain from a box that makes no difference to the answer."""
        for item in sorted(present | absent):
            fewer_present, fewer_absent = present - {item}, absent - {item}
            if answer(fewer_present) and answer(items - fewer_absent):
                present, absent = fewer_present, fewer_absent
        allowed = {self.index[SET_FACT, item]: 0b10 for item in present}
        return self._box(allowed | {self.index[SET_FACT, item]: 0b01 for item in absent})

    def example(self, box: Box) -> tuple[Facts, date]:
        """Give facts and a day that lie in a box which holds nothing impossible."""
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


def usable(condition: Condition, vocabulary: Vocabulary) -> bool:
    """Whether a condition gives an answer for every value of the facts it reads."""
    for leaf in leaves(condition):
        kind = kind_of(leaf)
        if kind is None:
            return False
        test = plain_test(leaf)
        names = [name for name in kind.reads if name != SET_FACT]
        try:
            for values in product(*(possible_values(name, vocabulary) for name in names)):
                test(replace(Facts(), **dict(zip(names, values, strict=True))))
        except Exception:  # noqa: BLE001 - any failure means the same: it can't be evaluated
            return False
    return True


def _usable_leaves(conditions: Iterable[Condition]) -> Iterable[Leaf]:
    for condition in conditions:
        yield from leaves(condition)


def _kind(leaf: Leaf) -> ConditionKind:
    kind = kind_of(leaf)
    assert kind is not None, leaf.kind
    return kind


def _counts(leaf: Leaf) -> bool:
    """Whether a leaf looks at how many life domains there are, not at which (a test holds that)."""
    kind = _kind(leaf)
    return SET_FACT in kind.reads and kind.choices != SET_FACT


def _days(rules: Iterable[Rule], on: date) -> tuple[date, ...]:
    """Give the first day of each stretch, from now on, in which the same rules are active."""
    starts = {on}
    for rule in rules:
        if rule.active_from is not None and rule.active_from > on:
            starts.add(rule.active_from)
        if rule.active_until is not None and rule.active_until >= on:
            starts.add(rule.active_until + timedelta(1))
    return tuple(sorted(starts))
