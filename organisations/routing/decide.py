"""A rule set compiled to plain functions, ready to decide.

The rules are tried in order; the first that matches and has a destination decides
(docs/decisions/0007-rules-are-tried-in-order.md has the figures).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from organisations.routing.conditions import kind_of, leaves
from organisations.routing.destination import Destination, destination
from organisations.routing.evaluation import CompiledRule, compile_condition, taking_part_on
from organisations.routing.explain import explain
from organisations.routing.facts import Facts
from organisations.routing.offer import NO_OFFER, Offer
from organisations.routing.outcome import Fault, Outcome, matched, to_triage
from organisations.routing.ruleset import Rule, RuleSetSpec
from organisations.routing.trace import Trace
from organisations.routing.vocabulary import Vocabulary

MAX_DATES = 400
"""Days remembered: more than the past year that a simulation asks for."""


@dataclass(frozen=True, slots=True)
class Choice:
    """The rule that decides and where it leads; both None for triage."""

    rule: Rule | None = None
    destination: Destination | None = None
    fault: Fault | None = None


class CompiledRuleSet:
    """A rule set ready to decide. Compile each version once with `compile_rules` and keep it."""

    def __init__(self, spec: RuleSetSpec, vocabulary: Vocabulary) -> None:
        self.spec = spec
        self.vocabulary = vocabulary
        self.rules: tuple[CompiledRule, ...] = tuple(
            CompiledRule(rule, compile_condition(rule.when)) for rule in spec.in_order()
        )
        self.reads_offer = any(
            (kind := kind_of(leaf)) is not None and "offered_by" in kind.reads
            for rule in spec.rules
            for leaf in leaves(rule.when)
        )
        self._by_day: dict[date, tuple[tuple[CompiledRule, ...], frozenset[str]]] = {}

    def _on(self, on: date) -> tuple[tuple[CompiledRule, ...], frozenset[str]]:
        """Return the rules active on a day, and the organisations that take part."""
        known = self._by_day.get(on)
        if known is None:
            if len(self._by_day) >= MAX_DATES:
                self._by_day.clear()
            active = tuple(rule for rule in self.rules if rule.rule.active(on))
            known = self._by_day[on] = (active, taking_part_on(self.vocabulary, on))
        return known

    def with_offer(self, facts: Facts, *, on: date, offer: Offer) -> Facts:
        """Return the facts with who else has an open service, where a rule reads that.

        Facts that have it already keep it: a stored decision is explained with the offer of then.
        """
        if not self.reads_offer or facts.offered_by is not None:
            return facts
        return replace(facts, offered_by=offer.open_to(facts, self._on(on)[1]))

    def choose(self, facts: Facts, *, on: date, offer: Offer = NO_OFFER) -> Choice:
        """Find the first rule that decides, without the sentences of `decide`."""
        active, partners = self._on(on)
        facts = self.with_offer(facts, on=on, offer=offer)
        for compiled in active:
            try:
                if compiled.matches(facts):
                    found = destination(
                        compiled.rule,
                        facts,
                        offer=offer,
                        vocabulary=self.vocabulary,
                        triage=self.spec.triage,
                        taking_part=partners,
                    )
                    if found is not None:
                        return Choice(compiled.rule, found)
            except Exception as error:  # noqa: BLE001 - a failing rule must not lose a question
                return Choice(fault=Fault(compiled.rule.key, type(error).__name__))
        return Choice()

    def decide(
        self, facts: Facts, *, on: date, offer: Offer = NO_OFFER, near: Sequence[str] = ()
    ) -> Outcome:
        """Decide who picks a question up on a local day, with the offer of that moment.

        `near` are keys of services nearest the resident's words. They change which service the
        reason names, never who picks the question up.
        Never raises for a rule that fails: that question goes to triage, and `Outcome.fault`
        names the rule.
        """
        facts = self.with_offer(facts, on=on, offer=offer)
        choice = self.choose(facts, on=on, offer=offer)
        explain_later = partial(self.trace, facts, on=on, offer=offer)
        if choice.rule is None or choice.destination is None:
            return to_triage(
                facts,
                triage=self.spec.triage,
                vocabulary=self.vocabulary,
                version=self.spec.version,
                fault=choice.fault,
                explain=explain_later,
            )
        return matched(
            choice.rule,
            facts,
            choice.destination,
            vocabulary=self.vocabulary,
            version=self.spec.version,
            offer=offer,
            taking_part=self._on(on)[1],
            near=near,
            explain=explain_later,
        )

    def trace(self, facts: Facts, *, on: date, offer: Offer = NO_OFFER) -> Trace:
        """Explain for staff how these facts are decided."""
        facts = self.with_offer(facts, on=on, offer=offer)
        return explain(self.spec, self.rules, facts, vocabulary=self.vocabulary, on=on, offer=offer)


def compile_rules(spec: RuleSetSpec, vocabulary: Vocabulary) -> CompiledRuleSet:
    """Compile a rule set. Never raises for a rule that can't be evaluated: see `decide`."""
    return CompiledRuleSet(spec, vocabulary)
