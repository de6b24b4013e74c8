"""Who gains and who loses by another version, compared with trying every combination."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from organisations.routing import (
    NO_OFFER,
    Offer,
    Rule,
    RuleSetSpec,
    ServiceOffer,
    Target,
    TargetKind,
    Triage,
    compile_rules,
)
from organisations.routing.analysis.affected import affected
from organisations.routing.conditions import Leaf
from tests.organisations.routing import strategies as some
from tests.organisations.routing.analysis.test_completeness import EVERY, WORLD, condition

certain = st.one_of(
    st.sampled_from(("aa", "bb")).map(lambda slug: Target(TargetKind.ORGANISATION, slug)),
    st.just(Target(TargetKind.TEAM, "team-noord")),
    st.just(Target(TargetKind.NEIGHBOURHOOD_TEAM)),
    st.just(Target(TargetKind.TRIAGE)),
)
rules = st.lists(st.tuples(condition, certain), max_size=4).map(
    lambda drawn: RuleSetSpec(
        1,
        tuple(
            Rule(f"r{n}", f"Regel {n}", when, to, "zij dat doen")
            for n, (when, to) in enumerate(drawn)
        ),
        Triage("triage"),
    )
)
UNLINKED = [facts for facts in EVERY if facts.household_lead is None]


@given(rules, rules)
@settings(max_examples=40, deadline=None)
def test_it_names_exactly_who_gains_and_who_loses(old: RuleSetSpec, new: RuleSetSpec) -> None:
    found = affected(old, new, WORLD, offer=NO_OFFER, on=some.DAY)
    one, other = compile_rules(old, WORLD), compile_rules(new, WORLD)
    loses, gains = set(), set()
    for facts in UNLINKED:
        before = one.decide(facts, on=some.DAY).organisation
        after = other.decide(facts, on=some.DAY).organisation
        if before != after:
            loses.add(before)
            gains.add(after)
    # A rule that reads a household link is looked at for linked questions too.
    assert loses <= found.loses
    assert gains <= found.gains
    if not any(leaf_of_household(rule) for rule in (*old.rules, *new.rules)):
        assert (found.loses, found.gains) == (loses, gains)


def leaf_of_household(rule: Rule) -> bool:
    return "household" in str(rule.when)


def rule(key: str, to: Target, *domains: str) -> Rule:
    return Rule(key, key, Leaf("life_domains_any", domains), to, "zij dat doen")


def spec(*given_rules: Rule) -> RuleSetSpec:
    return RuleSetSpec(1, given_rules, Triage("triage"))


A, B = Target(TargetKind.ORGANISATION, "aa"), Target(TargetKind.ORGANISATION, "bb")
FITTING = Target(TargetKind.FITTING_SERVICE)


def test_a_name_a_reason_and_an_order_without_effect_ask_nobody() -> None:
    old = spec(rule("geld", A, "geld"), rule("werk", A, "werk"))
    renamed = spec(replace(old.rules[1], name="Werk!"), replace(old.rules[0], reason="zij helpen"))
    assert not affected(old, renamed, WORLD, offer=NO_OFFER, on=some.DAY).all


def test_a_rule_that_searches_touches_those_it_can_find() -> None:
    def service(slug: str, domain: str) -> ServiceOffer:
        return ServiceOffer(
            key=domain, name=domain, organisation=slug, layer=2, life_domains=frozenset({domain})
        )

    offer = Offer((service("aa", "geld"), service("bb", "werk")))
    old = spec(rule("geld", A, "geld"), rule("rest", A, "werk"))
    new = spec(rule("geld", A, "geld"), rule("rest", FITTING, "werk"))
    found = affected(old, new, WORLD, offer=offer, on=some.DAY)
    assert (found.loses, found.gains - {"triage"}) == ({"aa"}, {"bb"})
    assert not affected(new, new, WORLD, offer=offer, on=some.DAY).all
