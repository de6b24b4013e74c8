"""A draft tried on the past."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from organisations.routing import (
    CompiledRuleSet,
    Facts,
    PastQuestion,
    Rule,
    RuleSetSpec,
    Target,
    TargetKind,
    Triage,
    compile_rules,
    parse,
    simulate,
)
from organisations.routing.simulate import place
from tests.organisations.routing import strategies as some
from welzijn.devtools.bench.routing import bench_routing

MONEY = Facts(life_domains=frozenset({"geld"}))
HOME = Facts(life_domains=frozenset({"wonen"}))


def draft(*, start: date | None = None) -> CompiledRuleSet:
    to = Target(TargetKind.ORGANISATION, "bb")
    when = parse({"is": "life_domains_any", "values": ["geld"]})
    rule = Rule("geld", "Geld", when, to, "x", active_from=start)
    return compile_rules(RuleSetSpec(2, (rule,), Triage("triage")), some.SMALL)


PAST = [
    PastQuestion(1, MONEY, date(2026, 12, 31), "aa"),
    PastQuestion(2, MONEY, date(2027, 1, 1), "aa"),
    PastQuestion(3, MONEY, date(2027, 1, 4), "bb"),
    PastQuestion(4, HOME, date(2027, 1, 4), "aa"),
    PastQuestion(5, HOME, date(2027, 1, 5), "triage"),
]


def test_what_would_go_elsewhere_from_whom_to_whom() -> None:
    found = simulate(draft(), PAST)
    assert (found.total, found.moved) == (5, 3)
    assert [(move.id, move.before, move.after, move.rule) for move in found.moves] == [
        (1, "aa", "bb", "geld"),
        (2, "aa", "bb", "geld"),
        (4, "aa", "triage", None),
    ]
    assert found.matrix == {
        ("aa", "bb"): 2,
        ("bb", "bb"): 1,
        ("aa", "triage"): 1,
        ("triage", "triage"): 1,
    }
    assert found.rules == {"geld": 3, None: 2}


def test_the_triage_team_that_an_organisation_houses_is_a_place_of_its_own() -> None:
    rules = RuleSetSpec(2, (), Triage("aa", "team-noord"))
    past = [
        PastQuestion(1, MONEY, date(2027, 1, 4), "aa"),
        PastQuestion(2, MONEY, date(2027, 1, 4), "aa", "team-noord"),
    ]
    found = simulate(compile_rules(rules, some.SMALL), past)
    assert [(move.id, move.before, move.after) for move in found.moves] == [
        (1, "aa", "aa/team-noord")
    ]
    assert found.weeks == {"aa": {(2027, 1): -1}, "aa/team-noord": {(2027, 1): 1}}


def test_the_load_per_iso_week_knows_that_2026_has_53() -> None:
    found = simulate(draft(), PAST)
    assert found.weeks == {
        "aa": {(2026, 53): -2, (2027, 1): -1},
        "bb": {(2026, 53): 2},
        "triage": {(2027, 1): 1},
    }
    assert found.to_json()["weeks"]["aa"] == {"2026-W53": -2, "2027-W01": -1}


def test_a_question_is_decided_on_the_day_it_came_in() -> None:
    found = simulate(draft(start=date(2027, 1, 1)), PAST[:2])
    assert [(move.id, move.after) for move in found.moves] == [(1, "triage"), (2, "bb")]


@given(some.rule_sets(), st.lists(st.tuples(some.facts, some.days), max_size=20), some.offers)
@settings(max_examples=50, deadline=None)
def test_it_says_what_deciding_one_by_one_says(spec, several, offer) -> None:
    compiled = compile_rules(spec, some.SMALL)
    past = [PastQuestion(n, facts, on, "aa") for n, (facts, on) in enumerate(several)]
    found = simulate(compiled, past, offer=lambda _day: offer)
    one_by_one = [compiled.decide(q.facts, on=q.received, offer=offer) for q in past]
    assert {m.id: m.after for m in found.moves} == {
        n: where
        for n, o in enumerate(one_by_one)
        if (where := place(o.organisation, o.team)) != "aa"
    }
    assert sum(found.matrix.values()) == len(past)
    assert sum(sum(weeks.values()) for weeks in found.weeks.values()) == 0
    assert sum(found.faults.values()) == sum(o.fault is not None for o in one_by_one)


def test_progress_is_told_and_can_stop_it() -> None:
    notified: list[int] = []
    simulate(draft(), PAST * 500, progress=notified.append)
    assert notified == [1000, 2000, 2500]

    def stop(done: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        simulate(draft(), PAST * 500, progress=stop)


def test_the_bench_measures_what_it_says() -> None:
    figures = bench_routing(rules=20, decisions=200, questions=300, seed=3)
    assert (figures.rules, figures.decisions, figures.simulated) == (20, 200, 300)
    assert figures.decision_p99_ratio > 1
    assert set(figures.to_json()) == set(type(figures).__slots__)
