"""A fitting service: it suits, it has room, the lightest layer first, then the least busy."""

from dataclasses import replace

import pytest
from django.utils import translation

from organisations.routing import (
    DecidedBy,
    Facts,
    Load,
    Offer,
    Outcome,
    Rule,
    RuleSetSpec,
    ServiceOffer,
    Target,
    TargetKind,
    Triage,
    compile_rules,
)
from organisations.routing.conditions import All
from organisations.routing.reasons import translate_reason
from tests.organisations.routing import strategies as some

ASKING = Facts(life_domains=frozenset({"geld"}), age_band="67+", neighbourhood="noord")
EVERYBODY = frozenset(some.ORGANISATIONS)
LIGHT = ServiceOffer(
    key="soep", name="samen soep eten", organisation="aa", layer=2,
    life_domains=frozenset({"geld", "wonen"}),
)  # fmt: skip
HEAVY = replace(LIGHT, key="zwaar", name="budgetcoach", organisation="bb", layer=4)


def fitting(*services: ServiceOffer, facts: Facts = ASKING, load: dict[str, Load] | None = None):
    found = Offer(services, load or {}).fitting(facts, frozenset(), EVERYBODY)
    return found.key if found else None


def test_the_lightest_layer_comes_first_in_whatever_order_they_are_listed() -> None:
    assert fitting(HEAVY, LIGHT) == fitting(LIGHT, HEAVY) == "soep"


@pytest.mark.parametrize(
    ("change", "fits"),
    [
        ({}, True),
        ({"life_domains": frozenset({"wonen"})}, False),
        ({"age_bands": frozenset({"67+"})}, True),
        ({"age_bands": frozenset({"0-11"})}, False),
        ({"neighbourhoods": frozenset({"noord"})}, True),
        ({"neighbourhoods": frozenset({"zuid"})}, False),
        ({"capacity": 3, "in_use": 2}, True),
        ({"capacity": 3, "in_use": 3}, False),
        ({"capacity": 3, "in_use": 2, "waiting_weeks": 1}, False),
        ({"waiting_weeks": 2}, False),
        ({"organisation": "weg"}, False),
    ],
)
def test_a_service_must_suit_and_have_room(change: dict[str, object], fits: bool) -> None:
    assert fitting(replace(LIGHT, **change)) == ("soep" if fits else None)  # type: ignore[arg-type]


def test_what_the_resident_did_not_say_is_not_guessed() -> None:
    limited = replace(LIGHT, age_bands=frozenset({"67+"}))
    assert fitting(limited, facts=replace(ASKING, age_band=None)) is None
    near = replace(LIGHT, neighbourhoods=frozenset({"noord"}))
    assert fitting(near, facts=replace(ASKING, neighbourhood=None)) is None


def test_of_two_as_light_the_organisation_with_fewest_open_questions_per_worker() -> None:
    other = replace(LIGHT, key="ander", organisation="bb")
    assert fitting(LIGHT, other, load={"aa": Load(30, 10), "bb": Load(8, 4)}) == "ander"
    assert fitting(LIGHT, other, load={"aa": Load(30, 10), "bb": Load(8, 2)}) == "soep"
    assert fitting(LIGHT, other, load={"aa": Load(0, 0), "bb": Load(99, 1)}) == "ander"


def test_a_full_tie_keeps_the_order_of_the_partnership() -> None:
    other = replace(LIGHT, key="ander", organisation="bb")
    load = {"aa": Load(6, 2), "bb": Load(3, 1)}
    assert fitting(LIGHT, other, load=load) == "soep"
    assert fitting(other, LIGHT, load=load) == "ander"


@pytest.mark.parametrize("kind", ["wmo", "debts", "debts_threat"])
def test_a_lighter_offer_never_diverts_a_question_with_a_term_of_the_law(kind: str) -> None:
    question = replace(ASKING, kind=kind)
    assert fitting(LIGHT, HEAVY, facts=question) is None
    desk = replace(HEAVY, clock_kinds=frozenset({kind}), life_domains=frozenset())
    assert fitting(LIGHT, desk, facts=question) == "zwaar"


def decide(facts: Facts, *services: ServiceOffer, layers: frozenset[int] = frozenset()) -> Outcome:
    rule = Rule("aanbod", "Aanbod", All(), Target(TargetKind.FITTING_SERVICE, layers=layers))
    compiled = compile_rules(RuleSetSpec(1, (rule,), Triage("triage")), some.SMALL)
    return compiled.decide(facts, on=some.DAY, offer=Offer(services))


def test_the_reason_says_which_service_and_that_it_is_near() -> None:
    outcome = decide(ASKING, HEAVY, LIGHT)
    assert (outcome.organisation, outcome.service) == ("aa", "soep")
    assert outcome.sentence == (
        "Uw vraag ligt bij Organisatie A, omdat zij dicht bij u kunnen helpen met samen soep eten "
        "en er plek is."
    )
    child = replace(ASKING, age_band="16-17")
    assert decide(child, LIGHT).sentence.startswith("Jouw vraag ligt bij Organisatie A, omdat zij")


def test_of_two_as_light_the_reason_says_that_it_is_less_busy_there() -> None:
    other = replace(LIGHT, key="ander", name="samen lunchen", organisation="bb")
    rule = Rule("aanbod", "Aanbod", All(), Target(TargetKind.FITTING_SERVICE))
    compiled = compile_rules(RuleSetSpec(1, (rule,), Triage("triage")), some.SMALL)

    def notified(load: dict[str, Load], *services: ServiceOffer) -> str:
        return compiled.decide(ASKING, on=some.DAY, offer=Offer(services, load)).reason

    busy = {"aa": Load(30, 10), "bb": Load(8, 4)}
    least = "zij dicht bij u kunnen helpen met samen lunchen en het daar nu het minst druk is"
    assert notified(busy, LIGHT, other) == least
    # Nothing to choose between: as busy, of one organisation, full, or on a heavier layer.
    as_busy = {"aa": Load(6, 2), "bb": Load(3, 1)}
    for load, second in [
        (as_busy, other),
        (busy, replace(other, organisation="aa")),
        ({"aa": Load(1, 1), "bb": Load(9, 1)}, replace(other, capacity=1, in_use=1)),
        ({"aa": Load(1, 1), "bb": Load(9, 1)}, replace(other, layer=3)),
    ]:
        assert notified(load, LIGHT, second).endswith("met samen soep eten en er plek is")


def test_a_stored_reason_is_told_again_in_english_and_keeps_the_name_of_the_service() -> None:
    stored = decide(ASKING, LIGHT).reason
    with translation.override("en"):
        assert (
            translate_reason(stored)
            == "they can help close to you with samen soep eten and there is room"
        )
        assert translate_reason("het over geld gaat") == "het over geld gaat"
    assert translate_reason(stored) == stored


def test_a_rule_can_be_bound_to_layers() -> None:
    assert decide(ASKING, HEAVY, LIGHT, layers=frozenset({3, 4})).service == "zwaar"


def test_no_room_anywhere_leaves_the_question_to_the_next_rule_or_triage() -> None:
    outcome = decide(ASKING, replace(LIGHT, capacity=0))
    assert (outcome.organisation, outcome.decided_by) == ("triage", DecidedBy.TRIAGE)
