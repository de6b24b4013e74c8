"""Each kind of condition: one predicate, one test."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from organisations.routing import KINDS, Facts, Parameter
from organisations.routing.conditions import Leaf
from organisations.routing.kinds import condition
from tests.organisations.routing import strategies as some
from tests.organisations.routing.oracle import as_predicate

MONEY = frozenset({"geld"})
BOTH = frozenset({"geld", "werk"})
EXAMPLES: dict[str, list[tuple[Leaf, Facts, bool]]] = {
    "life_domains_any": [
        (Leaf("life_domains_any", ("geld", "wonen")), Facts(life_domains=BOTH), True),
        (Leaf("life_domains_any", ("wonen",)), Facts(life_domains=BOTH), False),
        (Leaf("life_domains_any", ("wonen",)), Facts(), False),
    ],
    "life_domains_all": [
        (Leaf("life_domains_all", ("geld", "werk")), Facts(life_domains=BOTH), True),
        (Leaf("life_domains_all", ("geld", "werk")), Facts(life_domains=MONEY), False),
    ],
    "life_domains_at_least": [
        (Leaf("life_domains_at_least", number=2), Facts(life_domains=BOTH), True),
        (Leaf("life_domains_at_least", number=2), Facts(life_domains=MONEY), False),
    ],
    "age_band": [
        (Leaf("age_band", ("12-15", "16-17")), Facts(age_band="16-17"), True),
        (Leaf("age_band", ("12-15", "16-17")), Facts(age_band=None), False),
        (Leaf("age_band", ("unknown",)), Facts(age_band=None), True),
    ],
    "about": [
        (Leaf("about", ("parent",)), Facts(about="parent"), True),
        (Leaf("about", ("parent",)), Facts(about="self"), False),
    ],
    "kind": [
        (Leaf("kind", ("wmo",)), Facts(kind="wmo"), True),
        (Leaf("kind", ("wmo",)), Facts(kind="debts"), False),
    ],
    "urgency": [
        (Leaf("urgency", ("soon",)), Facts(urgency="soon"), True),
        (Leaf("urgency", ("soon",)), Facts(), False),
    ],
    "danger": [
        (Leaf("danger"), Facts(urgency="danger"), True),
        (Leaf("danger"), Facts(safety=True), True),
        (Leaf("danger"), Facts(urgency="soon"), False),
    ],
    "neighbourhood": [
        (Leaf("neighbourhood", ("noord",)), Facts(neighbourhood="noord"), True),
        (Leaf("neighbourhood", ("noord",)), Facts(), False),
        (Leaf("neighbourhood", ("unknown",)), Facts(), True),
    ],
    "municipality": [
        (Leaf("municipality", ("GM0001",)), Facts(municipality="GM0001"), True),
        (Leaf("municipality", ("GM0001",)), Facts(municipality="GM0002"), False),
    ],
    "channel": [
        (Leaf("channel", ("phone", "walk_in")), Facts(channel="walk_in"), True),
        (Leaf("channel", ("phone",)), Facts(channel="online"), False),
    ],
    "brought_by": [
        (Leaf("brought_by", ("huisarts",)), Facts(brought_by="huisarts"), True),
        (Leaf("brought_by", ("huisarts",)), Facts(), False),
    ],
    "language": [
        (Leaf("language", ("ar",)), Facts(language="ar"), True),
        (Leaf("language", ("ar",)), Facts(), False),
    ],
    "desk_time": [
        (Leaf("desk_time", ("evening", "weekend")), Facts(desk_time="weekend"), True),
        (Leaf("desk_time", ("evening",)), Facts(), False),
    ],
    "household": [
        (Leaf("household"), Facts(household_lead="aa"), True),
        (Leaf("household"), Facts(), False),
    ],
    "safety_net": [
        (Leaf("safety_net", ("aa",)), Facts(offered_by=frozenset()), True),
        (Leaf("safety_net", ("aa",)), Facts(offered_by=frozenset({"aa"})), True),
        (Leaf("safety_net", ("aa",)), Facts(offered_by=frozenset({"aa", "bb"})), False),
        (Leaf("safety_net", ("aa",)), Facts(), False),
    ],
}


def test_every_kind_has_its_examples() -> None:
    assert set(EXAMPLES) == set(KINDS)


@pytest.mark.parametrize(
    ("leaf", "facts", "answer"), [case for cases in EXAMPLES.values() for case in cases]
)
def test_a_kind_answers_as_its_examples_say(leaf: Leaf, facts: Facts, answer: bool) -> None:
    assert as_predicate(leaf).test(facts) is answer


@given(some.leaf, some.facts, some.facts)
def test_a_kind_looks_only_at_the_facts_it_says_it_reads(
    leaf: Leaf, facts: Facts, other: Facts
) -> None:
    kind = KINDS[leaf.kind]
    values: dict[str, Any] = {name: getattr(other, name) for name in Facts.__slots__}
    values |= {name: getattr(facts, name) for name in kind.reads}
    assert kind.test(facts, leaf.parameter) == kind.test(Facts(**values), leaf.parameter)


@given(some.leaf, st.frozensets(st.sampled_from(some.DOMAINS)), st.sampled_from(some.DOMAINS))
def test_a_condition_on_life_domains_turns_one_way_when_one_is_added(
    leaf: Leaf, chosen: frozenset[str], extra: str
) -> None:
    kind = KINDS[leaf.kind]
    before = kind.test(Facts(life_domains=chosen), leaf.parameter)
    after = kind.test(Facts(life_domains=chosen | {extra}), leaf.parameter)
    assert before <= after, "the completeness check relies on this"


@given(some.leaf, st.permutations(some.DOMAINS), st.integers(0, 4))
def test_a_condition_that_counts_life_domains_does_not_look_which_they_are(
    leaf: Leaf, order: list[str], number: int
) -> None:
    kind = KINDS[leaf.kind]
    if "life_domains" in kind.reads and kind.choices != "life_domains":
        one, other = frozenset(order[:number]), frozenset(order[-number:] if number else ())
        assert kind.test(Facts(life_domains=one), leaf.parameter) == kind.test(
            Facts(life_domains=other), leaf.parameter
        )


def test_every_kind_has_words_and_says_what_its_parameter_is() -> None:
    for kind in KINDS.values():
        assert str(kind.label)
        wants = kind.parameter is not Parameter.NOTHING
        assert ("{values}" in str(kind.says)) is wants
        assert ("{values}" in str(kind.says_not)) is wants
        assert (kind.choices is not None) is (kind.parameter is Parameter.CHOICES)


def test_a_key_can_be_used_once() -> None:
    with pytest.raises(ValueError, match="danger"):
        condition("danger", label="", says="", says_not="", reads="urgency")
