"""The dimensions in which a set of conditions can distinguish questions.

Values of a fact that every condition treats alike are one *class*; a fact that no condition reads
has no dimension. A fact that is a set (the life domains) has one dimension, absent or present, for
each value, and one for the number chosen where a condition counts them. Days from now on are
divided where a rule begins or ends.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import product
from typing import Any

from organisations.routing.conditions import Condition, Leaf, kind_of, leaves, plain_test
from organisations.routing.facts import Facts
from organisations.routing.kinds import ConditionKind
from organisations.routing.ruleset import Rule
from organisations.routing.vocabulary import UNKNOWABLE, Vocabulary

SET_FACT = "life_domains"
COUNT = "count"
DATE = "date"
OTHER_LANGUAGE = "~"


@dataclass(frozen=True, slots=True)
class Dimension:
    """One dimension: its fact, its classes of values, and the life domain (`item`) of a set's."""

    fact: str
    classes: tuple[tuple[Any, ...], ...]
    item: str | None = None


def possible_values(fact: str, vocabulary: Vocabulary) -> tuple[Any, ...]:
    """Return every value a fact can have in this partnership, None where it may be missing."""
    if fact == "safety":
        return (False, True)
    if fact == "offered_by":
        # Follows from the other facts and the offer: `offer_conditions` takes it out.
        return (frozenset(),)
    if fact == "household_lead":
        return (None, *vocabulary.organisations)
    values: tuple[Any, ...] = vocabulary.values(fact)
    if fact == "language":
        return (*values, OTHER_LANGUAGE)
    return (*values, None) if fact in UNKNOWABLE else values


def dimensions_of(
    used: Sequence[Leaf], days: Sequence[date], vocabulary: Vocabulary
) -> Iterable[Dimension]:
    """Yield the dimensions in which these leaves and days distinguish questions."""
    facts = {name for leaf in used for name in required_kind(leaf).reads}
    for fact in sorted(facts - {SET_FACT}):
        yield Dimension(fact, _classes(fact, facts, used, vocabulary))
    if SET_FACT in facts:
        for item in _items(used, vocabulary):
            yield Dimension(SET_FACT, ((False,), (True,)), item)
        if any(counts_life_domains(leaf) for leaf in used):
            yield Dimension(COUNT, _counted(used, vocabulary))
    if len(days) > 1:
        yield Dimension(DATE, tuple((day,) for day in days))


def _items(used: Sequence[Leaf], vocabulary: Vocabulary) -> list[str]:
    """Return the life domains that conditions name; all of them where one counts them."""
    named: set[str] = set()
    for leaf in used:
        if counts_life_domains(leaf):
            return list(vocabulary.life_domains)
        if SET_FACT in required_kind(leaf).reads:
            named |= set(leaf.values)
    return [item for item in vocabulary.life_domains if item in named]


def _counted(used: Sequence[Leaf], vocabulary: Vocabulary) -> tuple[tuple[int, ...], ...]:
    """Group the numbers of life domains that every counting leaf treats alike."""
    tests = [plain_test(leaf) for leaf in used if counts_life_domains(leaf)]
    groups: dict[tuple[bool, ...], list[int]] = {}
    for number in range(len(vocabulary.life_domains) + 1):
        chosen = Facts(life_domains=frozenset(list(vocabulary.life_domains)[:number]))
        groups.setdefault(tuple(test(chosen) for test in tests), []).append(number)
    return tuple(tuple(group) for group in groups.values())


def _classes(
    fact: str, facts: set[str], used: Sequence[Leaf], vocabulary: Vocabulary
) -> tuple[tuple[Any, ...], ...]:
    """Group the values of a fact that every leaf reading it treats alike."""
    reading = [leaf for leaf in used if fact in required_kind(leaf).reads]
    groups: dict[Any, list[Any]] = {}
    for value in possible_values(fact, vocabulary):
        answers: list[Any] = []
        for leaf in reading:
            others = [name for name in required_kind(leaf).reads if name != fact]
            test = plain_test(leaf)
            choices = [possible_values(name, vocabulary) for name in others]
            answers.extend(
                test(replace(Facts(), **{fact: value}, **dict(zip(others, more, strict=True))))
                for more in product(*choices)
            )
        if fact == "neighbourhood" and "municipality" in facts:
            entry = vocabulary.neighbourhoods.get(value)
            answers.append(entry.municipality if entry else None)
        groups.setdefault(tuple(answers), []).append(value)
    return tuple(tuple(group) for group in groups.values())


def usable(condition: Condition, vocabulary: Vocabulary) -> bool:
    """Whether a condition can be evaluated for every value of the facts it reads."""
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


def required_kind(leaf: Leaf) -> ConditionKind:
    """Return the kind of a leaf that is known to be usable."""
    kind = kind_of(leaf)
    assert kind is not None, leaf.kind
    return kind


def counts_life_domains(leaf: Leaf) -> bool:
    """Whether a leaf reads how many life domains there are, not which (a test checks this)."""
    kind = required_kind(leaf)
    return SET_FACT in kind.reads and kind.choices != SET_FACT


def days_of(rules: Iterable[Rule], on: date) -> tuple[date, ...]:
    """Return the first day of each period, from now on, with the same active rules."""
    starts = {on}
    for rule in rules:
        if rule.active_from is not None and rule.active_from > on:
            starts.add(rule.active_from)
        if rule.active_until is not None and rule.active_until >= on:
            starts.add(rule.active_until + timedelta(1))
    return tuple(sorted(starts))
