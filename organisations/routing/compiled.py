"""A rule set compiled to integer bit masks, and the plain evaluation it is tested against.

Every rule becomes one or more *terms*: conjunctions of (negated) leaves. Each term has one bit,
in the order of the rules. Leaves are grouped by the facts they read; for each value of such a
fact there is one mask of the terms that value leaves standing. A decision is then a handful of
dictionary look-ups and `&`, and the lowest bit left is the first rule that matches. A mask is
made when a value is first seen, so sets of life domains and new languages need no list.

A rule whose leaf fails for a value gets a bit in a second mask: where it could be the first,
its predicate is really evaluated, with the same short cuts as django-rules, and a failure sends
the question to triage. The same is done for the rare rule with too many terms.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

from rules.predicates import Predicate

from organisations.routing.conditions import (
    All,
    Any_,
    BrokenConditionError,
    Condition,
    Leaf,
    Not,
    as_predicate,
    kind_of,
    leaves,
    plain_test,
)
from organisations.routing.facts import Facts
from organisations.routing.offer import NO_OFFER, Offer
from organisations.routing.outcome import (
    Destination,
    Fault,
    Outcome,
    destination,
    matched,
    to_triage,
)
from organisations.routing.ruleset import Rule, RuleSetSpec
from organisations.routing.vocabulary import Vocabulary

if TYPE_CHECKING:
    from organisations.routing.explain import Trace

MAX_TERMS = 64
MAX_MEMO = 8192
MAX_DATES = 400
Literal = tuple[Leaf, bool]


def terms(condition: Condition, *, limit: int = MAX_TERMS) -> list[frozenset[Literal]] | None:
    """Give the condition as an or of ands of (leaf, wanted); None beyond `limit` terms."""
    try:
        return _terms(condition, wanted=True, limit=limit)
    except _TooManyTermsError:
        return None


class _TooManyTermsError(Exception):
    """The condition has more terms than are worth a bit each."""


def _terms(condition: Condition, *, wanted: bool, limit: int) -> list[frozenset[Literal]]:
    match condition:
        case Leaf():
            return [frozenset({(condition, wanted)})]
        case Not(part):
            return _terms(part, wanted=not wanted, limit=limit)
        case All(parts) | Any_(parts):
            split = [_terms(part, wanted=wanted, limit=limit) for part in parts]
            if isinstance(condition, All) is wanted:
                return _product(split, limit)
            joined = list(dict.fromkeys(term for part in split for term in part))
            if len(joined) > limit:
                raise _TooManyTermsError
            return joined


def _product(split: list[list[frozenset[Literal]]], limit: int) -> list[frozenset[Literal]]:
    result: list[frozenset[Literal]] = [frozenset()]
    for part in split:
        result = list(
            dict.fromkeys(
                one | other
                for one in result
                for other in part
                if not any((leaf, not wanted) in one for leaf, wanted in other)
            )
        )
        if len(result) > limit:
            raise _TooManyTermsError
    return result


class _Table:
    """The leaves that read the same facts, and for each value the masks of what is left."""

    __slots__ = ("_all", "_leaves", "_memo", "key_of")

    def __init__(self, key_of: Callable[[Facts], Any], everything: int) -> None:
        self.key_of = key_of
        self._all = everything
        self._leaves: list[tuple[Callable[[Facts], bool], int, int, int]] = []
        self._memo: dict[Any, tuple[int, int]] = {}

    def add(self, test: Callable[[Facts], bool], positive: int, negative: int, rules: int) -> None:
        """Add a leaf with the terms that want it, those that refuse it, and its rules."""
        self._leaves.append((test, positive, negative, rules))

    def look(self, facts: Facts) -> tuple[int, int]:
        """Give the terms left standing, and the terms of rules that must be evaluated."""
        key = self.key_of(facts)
        found = self._memo.get(key)
        if found is None:
            found = self._work_out(facts)
            if len(self._memo) < MAX_MEMO:
                self._memo[key] = found
        return found

    def _work_out(self, facts: Facts) -> tuple[int, int]:
        killed = risky = 0
        for test, positive, negative, rules in self._leaves:
            try:
                killed |= negative if test(facts) else positive
            except Exception:  # noqa: BLE001 - any failure of a rule is handled where it is reached
                risky |= rules
        return self._all & ~killed, risky


@dataclass(frozen=True, slots=True)
class Choice:
    """The rule that decides and where it leads; both None for triage."""

    rule: Rule | None = None
    found: Destination | None = None
    fault: Fault | None = None


class CompiledRuleSet:
    """A rule set ready to decide. Make it once a version with `compile_rules` and keep it."""

    def __init__(self, spec: RuleSetSpec, vocabulary: Vocabulary) -> None:
        self.spec = spec
        self.vocabulary = vocabulary
        self.rules: tuple[Rule, ...] = spec.in_order()
        self.predicates: tuple[Predicate, ...] = tuple(as_predicate(r.when) for r in self.rules)
        self._rule_of: list[int] = []
        self._bits_of: list[int] = []
        self._base = 0
        self._opaque = 0
        self._active_memo: dict[date, tuple[int, frozenset[str]]] = {}
        wanted: dict[Leaf, list[int]] = {}
        for index, rule in enumerate(self.rules):
            self._place(index, rule, wanted)
        self._tables = self._make_tables(wanted)

    def _place(self, index: int, rule: Rule, wanted: dict[Leaf, list[int]]) -> None:
        """Give a rule its bits and note which of them want or refuse which leaf."""
        start = len(self._rule_of)
        found = terms(rule.when)
        own = list(leaves(rule.when))
        if found is None or any(kind_of(leaf) is None for leaf in own):
            self._rule_of.append(index)
            self._bits_of.append(1 << start)
            self._base |= 1 << start
            self._opaque |= 1 << start
            return
        # A rule that can never be true still has a bit: evaluating it may fail.
        self._rule_of.extend([index] * max(1, len(found)))
        mask = 0
        for offset in range(max(1, len(found))):
            mask |= 1 << (start + offset)
        self._bits_of.append(mask)
        for leaf in own:
            wanted.setdefault(leaf, [0, 0, 0])[2] |= mask
        for offset, term in enumerate(found):
            bit = 1 << (start + offset)
            self._base |= bit
            for leaf, want in term:
                wanted[leaf][0 if want else 1] |= bit

    def _make_tables(self, wanted: dict[Leaf, list[int]]) -> tuple[_Table, ...]:
        everything = (1 << len(self._rule_of)) - 1
        tables: dict[tuple[str, ...], _Table] = {}
        for leaf, (positive, negative, mentioned) in wanted.items():
            kind = kind_of(leaf)
            assert kind is not None
            table = tables.get(kind.reads)
            if table is None:
                table = tables[kind.reads] = _Table(kind.key_of, everything)
            try:
                table.add(plain_test(leaf), positive, negative, mentioned)
            except BrokenConditionError:
                self._opaque |= mentioned
        return tuple(tables.values())

    def _on(self, on: date) -> tuple[int, frozenset[str]]:
        """Give the bits of the rules active on a day, and the organisations that take part."""
        found = self._active_memo.get(on)
        if found is None:
            active = 0
            for rule, bits in zip(self.rules, self._bits_of, strict=True):
                if rule.active(on):
                    active |= bits
            partners = frozenset(
                slug
                for slug, entry in self.vocabulary.organisations.items()
                if entry.takes_part(on)
            )
            if len(self._active_memo) >= MAX_DATES:
                self._active_memo.clear()
            found = self._active_memo[on] = (active, partners)
        return found

    def choose(self, facts: Facts, *, on: date, offer: Offer = NO_OFFER) -> Choice:
        """Find the first rule that decides, without the words for it: see `decide`."""
        active, partners = self._on(on)
        standing, risky = active & self._base, self._opaque
        for table in self._tables:
            left, failing = table.look(facts)
            standing &= left
            risky |= failing
        risky &= active
        candidates = standing | risky
        while candidates:
            bit = candidates & -candidates
            index = self._rule_of[bit.bit_length() - 1]
            rule = self.rules[index]
            try:
                if not risky & bit or self.predicates[index].test(facts):
                    found = self._destination(rule, facts, on, offer, partners)
                    if found is not None:
                        return Choice(rule, found)
            except Exception as error:  # noqa: BLE001 - a failing rule must not lose a question
                return Choice(fault=Fault(rule.key, type(error).__name__))
            candidates &= ~self._bits_of[index]
        return Choice()

    def choose_plainly(self, facts: Facts, *, on: date, offer: Offer = NO_OFFER) -> Choice:
        """Find the same by testing each rule's django-rules predicate in turn.

        Slow and obvious: it is what `choose` is tested against.
        """
        partners = self._on(on)[1]
        for rule, predicate in zip(self.rules, self.predicates, strict=True):
            if not rule.active(on):
                continue
            try:
                if predicate.test(facts):
                    found = self._destination(rule, facts, on, offer, partners)
                    if found is not None:
                        return Choice(rule, found)
            except Exception as error:  # noqa: BLE001 - as in choose
                return Choice(fault=Fault(rule.key, type(error).__name__))
        return Choice()

    def _destination(
        self, rule: Rule, facts: Facts, on: date, offer: Offer, partners: frozenset[str]
    ) -> Destination | None:
        return destination(
            rule,
            facts,
            on=on,
            offer=offer,
            vocabulary=self.vocabulary,
            triage=self.spec.triage,
            taking_part=partners,
        )

    def decide(self, facts: Facts, *, on: date, offer: Offer = NO_OFFER) -> Outcome:
        """Decide who picks a question up on a local day, with the offer of that moment.

        Never raises for a rule that fails: that question goes to triage, and `Outcome.fault`
        names the rule.
        """
        return self._outcome(self.choose(facts, on=on, offer=offer), facts, on, offer)

    def decide_plainly(self, facts: Facts, *, on: date, offer: Offer = NO_OFFER) -> Outcome:
        """Decide by `choose_plainly`: for tests and the bench."""
        return self._outcome(self.choose_plainly(facts, on=on, offer=offer), facts, on, offer)

    def _outcome(self, choice: Choice, facts: Facts, on: date, offer: Offer) -> Outcome:
        explain = partial(self.trace, facts, on=on, offer=offer)
        if choice.rule is None or choice.found is None:
            return to_triage(
                facts,
                triage=self.spec.triage,
                vocabulary=self.vocabulary,
                version=self.spec.version,
                fault=choice.fault,
                explain=explain,
            )
        return matched(
            choice.rule,
            facts,
            choice.found,
            vocabulary=self.vocabulary,
            version=self.spec.version,
            offer=offer,
            taking_part=self._on(on)[1],
            explain=explain,
        )

    def trace(self, facts: Facts, *, on: date, offer: Offer = NO_OFFER) -> Trace:
        """Explain for staff how these facts are decided."""
        from organisations.routing.explain import trace

        return trace(self, facts, on=on, offer=offer)


def compile_rules(spec: RuleSetSpec, vocabulary: Vocabulary) -> CompiledRuleSet:
    """Compile a rule set. Never raises for a rule that can't be evaluated: see `decide`."""
    return CompiledRuleSet(spec, vocabulary)
