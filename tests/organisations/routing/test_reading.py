"""Rules from a file: read back as written, refused with their place."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given

from organisations.routing import (
    RuleSetError,
    RuleSetSpec,
    Target,
    TargetKind,
    check,
    read_rule,
    read_rule_set,
)
from tests.organisations.routing import strategies as some

RULE: dict[str, Any] = {
    "key": "geld",
    "name": "Geld",
    "when": {"is": "life_domains_any", "values": ["geld"]},
    "to": {"organisation": "aa"},
    "reason": "het over geld gaat",
}


@given(some.rule_sets(conditions=some.leaf.filter(lambda leaf: leaf.kind != "household")))
def test_a_rule_set_survives_json(spec: RuleSetSpec) -> None:
    plain = tuple(rule for rule in spec.rules if rule.to.kind is not TargetKind.HOUSEHOLD)
    spec = RuleSetSpec(spec.version, plain, spec.triage)
    assert read_rule_set(spec.to_json()) == spec


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({"key": "Geld zaken"}, "rule.key"),
        ({"name": " "}, "rule.name"),
        ({"when": {"is": "geld"}}, "rule.when.is"),
        ({"to": {"organisatie": "aa"}}, "rule.to"),
        ({"to": {"organisation": ""}}, "rule.to.organisation"),
        ({"to": {"organisation": "aa", "team": "b"}}, "rule.to"),
        ({"to": {"triage": False}}, "rule.to.triage"),
        ({"to": {"triage": True, "layers": [1]}}, "rule.to.triage"),
        ({"to": {"fitting_service": True, "layers": ["1"]}}, "rule.to.layers"),
        ({"to": "aa"}, "rule.to"),
        ({"reason": ""}, "rule.reason"),
        ({"reason": "x" * 241}, "rule.reason"),
        ({"reason": "het past bij {naam}"}, "rule.reason"),
        ({"reason": "het past bij {"}, "rule.reason"),
        ({"supporting": "bb"}, "rule.supporting"),
        ({"active_from": "1 januari"}, "rule.active_from"),
        ({"active_from": "2026-02-01", "active_until": "2026-01-01"}, "rule.active_until"),
        ({"prioriteit": 1}, "rule.prioriteit"),
    ],
)
def test_a_wrong_rule_is_named_with_its_place(change: dict[str, object], where: str) -> None:
    with pytest.raises(RuleSetError) as caught:
        read_rule(RULE | change)
    assert [problem.where for problem in caught.value.problems] == [where]


def test_a_rule_on_a_household_link_has_no_reason_of_its_own() -> None:
    with pytest.raises(RuleSetError, match="niets zegt over een ander"):
        read_rule(RULE | {"when": {"is": "household"}})
    assert read_rule(RULE | {"when": {"is": "household"}, "reason": ""}).reason == ""


@pytest.mark.parametrize("typed", ["Omdat het over geld gaat.", " omdat het over geld gaat "])
def test_a_reason_that_begins_with_omdat_is_refused(typed: str) -> None:
    with pytest.raises(RuleSetError, match='Laat "omdat" weg'):
        read_rule(RULE | {"reason": typed})
    assert read_rule(RULE | {"reason": " het over geld gaat. "}).reason == "het over geld gaat"


@pytest.mark.parametrize(
    "reason",
    [
        "het gaat over geld",
        "uw vraag gaat over geld en zij daar snel bij kunnen helpen",
        "zij zijn er voor jongeren",
        "het is daar nu rustig",
        "wij hebben tijd voor u",
        "zij kunnen u helpen met brieven",
        "u bent nieuw in Nederland",
        "de gemeente beslist over deze hulp",
    ],
)
def test_a_reason_in_the_order_of_a_main_sentence_is_refused(reason: str) -> None:
    with pytest.raises(RuleSetError, match="achteraan"):
        read_rule(RULE | {"reason": reason})


@pytest.mark.parametrize(
    "reason",
    [
        "het over geld gaat en zij daar snel bij kunnen helpen",
        "zij er zijn om te praten over hoe het gaat",
        "zij mensen helpen die nieuw zijn in Nederland",
        "zij helpen met wat nu niemand anders kan doen",
        "zij kunnen helpen",
        "wij weten wie u kan helpen",
        "de gemeente over deze hulp beslist",
        "het daar nu het minst druk is",
        "iemand in dit team uw taal spreekt",
    ],
)
def test_a_reason_with_the_verb_at_the_end_is_accepted(reason: str) -> None:
    assert read_rule(RULE | {"reason": reason}).reason == reason


def test_dates_come_from_text_or_from_toml() -> None:
    rule = read_rule(RULE | {"active_from": "2026-01-01", "active_until": date(2026, 2, 1)})
    assert (rule.active_from, rule.active_until) == (date(2026, 1, 1), date(2026, 2, 1))


def test_all_faults_of_a_rule_set_are_named_at_once() -> None:
    with pytest.raises(RuleSetError) as caught:
        read_rule_set({"version": -1, "rules": [RULE, RULE, {}], "triage": {}})
    places = [problem.where for problem in caught.value.problems]
    assert places[:3] == ["version", "triage.organisation", "rules[1].key"]
    assert {"rules[2].key", "rules[2].name", "rules[2].when", "rules[2].to"} <= set(places)


@pytest.mark.parametrize("data", [None, [], "x", {"version": 1, "triage": 3, "rules": 4}])
def test_what_is_no_rule_set_is_refused(data: object) -> None:
    with pytest.raises(RuleSetError):
        read_rule_set(data)


def test_publishing_is_refused_for_what_does_not_exist_or_no_longer_takes_part() -> None:
    wrong = read_rule_set(
        {
            "version": 2,
            "triage": {"organisation": "triage", "team": "nachtploeg"},
            "rules": [
                RULE | {"when": {"is": "neighbourhood", "values": ["oost"]}},
                RULE | {"key": "b", "to": {"organisation": "dd"}},
                RULE | {"key": "c", "to": {"organisation": "cc"}, "active_from": "2027-02-01"},
                RULE | {"key": "d", "to": {"team": "team-oost"}},
                RULE | {"key": "e", "to": {"fitting_service": True, "layers": [9]}},
                RULE | {"key": "f", "supporting": ["cc"]},
            ],
        }
    )
    problems = [problem.message for problem in check(wrong, some.SMALL, on=some.DAY)]
    assert len(problems) == 6
    assert problems[0] == "Dit team bestaat niet."
    assert problems[2] == "dd doet niet (meer) mee."
    assert problems[3] == "Organisatie C doet niet (meer) mee."
    assert check(RuleSetSpec(1, (), wrong.triage), some.SMALL, on=some.DAY)
    right = read_rule_set({"version": 2, "triage": {"organisation": "triage"}, "rules": [RULE]})
    assert check(right, some.SMALL, on=some.DAY) == []
    assert right.rules[0].to == Target(TargetKind.ORGANISATION, "aa")
