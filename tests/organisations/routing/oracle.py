"""Conditions and decisions by django-rules alone: slow and obvious, to compare the product with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from rules.predicates import Predicate, always_false, always_true

from organisations.routing import CompiledRuleSet, Facts, Offer, Outcome
from organisations.routing.conditions import (
    All,
    Any_,
    BrokenConditionError,
    Condition,
    Leaf,
    Not,
    leaves,
    plain_test,
)
from organisations.routing.decide import Choice
from organisations.routing.destination import destination
from organisations.routing.evaluation import taking_part_on
from organisations.routing.offer import NO_OFFER
from organisations.routing.outcome import Fault, matched, to_triage


def as_predicate(condition: Condition) -> Predicate:
    """Return the condition as one django-rules predicate over the facts."""
    match condition:
        case Leaf():
            return Predicate(_leaf_function(condition), name=condition.kind)
        case Not(part):
            return ~as_predicate(part)
        case All(parts):
            result = always_true
            for index, part in enumerate(parts):
                result = as_predicate(part) if index == 0 else result & as_predicate(part)
            return result
        case Any_(parts):
            result = always_false
            for index, part in enumerate(parts):
                result = as_predicate(part) if index == 0 else result | as_predicate(part)
            return result


def _leaf_function(leaf: Leaf) -> Callable[[Facts], bool]:
    try:
        return plain_test(leaf)
    except BrokenConditionError:

        def fail(facts: Facts) -> bool:
            raise BrokenConditionError(leaf.kind)

        return fail


def decide_plainly(
    compiled: CompiledRuleSet, facts: Facts, *, on: date, offer: Offer = NO_OFFER
) -> Outcome:
    """Decide by testing each rule's predicate in turn."""
    partners = taking_part_on(compiled.vocabulary, on)
    if any(leaf.kind == "safety_net" for rule in compiled.spec.rules for leaf in leaves(rule.when)):
        facts = replace(facts, offered_by=offering(facts, offer, partners))
    choice = _choose(compiled, facts, on, offer, partners)
    if choice.rule is None or choice.destination is None:
        return to_triage(
            facts,
            triage=compiled.spec.triage,
            vocabulary=compiled.vocabulary,
            version=compiled.spec.version,
            fault=choice.fault,
            explain=None,
        )
    return matched(
        choice.rule,
        facts,
        choice.destination,
        vocabulary=compiled.vocabulary,
        version=compiled.spec.version,
        offer=offer,
        taking_part=partners,
        explain=None,
    )


def offering(facts: Facts, offer: Offer, partners: frozenset[str]) -> frozenset[str]:
    """Return who has a fitting service with room, counted service by service."""
    found = set()
    for service in offer.services:
        full = service.capacity is not None and service.in_use >= service.capacity
        here = service.organisation in partners and service.suits(facts)
        if here and not full and service.waiting_weeks == 0:
            found.add(service.organisation)
    return frozenset(found)


def _choose(
    compiled: CompiledRuleSet, facts: Facts, on: date, offer: Offer, partners: frozenset[str]
) -> Choice:
    for rule in compiled.spec.in_order():
        if not rule.active(on):
            continue
        try:
            if as_predicate(rule.when).test(facts):
                found = destination(
                    rule,
                    facts,
                    offer=offer,
                    vocabulary=compiled.vocabulary,
                    triage=compiled.spec.triage,
                    taking_part=partners,
                )
                if found is not None:
                    return Choice(rule, found)
        except Exception as error:  # noqa: BLE001 - as in CompiledRuleSet.choose
            return Choice(fault=Fault(rule.key, type(error).__name__))
    return Choice()
