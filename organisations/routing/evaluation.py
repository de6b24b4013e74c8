"""Conditions compiled to plain functions: what deciding and explaining share."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from organisations.routing.conditions import (
    All,
    Any_,
    BrokenConditionError,
    Condition,
    Leaf,
    Not,
    plain_test,
)
from organisations.routing.facts import Facts
from organisations.routing.ruleset import Rule
from organisations.routing.vocabulary import Vocabulary

Test = Callable[[Facts], bool]


@dataclass(frozen=True, slots=True)
class CompiledRule:
    """A rule with its compiled condition.

    `matches` raises whatever a condition raises: the caller sends that question to triage.
    """

    rule: Rule
    matches: Test


def compile_condition(condition: Condition) -> Test:
    """Compile a condition to one function of the facts.

    Parts are tested from left to right until the answer is known, as django-rules does. A
    condition that can no longer be evaluated raises BrokenConditionError when it is reached, not
    here, so that the other rules still work.
    """
    match condition:
        case Leaf():
            return _compile_leaf(condition)
        case Not(part):
            test = compile_condition(part)
            return lambda facts: not test(facts)
        case All(parts) | Any_(parts):
            # A loop: `all(...)` over a generator takes two to three times as long.
            tests = tuple(compile_condition(part) for part in parts)
            decisive = isinstance(condition, Any_)

            def combined(facts: Facts) -> bool:
                for test in tests:
                    if test(facts) is decisive:
                        return decisive
                return not decisive

            return combined


def _compile_leaf(leaf: Leaf) -> Test:
    try:
        return plain_test(leaf)
    except BrokenConditionError:

        def fail(facts: Facts) -> bool:
            raise BrokenConditionError(leaf.kind)

        return fail


def taking_part_on(vocabulary: Vocabulary, on: date) -> frozenset[str]:
    """Return the slugs of the organisations that take part on a day."""
    return frozenset(
        slug for slug, entry in vocabulary.organisations.items() if entry.takes_part(on)
    )
