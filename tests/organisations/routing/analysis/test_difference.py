"""What a draft changes, in words."""

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from organisations.routing import Rule, RuleSetSpec, Target, TargetKind, Triage, parse
from organisations.routing.analysis.difference import Difference, active_days, differences
from tests.organisations.routing import strategies as some


def rule(key: str, to: str = "aa", **more: object) -> Rule:
    when = parse({"is": "life_domains_any", "values": ["geld"]})
    target = Target(TargetKind.ORGANISATION, to)
    return Rule(key, key.title(), when, target, "het over geld gaat", **more)  # type: ignore[arg-type]


def notified(old: list[Rule], new: list[Rule]) -> list[tuple[str, str, str, str]]:
    specs = [RuleSetSpec(n, tuple(rules), Triage("triage")) for n, rules in ((1, old), (2, new))]
    found = differences(specs[0], specs[1], some.SMALL)
    return [(one.what.value, one.name, one.before, one.after) for one in found]


A, B, C, D = (rule(key) for key in "abcd")
IN_WORDS = "Het gaat over geld: naar Organisatie A. Reden voor de inwoner: het over geld gaat."


def test_the_same_rules_in_another_version_are_no_difference() -> None:
    assert notified([A, B], [A, B]) == []


def test_new_gone_and_different_rules_are_told_as_they_read() -> None:
    winter = replace(C, active_from=date(2026, 12, 1), active_until=date(2027, 3, 1))
    assert notified([A, B], [replace(A, to=Target(TargetKind.ORGANISATION, "bb")), winter]) == [
        ("changed", "A", IN_WORDS, IN_WORDS.replace("Organisatie A", "Organisatie B")),
        ("new", "C", "", f"{IN_WORDS} Geldt van 1 december 2026 tot en met 1 maart 2027."),
        ("gone", "B", IN_WORDS, ""),
    ]


def test_a_condition_that_the_editor_wrote_another_way_is_no_difference() -> None:
    leaf = {"is": "life_domains_any", "values": ["geld"]}
    assert notified([A], [replace(A, when=parse({"all": [leaf]}))]) == []


def test_other_layers_are_a_difference_that_can_be_read() -> None:
    light = replace(A, to=Target(TargetKind.FITTING_SERVICE, layers=frozenset({1, 2})), reason="")
    all_layers = replace(light, to=Target(TargetKind.FITTING_SERVICE))
    [(what, _name, before, after)] = notified([all_layers], [light])
    assert what == "changed"
    assert before != after


def test_only_another_name_is_told_as_such() -> None:
    assert notified([A], [replace(A, name="Geldzaken")]) == [
        ("changed", "Geldzaken", "A", "Geldzaken")
    ]


def test_one_rule_that_jumps_over_others_is_one_that_moved() -> None:
    assert notified([A, B, C, D], [D, A, B, C]) == [("moved", "D", "plek 4", "plek 1")]


@given(st.permutations([A, B, C, D]))
def test_as_few_rules_as_possible_count_as_moved(new: list[Rule]) -> None:
    moved = {name for what, name, *_rest in notified([A, B, C, D], new) if what == "moved"}
    left = [one.name for one in new if one.name not in moved]
    assert left == sorted(left)
    for name in moved:  # one that came back in its place would stand out of order
        more = [one.name for one in new if one.name not in moved - {name}]
        assert more != sorted(more)


def test_days_and_differences_have_words() -> None:
    assert active_days(A) == ""
    assert active_days(replace(A, active_from=date(2026, 2, 1))) == "geldt vanaf 1 februari 2026"
    assert (
        active_days(replace(A, active_until=date(2026, 2, 1))) == "geldt tot en met 1 februari 2026"
    )
    assert {one.label for one in Difference} == {"nieuw", "weggehaald", "gewijzigd", "andere plek"}
