"""No reason that says that nobody else can help is false, counted over the offer itself.

SAFETY_NET_FACTS=10000 tries as many random facts as the issue asks; the suite tries fewer.
"""

import os
import random
import tomllib
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from organisations.partnership_file import soundness
from organisations.partnership_file.reading import read_file
from organisations.partnership_file.rules import rules_of
from organisations.partnership_file.vocabulary import vocabulary_of
from organisations.routing import Facts, Offer, RuleSetSpec, Triage, compile_rules
from organisations.routing.analysis.completeness import analyse
from organisations.routing.analysis.false_reasons import says_nobody_else
from organisations.routing.facts import AGE_BANDS, KINDS

LANDERD = Path("organisations/partnerships/landerd.toml")
DAY = date(2026, 11, 24)
NUMBER = int(os.environ.get("SAFETY_NET_FACTS", "1500"))
LEGAL = {"schulden": "debts", "schulden-dreiging": "debts_threat", "wmo": "wmo"}


def somebody_else_has_room(
    services: list[Mapping[str, Any]], in_use: Mapping[str, int], facts: Facts, own: str
) -> bool:
    """Count over the file's own tables, by none of the product's functions."""
    for service in services:
        if service["organisatie"] == own:
            continue
        if service.get("sinds", DAY) > DAY or service.get("tot_en_met", DAY) < DAY:
            continue
        if service.get("wachttijd_weken") or in_use[service["slug"]] >= service.get("plaatsen", 99):
            continue
        if facts.kind in LEGAL.values():
            if facts.kind not in [LEGAL[kind] for kind in service.get("wettelijk", [])]:
                continue
        elif not set(service["leefgebieden"]) & facts.life_domains:
            continue
        if service.get("leeftijden") and facts.age_band not in service["leeftijden"]:
            continue
        if service.get("wijken") and facts.neighbourhood not in service["wijken"]:
            continue
        return True
    return False


def spec_and_offer() -> tuple[Any, Any, Offer]:
    file = read_file(LANDERD)
    team = next(t for t in file.teams if t.slug == file.responsible.triage_team)
    spec = RuleSetSpec(1, rules_of(file), Triage(team.organisation, team.slug))
    return spec, vocabulary_of(file), Offer(services=tuple(soundness.offer_of(file, DAY)))


def test_no_random_question_reads_a_false_reason() -> None:
    tables = tomllib.loads(LANDERD.read_text("utf-8"))
    spec, vocabulary, offer = spec_and_offer()
    rules = compile_rules(spec, vocabulary)
    rng = random.Random(11)
    domains, places = list(vocabulary.life_domains), list(vocabulary.neighbourhoods)
    claimed = others = 0
    for _number in range(NUMBER):
        in_use = {s.key: rng.choice((0, 5, s.capacity or 0)) for s in offer.services}
        today = replace(
            offer, services=tuple(replace(s, in_use=in_use[s.key]) for s in offer.services)
        )
        facts = Facts(
            life_domains=frozenset(rng.sample(domains, rng.randint(0, 3))),
            age_band=rng.choice((None, *AGE_BANDS)),
            neighbourhood=rng.choice((None, *places)),
            kind=rng.choice(("welfare", "welfare", *KINDS)),
            urgency=rng.choice(("normal", "soon")),
        )
        outcome = rules.decide(facts, on=DAY, offer=today)
        elsewhere = somebody_else_has_room(tables["aanbod"], in_use, facts, outcome.organisation)
        others += elsewhere
        if says_nobody_else(outcome.reason):
            claimed += 1
            assert not elsewhere, facts
    assert claimed > NUMBER / 50
    assert others > NUMBER / 10


def test_the_check_finds_the_reason_false_without_its_safety_net() -> None:
    spec, vocabulary, offer = spec_and_offer()
    assert analyse(spec, vocabulary, on=DAY, offer=offer).false_reasons == ()
    bare = tuple(
        replace(rule, when=rule.when.parts[0]) if rule.key == "vangnet" else rule
        for rule in spec.rules
    )
    [false] = analyse(replace(spec, rules=bare), vocabulary, on=DAY, offer=offer).false_reasons
    assert false.key == "vangnet"
    assert not analyse(replace(spec, rules=bare), vocabulary, on=DAY, offer=offer).sound


@pytest.mark.parametrize(
    ("reason", "claims"),
    [
        ("zij helpen met wat niemand anders doet", True),
        ("geen andere organisatie dit doet", True),
        ("zij als enige helpen", True),
        ("u nergens anders terecht kunt", True),
        ("het over geld gaat", False),
        ("zij u met anderen in contact brengen", False),
    ],
)
def test_what_says_that_nobody_else_helps(reason: str, claims: bool) -> None:
    assert says_nobody_else(reason) is claims
