"""What completeness finds, each finding on an example."""

from dataclasses import replace
from datetime import date

from organisations.routing import (
    NO_OFFER,
    Offer,
    OrganisationEntry,
    Rule,
    RuleSetSpec,
    ServiceOffer,
    Target,
    TargetKind,
    Triage,
    parse,
)
from organisations.routing.analysis.completeness import analyse
from organisations.routing.analysis.findings import Completeness, DeadBecause
from organisations.routing.conditions import Leaf
from tests.organisations.routing import strategies as some

TO_A = Target(TargetKind.ORGANISATION, "aa")
TO_B = Target(TargetKind.ORGANISATION, "bb")


def spec(*rules: Rule) -> RuleSetSpec:
    return RuleSetSpec(1, rules, Triage("triage"))


def rule(key: str, when: object, to: Target = TO_A, **more: object) -> Rule:
    return Rule(key, key.title(), parse(when), to, "omdat", **more)  # type: ignore[arg-type]


def check(*rules: Rule, offer: Offer = NO_OFFER) -> Completeness:
    return analyse(spec(*rules), some.SMALL, on=some.DAY, offer=offer)


def test_a_shadowed_rule_names_the_rule_before_it() -> None:
    found = check(
        rule("ouder", {"is": "age_band", "values": ["67+"]}),
        rule("geld", {"is": "life_domains_any", "values": ["geld", "werk"]}, TO_B),
        rule("schuld", {"is": "life_domains_any", "values": ["geld"]}),
    )
    assert [(dead.key, dead.shadowed_by) for dead in found.dead] == [("schuld", ("geld",))]
    assert found.dead[0].words == 'Regel "Geld" staat ervoor en neemt alles over.'
    assert not found.sound


def test_rules_that_shadow_together_are_all_named_and_no_other() -> None:
    found = check(
        rule("elders", {"is": "channel", "values": ["phone"]}),
        rule("jong", {"is": "age_band", "values": ["0-11", "12-15", "16-17"]}),
        rule("oud", {"not": {"is": "age_band", "values": ["0-11", "12-15", "16-17"]}}),
        rule("geld", {"is": "life_domains_any", "values": ["geld"]}),
    )
    assert [(dead.key, dead.shadowed_by) for dead in found.dead] == [("geld", ("jong", "oud"))]


def test_conditions_that_exclude_each_other_are_named_as_such() -> None:
    found = check(
        rule(
            "nooit",
            {
                "all": [
                    {"is": "neighbourhood", "values": ["noord"]},
                    {"is": "municipality", "values": ["GM0002"]},
                ]
            },
        )
    )
    assert [dead.because for dead in found.dead] == [DeadBecause.CONTRADICTION]


def test_what_no_rule_catches_is_said_in_words() -> None:
    found = check(
        rule("geld", {"is": "life_domains_any", "values": ["geld", "werk"]}),
        rule("oud", {"is": "age_band", "values": ["67+"]}),
    )
    assert [case.words for case in found.only_triage] == [
        "Het gaat niet over geld of werk; de leeftijd is niet 67 of ouder.",
    ]
    every = check(rule("alles", {"all": []}))
    assert (every.only_triage, every.sound) == ((), True)


def test_a_rule_that_begins_later_leaves_a_gap_until_then() -> None:
    found = check(rule("winter", {"all": []}, active_from=date(2026, 12, 1)))
    assert [case.words for case in found.only_triage] == [
        "Van 24 november 2026 tot en met 30 november 2026.",
    ]
    assert [case.days for case in found.only_triage] == [((some.DAY, date(2026, 11, 30)),)]


def test_services_that_may_be_full_leave_triage_as_the_net() -> None:
    place = ServiceOffer(
        key="k", name="K", organisation="aa", layer=2, life_domains=frozenset({"geld"}), capacity=3
    )
    found = check(
        rule("aanbod", {"all": []}, Target(TargetKind.FITTING_SERVICE)),
        rule("rest", {"not": {"is": "life_domains_any", "values": ["geld"]}}, TO_B),
        offer=Offer((place,)),
    )
    assert [case.words for case in found.triage_when_full] == [
        (
            "Het gaat over geld; het is een vraag om informatie of advies, een welzijnsvraag of "
            "een vraag om jeugdhulp."
        )
    ]
    assert [case.only.get("kind") for case in found.only_triage] == [
        ("wmo", "debts", "debts_threat")
    ]


def test_a_rule_whose_days_are_over_is_no_fault() -> None:
    found = check(rule("zomer", {"all": []}, active_until=date(2026, 9, 1)))
    assert (found.expired, found.dead, found.sound) == (("zomer",), (), True)


def test_an_organisation_nothing_reaches_is_named() -> None:
    assert check(rule("alles", {"all": []}, TO_A)).unreached == ("bb", "cc")


def test_a_service_that_a_lighter_one_always_beats_reaches_nobody() -> None:
    light = ServiceOffer(
        key="l", name="L", organisation="aa", layer=1, life_domains=frozenset({"geld"})
    )
    heavy = replace(light, key="h", name="H", organisation="bb", layer=3)
    other = replace(heavy, key="o", organisation="cc", life_domains=frozenset({"werk"}))
    fitting = rule("aanbod", {"all": []}, Target(TargetKind.FITTING_SERVICE))
    assert check(fitting, offer=Offer((light, heavy, other))).unreached == ("bb",)
    limited = replace(light, capacity=5)
    assert check(fitting, offer=Offer((limited, heavy, other))).unreached == ()


def test_a_target_that_left_or_never_was_is_named() -> None:
    found = analyse(
        spec(
            rule("weg", {"is": "danger"}, Target(TargetKind.ORGANISATION, "cc")),
            rule("fout", {"all": []}, Target(TargetKind.TEAM, "team-oost")),
        ),
        some.SMALL,
        on=date(2027, 1, 4),
    )
    assert [(gone.key, gone.target) for gone in found.gone] == [
        ("weg", "cc"),
        ("fout", "team-oost"),
    ]


def test_a_rule_that_cannot_be_evaluated_is_named() -> None:
    broken = Rule("stuk", "Stuk", Leaf("moon_phase"), TO_A, "omdat")
    found = analyse(spec(broken), some.SMALL, on=some.DAY)
    assert (found.broken, found.sound) == (("stuk",), False)


def test_a_door_that_never_picks_up_is_not_missed() -> None:
    vocabulary = replace(
        some.SMALL,
        organisations={
            **some.SMALL.organisations,
            "huisarts": OrganisationEntry("huisarts", "Huisarts", picks_up=False),
        },
    )
    found = analyse(spec(rule("alles", {"all": []})), vocabulary, on=some.DAY)
    assert found.unreached == ("bb", "cc")
