"""The reason names the service nearest the words; who picks it up never depends on them."""

from dataclasses import replace

import pytest
from django.utils import translation

from organisations.routing import (
    Load,
    Offer,
    Outcome,
    Rule,
    RuleSetSpec,
    Target,
    TargetKind,
    Triage,
    compile_rules,
)
from organisations.routing.conditions import All
from organisations.routing.reasons import translate_reason
from tests.organisations.routing import strategies as some
from tests.organisations.routing.test_offer import ASKING, LIGHT

DESK = replace(LIGHT, key="balie", name="Vrijwilligerspunt", layer=1)
BUDDY = replace(LIGHT, key="maatje", name="een maatje", layer=2)
FULL = replace(LIGHT, key="vol", name="eettafel", capacity=0)
ELSEWHERE = replace(LIGHT, key="elders", name="samen wandelen", organisation="bb")
RULE = Rule("aanbod", "Aanbod", All(), Target(TargetKind.FITTING_SERVICE))
COMPILED = compile_rules(RuleSetSpec(1, (RULE,), Triage("triage")), some.SMALL)


def decide(*near: str, load: dict[str, Load] | None = None) -> Outcome:
    offer = Offer((DESK, BUDDY, FULL, ELSEWHERE), load or {})
    return COMPILED.decide(ASKING, on=some.DAY, offer=offer, near=near)


def test_a_widower_reads_of_a_buddy_and_not_of_the_first_in_the_list() -> None:
    assert decide().service == "balie"
    told = decide("maatje", "balie")
    assert told.service == "maatje"
    assert told.reason.endswith("met een maatje en er plek is")


@pytest.mark.parametrize("near", [("vol",), ("elders",), ("weg",), ()])
def test_what_is_full_elsewhere_or_gone_is_not_named(near: tuple[str, ...]) -> None:
    assert decide(*near).service == "balie"


def test_words_never_change_who_picks_it_up() -> None:
    for near in [(), ("elders", "maatje"), ("maatje",)]:
        assert decide(*near).organisation == "aa"


def test_another_service_than_the_least_busy_does_not_claim_to_be_it() -> None:
    load = {"aa": Load(1, 10), "bb": Load(90, 1)}
    assert "minst druk" not in decide("maatje", load=load).reason


@pytest.mark.parametrize("language", ["en", "ar", "tr", "pl", "uk"])
def test_the_reason_names_it_in_each_language(language: str) -> None:
    reason = decide("maatje").reason
    with translation.override(language):
        told = translate_reason(reason)
    assert "een maatje" in told
    assert told != reason
