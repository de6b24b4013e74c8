"""Breed Welzijn Putten's way of dividing, as a rule set (issue 2, point 4)."""

from datetime import date
from typing import Any

import pytest

from organisations.routing import (
    DANGER_KEY,
    CompiledRuleSet,
    Facts,
    NeighbourhoodEntry,
    OrganisationEntry,
    TeamEntry,
    Vocabulary,
    check,
    compile_rules,
    read_rule_set,
)
from organisations.routing.analysis.completeness import analyse

DAY = date(2026, 11, 24)
PUTTEN = Vocabulary(
    organisations={
        slug: OrganisationEntry(slug, name)
        for slug, name in {
            "actief-putten": "Actief Putten",
            "jeugd-punt": "Jeugd-Punt",
            "stichting-welzijn-putten": "Stichting Welzijn Putten",
            "stimenz": "Stimenz",
        }.items()
    },
    life_domains={
        "opgroeien": "opgroeien",
        "school": "school",
        "straat-en-scherm": "straat en scherm",
        "bewegen": "sport en bewegen",
        "geld": "geld",
        "relaties": "relaties",
        "opvoeden": "opvoeden",
        "regels": "brieven en rechten",
        "ouder-worden": "ouder worden en maaltijden",
        "vervoer": "vervoer",
        "meedoen": "vrijwilligerswerk",
        "zorgen": "zorgen voor een ander",
        "contact": "mensen om u heen",
    },
    neighbourhoods={"dorp": NeighbourhoodEntry("dorp", "Putten (dorp)", "GM0273")},
    municipalities={"GM0273": "Putten"},
    teams={"toegang": TeamEntry("toegang", "het team van de toegang", "stichting-welzijn-putten")},
)


def about(*domains: str) -> dict[str, Any]:
    return {"is": "life_domains_any", "values": list(domains)}


YOUNG = {"is": "age_band", "values": ["0-11", "12-15", "16-17", "18-26"]}
RULES = {
    "version": 12,
    "triage": {"organisation": "stichting-welzijn-putten", "team": "toegang"},
    "rules": [
        {
            "key": "dreiging", "name": "Schulden met een dreigende datum",
            "when": {"is": "kind", "values": ["debts", "debts_threat"]},
            "to": {"organisation": "stimenz"}, "reason": "zij snel kunnen helpen met geld",
        },
        {
            "key": "jongeren", "name": "Jongeren",
            "when": {"all": [YOUNG, about("opgroeien", "school", "straat-en-scherm")]},
            "to": {"organisation": "jeugd-punt"}, "reason": "het over opgroeien gaat",
        },
        {
            "key": "bewegen", "name": "Bewegen", "when": about("bewegen"),
            "to": {"organisation": "actief-putten"}, "reason": "het over bewegen gaat",
        },
        {
            "key": "stimenz", "name": "Geld, relaties, opvoeden, regels",
            "when": about("geld", "relaties", "opvoeden", "regels"),
            "to": {"organisation": "stimenz"}, "reason": "zij hierin de weg weten",
        },
        {
            "key": "swp", "name": "Ouderen, vervoer, vrijwilligers, mantelzorg",
            "when": about("ouder-worden", "vervoer", "meedoen", "zorgen"),
            "to": {"organisation": "stichting-welzijn-putten"},
            "reason": "zij hier elke dag mee helpen",
        },
    ],
}  # fmt: skip


@pytest.fixture(scope="module")
def putten() -> CompiledRuleSet:
    return compile_rules(read_rule_set(RULES), PUTTEN)


def asks(*domains: str, age: str | None = None, **more: Any) -> Facts:
    return Facts(life_domains=frozenset(domains), age_band=age, **more)


@pytest.mark.parametrize("domain", ["opgroeien", "school", "straat-en-scherm"])
@pytest.mark.parametrize("age", ["12-15", "16-17", "18-26"])
def test_young_people_go_to_jeugd_punt(putten: CompiledRuleSet, domain: str, age: str) -> None:
    outcome = putten.decide(asks(domain, age=age), on=DAY)
    assert outcome.organisation == "jeugd-punt"


def test_the_girl_of_15_is_told_so_in_words_of_her_own(putten: CompiledRuleSet) -> None:
    outcome = putten.decide(asks("opgroeien", age="12-15"), on=DAY)
    assert outcome.sentence == "Jouw vraag ligt bij Jeugd-Punt, omdat het over opgroeien gaat."


def test_sport_and_moving_goes_to_actief_putten(putten: CompiledRuleSet) -> None:
    assert putten.decide(asks("bewegen", age="67+"), on=DAY).organisation == "actief-putten"


@pytest.mark.parametrize("domain", ["geld", "relaties", "opvoeden", "regels"])
def test_money_relationships_children_and_advice_go_to_stimenz(
    putten: CompiledRuleSet, domain: str
) -> None:
    assert putten.decide(asks(domain, age="27-66"), on=DAY).organisation == "stimenz"


@pytest.mark.parametrize("domain", ["ouder-worden", "vervoer", "meedoen", "zorgen"])
def test_older_people_meals_transport_volunteers_and_carers_go_to_welzijn_putten(
    putten: CompiledRuleSet, domain: str
) -> None:
    outcome = putten.decide(asks(domain, age="67+", about="parent"), on=DAY)
    assert outcome.organisation == "stichting-welzijn-putten"
    assert outcome.rule == "swp"


def test_a_letter_of_the_bailiff_goes_to_stimenz_even_with_another_life_domain(
    putten: CompiledRuleSet,
) -> None:
    outcome = putten.decide(asks("bewegen", kind="debts_threat"), on=DAY)
    assert (outcome.organisation, outcome.rule) == ("stimenz", "dreiging")


@pytest.mark.parametrize("desk_time", ["office", "evening", "weekend"])
@pytest.mark.parametrize("danger", [{"safety": True}, {"urgency": "danger"}])
def test_danger_goes_to_triage_at_once_and_asks_for_the_person_on_duty(
    putten: CompiledRuleSet, desk_time: str, danger: dict[str, Any]
) -> None:
    outcome = putten.decide(asks("geld", age="16-17", desk_time=desk_time, **danger), on=DAY)
    assert (outcome.team, outcome.rule, outcome.danger) == ("toegang", DANGER_KEY, True)
    assert "gevaar" not in outcome.sentence, "someone else may read along"


@pytest.mark.parametrize("facts", [Facts(), asks("contact"), asks("opgroeien", age="27-66")])
def test_nothing_matches_so_the_team_of_the_access_has_it(
    putten: CompiledRuleSet, facts: Facts
) -> None:
    outcome = putten.decide(facts, on=DAY)
    assert (outcome.team, outcome.rule) == ("toegang", None)
    assert outcome.sentence == (
        "Uw vraag ligt bij het team van de toegang, "
        "omdat wij daar eerst uitzoeken wie u het beste kan helpen."
    )


def test_the_rules_may_be_published_and_say_what_they_leave_to_triage() -> None:
    spec = read_rule_set(RULES)
    assert check(spec, PUTTEN, on=DAY) == []
    found = analyse(spec, PUTTEN, on=DAY)
    assert found.sound
    assert found.unreached == ()
    no_debts = "het is geen vraag over schulden of vraag over schulden met een dreigende datum."
    assert [case.words for case in found.only_triage] == [
        "Het gaat alleen over mensen om u heen, of er is geen leefgebied gekozen; " + no_debts,
        "Het gaat alleen over opgroeien, school, straat en scherm of mensen om u heen, of er is "
        "geen leefgebied gekozen; de leeftijd is 27 of ouder of onbekend; " + no_debts,
    ]
