"""The compiled rules decide exactly as the django-rules predicates do, one after another."""

from collections.abc import Iterator
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from organisations.routing import (
    DANGER_KEY,
    DecidedBy,
    Facts,
    Offer,
    OrganisationEntry,
    Rule,
    RuleSetSpec,
    Target,
    TargetKind,
    Triage,
    Vocabulary,
    compile_rules,
    parse,
    stored_rule,
)
from organisations.routing.conditions import All, Any_, Condition, Leaf
from organisations.routing.kinds import KINDS, condition
from tests.organisations.routing import strategies as some
from tests.organisations.routing.oracle import decide_plainly

TO_A = Target(TargetKind.ORGANISATION, "aa")
TO_B = Target(TargetKind.ORGANISATION, "bb")


def spec(*rules: Rule) -> RuleSetSpec:
    return RuleSetSpec(7, rules, Triage("triage"))


def rule(key: str, when: object, to: Target = TO_A, **more: object) -> Rule:
    read: Condition = parse(when)
    return Rule(key, key.title(), read, to, "omdat", **more)  # type: ignore[arg-type]


@given(some.rule_sets(), st.lists(some.facts, min_size=1, max_size=6), some.offers, some.days)
@settings(max_examples=400, deadline=None)
def test_the_compiled_rules_agree_with_the_predicates(
    rules: RuleSetSpec, several: list[Facts], offer: Offer, on: date
) -> None:
    compiled = compile_rules(rules, some.SMALL)
    for facts in several:
        assert compiled.decide(facts, on=on, offer=offer) == decide_plainly(
            compiled, facts, on=on, offer=offer
        )


@pytest.fixture
def failing_kind() -> Iterator[None]:
    """A kind of condition that fails for one value, as a careless new one might."""

    @condition("fragile", label="", says="", says_not="", reads="age_band", choices="age_band")
    def fragile(facts: Facts, values: frozenset[str]) -> bool:
        if facts.age_band is None:
            raise KeyError("no age")
        return facts.age_band in values

    yield
    del KINDS["fragile"]


@given(
    some.rule_sets(
        conditions=st.recursive(
            st.one_of(some.leaf, st.just(Leaf("fragile", ("67+",))), st.just(Leaf("gone"))),
            lambda inner: st.one_of(
                st.lists(inner, max_size=3).map(lambda parts: All(tuple(parts))),
                st.lists(inner, max_size=3).map(lambda parts: Any_(tuple(parts))),
            ),
            max_leaves=5,
        )
    ),
    st.lists(some.facts, min_size=1, max_size=6),
)
@settings(max_examples=200, deadline=None)
def test_failing_rules_are_met_in_the_same_order(
    failing_kind_rules: RuleSetSpec, several: list[Facts]
) -> None:
    def fragile(facts: Facts, values: frozenset[str]) -> bool:
        if facts.age_band is None:
            raise KeyError("no age")
        return facts.age_band in values

    registry = KINDS
    condition(
        "fragile", label="", says="", says_not="", reads="age_band", choices="age_band",
        registry=registry,
    )(fragile)  # fmt: skip
    try:
        compiled = compile_rules(failing_kind_rules, some.SMALL)
        for facts in several:
            assert compiled.decide(facts, on=some.DAY) == decide_plainly(
                compiled, facts, on=some.DAY
            )
    finally:
        del registry["fragile"]


def test_a_rule_that_fails_sends_the_question_to_triage_and_is_named(failing_kind: None) -> None:
    compiled = compile_rules(
        spec(
            rule("breekt", {"is": "fragile", "values": ["67+"]}), rule("alles", {"all": []}, TO_B)
        ),
        some.SMALL,
    )
    outcome = compiled.decide(Facts(age_band=None), on=some.DAY)
    assert (outcome.organisation, outcome.decided_by) == ("triage", DecidedBy.FAULT)
    assert outcome.fault is not None
    assert (outcome.fault.rule, outcome.fault.error) == ("breekt", "KeyError")
    assert compiled.decide(Facts(age_band="16-17"), on=some.DAY).organisation == "bb"


def test_a_stored_rule_that_can_no_longer_be_read_fails_only_where_it_is_reached() -> None:
    broken = stored_rule(
        key="oud", name="Oud", when={"is": "moon_phase"}, to={"organisation": "aa"}
    )
    first = rule("geld", {"is": "life_domains_any", "values": ["geld"]})
    compiled = compile_rules(spec(first, broken), some.SMALL)
    assert compiled.decide(Facts(life_domains=frozenset({"geld"})), on=some.DAY).rule == "geld"
    outcome = compiled.decide(Facts(), on=some.DAY)
    assert outcome.organisation == "triage"
    assert outcome.fault is not None
    assert outcome.fault.rule == "oud"


def test_a_condition_of_many_combinations_is_decided_exactly() -> None:
    pairs = [
        {
            "any": [
                {"is": "life_domains_any", "values": ["geld", f"d{number}"]},
                {"is": "language", "values": ["ar", f"l{number}"]},
            ]
        }
        for number in range(7)
    ]
    when = parse({"all": pairs})
    compiled = compile_rules(spec(Rule("groot", "Groot", when, TO_A, "omdat")), some.SMALL)
    money = frozenset({"geld"})
    assert compiled.decide(Facts(life_domains=money), on=some.DAY).organisation == "aa"
    assert compiled.decide(Facts(language="ar"), on=some.DAY).organisation == "aa"
    assert compiled.decide(Facts(language="l1"), on=some.DAY).organisation == "triage"


def test_the_first_rule_that_matches_decides() -> None:
    compiled = compile_rules(
        spec(rule("een", {"all": []}, TO_A), rule("twee", {"all": []}, TO_B)), some.SMALL
    )
    outcome = compiled.decide(Facts(), on=some.DAY)
    assert (outcome.rule, outcome.organisation, outcome.version) == ("een", "aa", 7)


def test_nothing_matches_so_triage_has_the_lead() -> None:
    outcome = compile_rules(spec(), some.SMALL).decide(Facts(), on=some.DAY)
    assert (outcome.organisation, outcome.rule, outcome.decided_by) == (
        "triage",
        None,
        DecidedBy.TRIAGE,
    )
    assert outcome.sentence == (
        "Uw vraag ligt bij Het team, omdat wij daar eerst uitzoeken wie u het beste kan helpen."
    )


def test_danger_goes_before_every_rule_wherever_a_coordinator_put_it() -> None:
    everything = rule("alles", {"all": []}, TO_A)
    for facts in (Facts(urgency="danger"), Facts(safety=True)):
        outcome = compile_rules(spec(everything), some.SMALL).decide(facts, on=some.DAY)
        assert (outcome.organisation, outcome.rule, outcome.danger) == ("triage", DANGER_KEY, True)
    own = rule("gevaar", {"all": [{"is": "danger"}, {"is": "about", "values": ["child"]}]}, TO_B)
    compiled = compile_rules(spec(everything, own), some.SMALL)
    assert compiled.decide(Facts(safety=True, about="child"), on=some.DAY).organisation == "bb"
    assert compiled.decide(Facts(safety=True), on=some.DAY).rule == DANGER_KEY
    assert compiled.decide(Facts(), on=some.DAY).rule == "alles"


def test_a_rule_counts_from_its_first_day_until_its_last_day() -> None:
    winter = rule(
        "winter", {"all": []}, active_from=date(2026, 12, 1), active_until=date(2026, 12, 24)
    )
    compiled = compile_rules(spec(winter), some.SMALL)
    decided = [
        compiled.decide(Facts(), on=date(2026, month, day)).rule
        for month, day in ((11, 30), (12, 1), (12, 24), (12, 25))
    ]
    assert decided == [None, "winter", "winter", None]


def test_an_organisation_that_left_sends_its_questions_to_triage_with_a_fault() -> None:
    compiled = compile_rules(
        spec(rule("weg", {"all": []}, Target(TargetKind.ORGANISATION, "cc"))), some.SMALL
    )
    assert compiled.decide(Facts(), on=date(2026, 12, 31)).organisation == "cc"
    outcome = compiled.decide(Facts(), on=date(2027, 1, 1))
    assert (outcome.organisation, outcome.decided_by) == ("triage", DecidedBy.FAULT)


def test_a_supporting_organisation_comes_along_while_it_takes_part_and_is_not_the_lead() -> None:
    both = rule("samen", {"all": []}, TO_A, supporting=("bb", "cc", "aa"))
    compiled = compile_rules(spec(both), some.SMALL)
    assert compiled.decide(Facts(), on=date(2026, 12, 31)).supporting == ("bb", "cc")
    assert compiled.decide(Facts(), on=date(2027, 1, 1)).supporting == ("bb",)


def test_a_team_and_the_team_of_the_neighbourhood() -> None:
    compiled = compile_rules(
        spec(
            rule(
                "wijk", {"is": "age_band", "values": ["67+"]}, Target(TargetKind.NEIGHBOURHOOD_TEAM)
            ),
            rule("team", {"all": []}, Target(TargetKind.TEAM, "team-noord")),
        ),
        some.SMALL,
    )
    outcome = compiled.decide(Facts(age_band="67+", neighbourhood="noord"), on=some.DAY)
    assert (outcome.organisation, outcome.team, outcome.rule) == ("bb", "team-noord", "wijk")
    assert compiled.decide(Facts(age_band="67+", neighbourhood="zuid"), on=some.DAY).rule == "team"


def test_an_outcome_is_the_same_whatever_was_decided_before() -> None:
    vocabulary = Vocabulary(organisations={"aa": OrganisationEntry("aa", "A")})
    compiled = compile_rules(
        RuleSetSpec(1, (rule("ar", {"is": "language", "values": ["ar"]}),), Triage("aa")),
        vocabulary,
    )
    seen = [compiled.decide(Facts(language=code), on=some.DAY).rule for code in ("nl", "ar", "xx")]
    again = [compiled.decide(Facts(language=code), on=some.DAY).rule for code in ("xx", "ar", "nl")]
    assert (seen, again) == ([None, "ar", None], [None, "ar", None])
