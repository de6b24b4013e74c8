"""Why here: the whole trace for staff, and what may never be in it."""

import json
from dataclasses import replace

from hypothesis import given, settings

from organisations.routing import (
    HOUSEHOLD_KEY,
    Facts,
    Load,
    Offer,
    Rule,
    RuleSetSpec,
    ServiceOffer,
    Target,
    TargetKind,
    Triage,
    compile_rules,
    describe_rule,
    parse,
)
from organisations.routing.conditions import Leaf
from organisations.routing.trace import RuleState
from tests.organisations.routing import strategies as some

MONEY = Rule(
    "geld", "Geld", parse({"all": [
        {"is": "life_domains_any", "values": ["geld", "werk"]},
        {"not": {"is": "age_band", "values": ["0-11"]}},
    ]}),
    Target(TargetKind.ORGANISATION, "aa"), "het over geld gaat", ("bb",),
)  # fmt: skip
REST = Rule("rest", "De rest", parse({"all": []}), Target(TargetKind.ORGANISATION, "bb"), "x")
LAST = replace(REST, key="laatste", name="Laatste")


def spec(*rules: Rule) -> RuleSetSpec:
    return RuleSetSpec(4, rules, Triage("triage"))


def test_every_rule_tried_is_there_with_each_condition_and_the_value_found() -> None:
    compiled = compile_rules(spec(MONEY, REST, LAST), some.SMALL)
    facts = Facts(life_domains=frozenset({"wonen"}), age_band="67+")
    trace = compiled.decide(facts, on=some.DAY).trace()

    assert [(rule.key, rule.state) for rule in trace.rules] == [
        ("_danger", RuleState.NOT_MATCHED),
        ("_household", RuleState.NOT_MATCHED),
        ("geld", RuleState.NOT_MATCHED),
        ("rest", RuleState.MATCHED),
    ]
    assert (trace.version, trace.not_reached) == (4, 1)
    assert trace.conclusion == 'Regel "De rest" is de eerste die past.'
    tried = trace.rules[2].condition
    assert [(part.sentence, part.truth) for part in tried.parts] == [
        ("het gaat over geld of werk", False),
        ("de leeftijd is niet jonger dan 12", True),
    ]
    assert (tried.truth, tried.parts[0].found) == (False, "wonen")
    assert tried.parts[1].parts[0].found == "67 of ouder"
    assert json.loads(json.dumps(trace.to_json()))["rules"][3]["state"] == "matched"


@given(some.rule_sets(), some.facts, some.offers, some.days)
@settings(max_examples=150, deadline=None)
def test_the_trace_ends_where_the_decision_was_made(spec, facts, offer, on) -> None:
    outcome = compile_rules(spec, some.SMALL).decide(facts, on=on, offer=offer)
    trace = outcome.trace()
    last = trace.rules[-1]
    if outcome.fault is not None:
        assert (last.key, last.state) == (outcome.fault.rule, RuleState.FAILED)
    elif outcome.rule is not None:
        assert (last.key, last.state) == (outcome.rule, RuleState.MATCHED)
    else:
        assert {rule.state for rule in trace.rules} <= {
            RuleState.NOT_MATCHED,
            RuleState.INACTIVE,
            RuleState.NOWHERE,
        }
        assert trace.not_reached == 0


def test_a_rule_that_failed_is_shown_as_such() -> None:
    broken = Rule("stuk", "Stuk", Leaf("moon_phase"), Target(TargetKind.ORGANISATION, "aa"), "x")
    trace = compile_rules(spec(broken, REST), some.SMALL).decide(Facts(), on=some.DAY).trace()
    assert trace.rules[-1].state is RuleState.FAILED
    assert trace.rules[-1].condition.truth is None
    assert trace.conclusion == 'Regel "Stuk" kon niet worden bepaald. De vraag gaat naar triage.'


def test_every_service_that_was_weighed_says_why_it_was_not_chosen() -> None:
    light = ServiceOffer(
        key="l", name="Soep", organisation="aa", layer=2, life_domains=frozenset({"geld"})
    )
    services = (
        replace(light, key="vol", name="Vol", layer=1, capacity=2, in_use=2),
        replace(light, key="wacht", name="Wachtlijst", layer=1, waiting_weeks=1),
        replace(light, key="jong", name="Jong", age_bands=frozenset({"0-11"})),
        replace(light, key="zuid", name="Zuid", neighbourhoods=frozenset({"zuid"})),
        replace(light, key="zwaar", name="Zwaar", layer=4),
        replace(light, key="weg", name="Weg", organisation="ex"),
        replace(light, key="x", name="Ander leefgebied", life_domains=frozenset({"werk"})),
        light,
    )
    rule = Rule("aanbod", "Aanbod", parse({"all": []}), Target(TargetKind.FITTING_SERVICE))
    facts = Facts(life_domains=frozenset({"geld"}), age_band="67+", neighbourhood="noord")
    outcome = compile_rules(spec(rule), some.SMALL).decide(
        facts, on=some.DAY, offer=Offer(services)
    )
    weighed = {entry.name: entry.why for entry in outcome.trace().rules[-1].services}
    assert weighed == {
        "Soep": "gekozen: lichtste laag die past en waar plek is",
        "Vol": "geen plek: 2 van 2 bezet",
        "Wachtlijst": "er is een wachtlijst van 1 week",
        "Jong": "is voor een andere leeftijd",
        "Zuid": "is voor een andere wijk of kern",
        "Zwaar": "zwaardere laag dan nodig",
        "Weg": "de organisatie doet nu niet mee",
    }


def test_of_two_as_light_the_trace_says_that_the_chosen_one_is_less_busy() -> None:
    soup = ServiceOffer(
        key="l", name="Soep", organisation="aa", layer=2, life_domains=frozenset({"geld"})
    )
    offer = Offer(
        (soup, replace(soup, key="b", name="Brood", organisation="bb")),
        {"aa": Load(9, 3), "bb": Load(2, 1)},
    )
    rule = Rule("aanbod", "Aanbod", parse({"all": []}), Target(TargetKind.FITTING_SERVICE))
    outcome = compile_rules(spec(rule), some.SMALL).decide(
        Facts(life_domains=frozenset({"geld"})), on=some.DAY, offer=offer
    )
    assert [(one.name, one.why) for one in outcome.trace().rules[-1].services] == [
        ("Brood", "gekozen: zij hebben nu de minste open vragen per medewerker"),
        ("Soep", "de gekozen organisatie heeft minder open vragen per medewerker, of staat eerder"),
    ]


def test_a_linked_question_gets_the_same_lead_and_nothing_tells_of_the_other_question() -> None:
    compiled = compile_rules(spec(MONEY, REST), some.SMALL)
    facts = Facts(life_domains=frozenset({"geld"}), household_lead="bb")
    outcome = compiled.decide(facts, on=some.DAY)
    assert (outcome.organisation, outcome.rule) == ("bb", HOUSEHOLD_KEY)
    assert outcome.sentence == (
        "Uw vraag ligt bij Organisatie B, omdat u daar één vaste plek heeft voor uw vragen."
    )
    in_danger = compiled.decide(replace(facts, safety=True), on=some.DAY)
    notified = json.dumps(in_danger.trace().to_json()) + in_danger.sentence
    assert "Organisatie B" not in notified
    assert "bb" not in notified


def test_a_reason_of_a_rule_on_the_link_is_never_shown_even_if_it_was_stored() -> None:
    rule = Rule("gezin", "Gezin", Leaf("household"), Target(TargetKind.HOUSEHOLD), "uw zoon ook")
    facts = Facts(household_lead="aa")
    outcome = compile_rules(spec(rule), some.SMALL).decide(facts, on=some.DAY)
    assert outcome.rule == "gezin"
    assert "zoon" not in outcome.sentence


def test_a_term_of_the_law_is_not_given_to_the_household_lead() -> None:
    wmo = Rule("wmo", "Wmo", Leaf("kind", ("wmo",)), Target(TargetKind.ORGANISATION, "aa"), "x")
    facts = Facts(kind="wmo", household_lead="bb")
    assert compile_rules(spec(wmo), some.SMALL).decide(facts, on=some.DAY).rule == "wmo"


def test_a_rule_reads_as_a_dutch_sentence() -> None:
    assert describe_rule(MONEY, some.SMALL) == (
        "Het gaat over geld of werk en de leeftijd is niet jonger dan 12: "
        "naar Organisatie A, samen met Organisatie B."
    )
