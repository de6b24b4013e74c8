"""The completeness check says exactly what trying every combination would say."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import chain, combinations, product

from hypothesis import given, settings
from hypothesis import strategies as st

from organisations.routing import (
    HOUSEHOLD_KEY,
    Facts,
    Offer,
    Rule,
    RuleSetSpec,
    ServiceOffer,
    Target,
    TargetKind,
    compile_rules,
)
from organisations.routing.analysis.cases import Case
from organisations.routing.analysis.completeness import analyse
from organisations.routing.analysis.findings import DeadBecause
from organisations.routing.analysis.target_conditions import service_condition
from organisations.routing.conditions import All, Any_, Leaf, Not
from tests.organisations.routing import strategies as some
from tests.organisations.routing.oracle import as_predicate as predicate_of

TO_A = Target(TargetKind.ORGANISATION, "aa")
TO_B = Target(TargetKind.ORGANISATION, "bb")

leaf = st.one_of(
    some._some(("geld", "werk", "opvoeden")).map(lambda v: Leaf("life_domains_any", v)),
    some._some(("geld", "werk", "opvoeden")).map(lambda v: Leaf("life_domains_all", v)),
    st.integers(1, 3).map(lambda number: Leaf("life_domains_at_least", number=number)),
    some._some(("0-11", "67+", "unknown")).map(lambda v: Leaf("age_band", v)),
    some._some(("noord", "zuid", "unknown")).map(lambda v: Leaf("neighbourhood", v)),
    some._some(("GM0001", "unknown")).map(lambda v: Leaf("municipality", v)),
    some._some(("welfare", "wmo")).map(lambda v: Leaf("kind", v)),
    st.just(Leaf("danger")),
    st.just(Leaf("household")),
)
condition = st.recursive(
    leaf,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(lambda parts: All(tuple(parts))),
        st.lists(inner, max_size=3).map(lambda parts: Any_(tuple(parts))),
        inner.map(Not),
    ),
    max_leaves=5,
)


# A safety net beside other conditions: where it is negated too, its bounds are only bounds.
with_net = st.one_of(
    condition,
    st.tuples(some._some(("aa", "bb")).map(lambda v: Leaf("safety_net", v)), condition).map(All),
)

WORLD = replace(some.SMALL, life_domains={slug: slug for slug in ("geld", "werk", "opvoeden")})


def every_combination() -> Iterator[Facts]:
    """Every combination the conditions above can tell apart."""
    domains = ("geld", "werk", "opvoeden")
    sets = [frozenset(s) for s in chain.from_iterable(combinations(domains, n) for n in range(4))]
    places = [
        ("noord", "GM0001"),
        ("zuid", "GM0002"),
        *((None, m) for m in (None, "GM0001", "GM0002")),
    ]
    for chosen, age, (place, gm), kind, urgency, linked in product(
        sets, (None, "0-11", "16-17", "67+", "27-66"), places,
        ("welfare", "advice", "wmo", "debts"),
        ("normal", "danger"), (None, "aa"),
    ):  # fmt: skip
        yield Facts(
            life_domains=chosen, age_band=age, neighbourhood=place, municipality=gm, kind=kind,
            urgency=urgency, household_lead=linked,
        )  # fmt: skip


EVERY = list(every_combination())


class Tried:
    """The same questions, answered by trying every combination on every day that matters."""

    def __init__(self, spec: RuleSetSpec, offer: Offer, on: date) -> None:
        # A question that its asker linked is looked at as if it were not linked.
        self.rules = tuple(rule for rule in spec.in_order() if rule.key != HOUSEHOLD_KEY)
        days = {on}
        for rule in self.rules:
            days |= {day for day in (rule.active_from,) if day and day > on}
            days |= {day + timedelta(1) for day in (rule.active_until,) if day and day >= on}
        self.where = [(facts, day) for day in sorted(days) for facts in EVERY]
        self.all = (1 << len(self.where)) - 1
        self.offering: dict[Facts, tuple[frozenset[str], frozenset[str]]] = {}
        self.condition: dict[str, int] = {}
        self.possible: dict[str, int] = {}
        self.sure: dict[str, int] = {}
        self.active: dict[str, bool] = {}
        for rule in self.rules:
            holds = predicate_of(rule.when).test
            condition = possible = sure = 0
            for place, (facts, day) in enumerate(self.where):
                always, sometimes = self._offering(facts, offer)
                if not rule.active(day) or not holds(replace(facts, offered_by=always)):
                    continue
                condition |= 1 << place
                may, does = self._target(rule, facts, offer)
                possible |= may << place
                sure |= (does and holds(replace(facts, offered_by=sometimes))) << place
            self.condition[rule.key], self.possible[rule.key] = condition, possible
            self.sure[rule.key] = sure
            self.active[rule.key] = any(rule.active(day) for day in days)

    def _offering(self, facts: Facts, offer: Offer) -> tuple[frozenset[str], frozenset[str]]:
        """Who surely has a fitting service, and who may have one."""
        if facts not in self.offering:
            fits = [s for s in offer.services if s.suits(facts) and s.capacity != 0]
            sure = [s for s in fits if s.capacity is None and s.waiting_weeks == 0]
            self.offering[facts] = (
                frozenset(s.organisation for s in sure),
                frozenset(s.organisation for s in fits),
            )
        return self.offering[facts]

    @staticmethod
    def _target(rule: Rule, facts: Facts, offer: Offer) -> tuple[bool, bool]:
        if rule.to.kind is TargetKind.HOUSEHOLD:
            return (facts.household_lead is not None,) * 2
        if rule.to.kind is TargetKind.NEIGHBOURHOOD_TEAM:
            return (some.SMALL.team_of(facts.neighbourhood) is not None,) * 2
        if rule.to.kind is TargetKind.FITTING_SERVICE:
            fits = [
                service
                for service in offer.services
                if service.suits(facts)
                and service.capacity != 0
                and (not rule.to.layers or service.layer in rule.to.layers)
            ]
            return bool(fits), any(
                service.capacity is None and service.waiting_weeks == 0 for service in fits
            )
        return True, True

    def dead(self) -> dict[str, DeadBecause]:
        result = {}
        taken = 0
        for rule in self.rules:
            key = rule.key
            if not key.startswith("_") and self.active[key] and not self.possible[key] & ~taken:
                result[key] = (
                    DeadBecause.CONTRADICTION
                    if not self.condition[key]
                    else DeadBecause.SHADOWED
                    if self.possible[key]
                    else DeadBecause.NOWHERE
                )
            taken |= self.sure[key]
        return result


def union(masks: Iterator[int]) -> int:
    result = 0
    for mask in masks:
        result |= mask
    return result


def holds(case: Case, facts: Facts, day: date) -> bool:
    """Whether these facts on this day are one of the combinations of a case."""
    chosen = facts.life_domains
    return (
        all(getattr(facts, name) in values for name, values in case.only.items())
        and chosen.issuperset(case.present)
        and chosen.isdisjoint(case.absent)
        and (not case.one_of or not chosen.isdisjoint(case.one_of))
        and (not case.counts or len(chosen) in case.counts)
        and (not case.days or any(a <= day and (b is None or day <= b) for a, b in case.days))
    )


def covered(cases: object, tried: Tried) -> int:
    result = 0
    for place, (facts, day) in enumerate(tried.where):
        if any(holds(case, facts, day) for case in cases):  # type: ignore[attr-defined]
            result |= 1 << place
    return result


@given(some.rule_sets(max_rules=5, conditions=with_net), some.offers)
@settings(max_examples=50, deadline=None)
def test_it_agrees_with_trying_everything(spec: RuleSetSpec, offer: Offer) -> None:
    found = analyse(spec, WORLD, on=some.DAY, offer=offer, limit=500)
    tried = Tried(spec, offer, some.DAY)

    assert {rule.key: rule.because for rule in found.dead} == tried.dead()
    possible = union(iter(tried.possible.values()))
    sure = union(iter(tried.sure.values()))
    assert not found.more
    assert covered(found.only_triage, tried) == tried.all & ~possible
    assert covered(found.triage_when_full, tried) == possible & ~sure & tried.all
    for rule in found.dead:
        if rule.because is DeadBecause.SHADOWED:
            shadows = [tried.sure[key] for key in rule.shadowed_by]
            assert not tried.possible[rule.key] & ~union(iter(shadows))
            for index in range(len(shadows)):
                rest = shadows[:index] + shadows[index + 1 :]
                assert tried.possible[rule.key] & ~union(iter(rest)), "a rule could be left out"


@given(some.rule_sets(max_rules=5, conditions=with_net), some.offers)
@settings(max_examples=50, deadline=None)
def test_the_example_of_a_case_really_goes_to_triage(spec: RuleSetSpec, offer: Offer) -> None:
    found = analyse(spec, some.SMALL, on=some.DAY, offer=offer)
    compiled = compile_rules(spec, some.SMALL)
    for case in found.only_triage:
        assert holds(case, case.facts, case.day)
        assert compiled.decide(case.facts, on=case.day, offer=offer).rule is None


@given(some.service, some.facts)
@settings(max_examples=300)
def test_a_service_as_a_condition_suits_the_same_questions(
    service: ServiceOffer, facts: Facts
) -> None:
    assert predicate_of(service_condition(service)).test(facts) == service.suits(facts)
