"""Conditions: read with exact errors, bounded, written back, said in Dutch."""

from typing import Any

import pytest
from hypothesis import given

from organisations.routing import ConditionError, describe, parse, to_json
from organisations.routing.conditions import (
    MAX_LEAVES,
    All,
    Any_,
    Condition,
    Leaf,
    Not,
    unknown_values,
)
from tests.organisations.routing import strategies as some

DANGER = {"is": "danger"}


@given(some.condition)
def test_a_condition_survives_json(condition: Condition) -> None:
    assert parse(to_json(condition)) == condition


@pytest.mark.parametrize(
    ("data", "where", "right"),
    [
        (None, "when", '"all", "any", "not" of "is"'),
        ([], "when", '"all", "any", "not" of "is"'),
        ({}, "when", "precies een"),
        ({"all": [], "any": []}, "when", "precies een"),
        ({"all": [], "naam": 1}, "when", "naam"),
        ({"all": DANGER}, "when.all", "lijst van voorwaarden"),
        ({"any": [DANGER, {"not": 3}]}, "when.any[1].not", '"all", "any"'),
        ({"is": "life_domain_any", "values": ["geld"]}, "when.is", '"life_domains_any"'),
        ({"is": ["danger"]}, "when.is", "onbekend"),
        ({"is": "life_domains_any"}, "when", '"values"'),
        ({"is": "life_domains_any", "values": []}, "when.values", "minstens een waarde"),
        ({"is": "life_domains_any", "values": "geld"}, "when.values", "lijst van waarden"),
        ({"is": "life_domains_any", "values": [1]}, "when.values", "lijst van waarden"),
        ({"is": "life_domains_any", "values": ["a"] * 201}, "when.values", "hoogstens 200"),
        ({"is": "danger", "values": ["ja"]}, "when.values", '"danger"'),
        ({"is": "life_domains_at_least", "number": 0}, "when.number", "heel getal"),
        ({"is": "life_domains_at_least", "number": True}, "when.number", "heel getal"),
        ({"is": "life_domains_at_least", "number": 2.5}, "when.number", "heel getal"),
    ],
)
def test_a_wrong_condition_is_named_with_its_place(data: object, where: str, right: str) -> None:
    with pytest.raises(ConditionError) as caught:
        parse(data)
    assert [problem.where for problem in caught.value.problems] == [where]
    assert right in caught.value.problems[0].message


def test_every_fault_is_named_at_once() -> None:
    with pytest.raises(ConditionError) as caught:
        parse({"all": [{"is": "x"}, DANGER, {"any": [{"is": "age_band"}]}]})
    places = [problem.where for problem in caught.value.problems]
    assert places == ["when.all[0].is", "when.all[2].any[0]"]


def test_depth_and_size_are_bounded() -> None:
    deep: Any = DANGER
    for _ in range(4):
        deep = {"not": deep}
    parse(deep)
    with pytest.raises(ConditionError, match="hoogstens 5 lagen"):
        parse({"not": deep})
    parse({"all": [DANGER] * MAX_LEAVES})
    with pytest.raises(ConditionError, match="hoogstens 40 voorwaarden"):
        parse({"all": [{"any": [DANGER] * 21}, {"any": [DANGER] * 20}]})
    bottomless: Any = {}
    bottomless["not"] = bottomless
    with pytest.raises(ConditionError, match="hoogstens 5 lagen"):
        parse(bottomless)


def test_a_value_the_partnership_does_not_know_is_named_with_the_nearest_one() -> None:
    problems = unknown_values(Leaf("neighbourhood", ("noort", "zuid")), some.SMALL, where="regel")
    assert [str(problem) for problem in problems] == [
        'regel (wijk of kern is): "noort" is onbekend. Bedoelt u "noord"?'
    ]


MONEY = Leaf("life_domains_any", ("geld", "werk"))
OLD = Leaf("age_band", ("67+", "unknown"))


@pytest.mark.parametrize(
    ("condition", "sentence"),
    [
        (All(), "Altijd."),
        (Any_(), "Nooit."),
        (MONEY, "Het gaat over geld of werk."),
        (Not(MONEY), "Het gaat niet over geld of werk."),
        (Leaf("life_domains_all", ("geld", "werk")), "Het gaat over geld en werk tegelijk."),
        (
            All((MONEY, OLD)),
            "Het gaat over geld of werk en de leeftijd is 67 of ouder of onbekend.",
        ),
        (
            All((Any_((MONEY, Leaf("danger"))), Leaf("kind", ("debts",)))),
            ("(Het gaat over geld of werk of er is misschien gevaar) en het is een vraag over "
            "schulden."),
        ),
        (Not(Any_((Leaf("danger"), Leaf("household")))),
            "Er is geen gevaar gemeld en de vrager koppelde geen eerdere vraag."),
    ],
)  # fmt: skip
def test_a_condition_reads_as_a_dutch_sentence(condition: Condition, sentence: str) -> None:
    assert describe(condition, some.SMALL) == sentence
