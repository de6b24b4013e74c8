"""The figures of the routing engine, each beside a floor measured in the same run.

`manage.py bench routing` prints what `bench_routing` gives. The floor of a decision is the
least any engine must do for the same facts: look the answer up in a dictionary.
"""

from __future__ import annotations

import random
import statistics
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from time import perf_counter
from typing import Any

from organisations.routing.analysis.completeness import analyse
from organisations.routing.conditions import All, Leaf, Not
from organisations.routing.decide import compile_rules
from organisations.routing.facts import ABOUT, AGE_BANDS, CHANNELS, KINDS, UNKNOWN, Facts
from organisations.routing.offer import Load, Offer, ServiceOffer
from organisations.routing.ruleset import Rule, RuleSetSpec, Target, TargetKind, Triage
from organisations.routing.simulate import PastQuestion, simulate
from organisations.routing.vocabulary import NeighbourhoodEntry, OrganisationEntry, Vocabulary

DAY = date(2026, 11, 24)
DOMAINS = tuple(f"leefgebied-{number}" for number in range(12))
ORGANISATIONS = tuple(f"organisatie-{number}" for number in range(8))
NEIGHBOURHOODS = tuple(f"wijk-{number}" for number in range(12))


@dataclass(frozen=True, slots=True)
class RoutingFigures:
    """The figures measured. Times are in milliseconds (`_ms`) or seconds (`_s`);
    `decision_p99_ratio` is the measured p99 over the floor's p99."""

    rules: int
    decisions: int
    decision_p50_ms: float
    decision_p99_ms: float
    floor_p99_ms: float
    decision_p99_ratio: float
    completeness_s: float
    completeness_dead: int
    completeness_cases: int
    simulated: int
    simulation_s: float
    simulation_moved: int

    def to_json(self) -> dict[str, Any]:
        """Return the figures as JSON."""
        return asdict(self)


def bench_vocabulary() -> Vocabulary:
    """Return a made-up partnership of ordinary size."""
    return Vocabulary(
        organisations={
            slug: OrganisationEntry(slug, slug.title()) for slug in (*ORGANISATIONS, "triage")
        },
        life_domains={slug: slug for slug in DOMAINS},
        neighbourhoods={
            slug: NeighbourhoodEntry(slug, slug.title(), "GM0001" if place < 6 else "GM0002")
            for place, slug in enumerate(NEIGHBOURHOODS)
        },
        municipalities={"GM0001": "Eendorp", "GM0002": "Tweedorp"},
        languages={"nl": "Nederlands", "ar": "Arabisch", "ti": "Tigrinya"},
    )


def bench_rules(count: int, seed: int) -> RuleSetSpec:
    """Return an ordered rule set of random rules of two to five conditions."""
    rng = random.Random(seed)
    rules = []
    for number in range(count):
        parts = [_bench_leaf(rng) for _ in range(rng.randint(2, 5))]
        to = Target(TargetKind.ORGANISATION, rng.choice(ORGANISATIONS))
        if number % 10 == 0:
            to = Target(TargetKind.FITTING_SERVICE)
        rules.append(Rule(f"regel-{number}", f"Regel {number}", All(tuple(parts)), to, "het past"))
    return RuleSetSpec(1, tuple(rules), Triage("triage"))


def _bench_leaf(rng: random.Random) -> Leaf | Not:
    kind, values = rng.choice(
        (
            ("life_domains_any", DOMAINS),
            ("life_domains_any", DOMAINS),
            ("life_domains_all", DOMAINS),
            ("age_band", (*AGE_BANDS, UNKNOWN)),
            ("neighbourhood", (*NEIGHBOURHOODS, UNKNOWN)),
            ("channel", tuple(CHANNELS)),
            ("about", tuple(ABOUT)),
            ("kind", tuple(KINDS)),
            ("language", ("nl", "ar", "ti")),
        )
    )
    leaf = Leaf(kind, tuple(rng.sample(values, rng.randint(1, 2))))
    return Not(leaf) if rng.random() < 0.1 else leaf


def bench_offer(count: int, seed: int) -> Offer:
    """Return services over all layers, some for one age, some with a limit."""
    rng = random.Random(seed)
    services = tuple(
        ServiceOffer(
            key=f"aanbod-{number}",
            name=f"Aanbod {number}",
            organisation=rng.choice(ORGANISATIONS),
            layer=rng.randint(1, 4),
            life_domains=frozenset(rng.sample(DOMAINS, 2)),
            age_bands=frozenset(rng.sample(tuple(AGE_BANDS), 2)) if number % 3 else frozenset(),
            capacity=rng.choice((None, 5, 20)),
            in_use=rng.randint(0, 10),
        )
        for number in range(count)
    )
    load = {slug: Load(rng.randint(0, 90), rng.randint(1, 9)) for slug in ORGANISATIONS}
    return Offer(services, load)


def bench_facts(count: int, seed: int) -> list[Facts]:
    """Return random facts, distributed roughly as in real questions."""
    rng = random.Random(seed)
    result = []
    for _ in range(count):
        place = rng.choice((*NEIGHBOURHOODS, None))
        gm = None if place is None else "GM0001" if NEIGHBOURHOODS.index(place) < 6 else "GM0002"
        result.append(
            Facts(
                channel=rng.choice(tuple(CHANNELS)),
                life_domains=frozenset(rng.sample(DOMAINS, rng.choice((1, 1, 1, 2, 3)))),
                age_band=rng.choice((*AGE_BANDS, None)),
                about=rng.choice(tuple(ABOUT)),
                neighbourhood=place,
                municipality=gm,
                urgency=rng.choices(("normal", "soon", "danger"), (90, 8, 2))[0],
                language=rng.choice(("nl", "nl", "nl", "ar", "ti")),
                kind=rng.choice(tuple(KINDS)),
            )
        )
    return result


def _times(call: Callable[[Facts], object], facts: Sequence[Facts]) -> list[float]:
    result = []
    for one in facts:
        start = perf_counter()
        call(one)
        result.append((perf_counter() - start) * 1000)
    return result


def _p99(times: Sequence[float]) -> float:
    return statistics.quantiles(times, n=100)[98]


def bench_routing(
    *, rules: int = 500, decisions: int = 20_000, questions: int = 100_000, seed: int = 1
) -> RoutingFigures:
    """Measure decisions, completeness and simulation; takes about ten seconds."""
    vocabulary, offer = bench_vocabulary(), bench_offer(60, seed)
    spec = bench_rules(rules, seed)
    compiled = compile_rules(spec, vocabulary)
    facts = bench_facts(decisions, seed)
    cold = _times(lambda one: compiled.decide(one, on=DAY, offer=offer), facts)
    table = {one: compiled.decide(one, on=DAY, offer=offer) for one in facts}
    floor = _times(lambda one: table[one], facts)

    start = perf_counter()
    found = analyse(spec, vocabulary, on=DAY, offer=offer)
    completeness = perf_counter() - start

    rng = random.Random(seed)
    past = [
        PastQuestion(number, one, DAY - timedelta(rng.randint(1, 365)), rng.choice(ORGANISATIONS))
        for number, one in enumerate(bench_facts(questions, seed + 1))
    ]
    draft = compile_rules(bench_rules(rules, seed + 1), vocabulary)
    start = perf_counter()
    simulated = simulate(draft, past, offer=lambda _day: offer)
    simulation = perf_counter() - start
    return RoutingFigures(
        rules=rules,
        decisions=decisions,
        decision_p50_ms=statistics.median(cold),
        decision_p99_ms=_p99(cold),
        floor_p99_ms=_p99(floor),
        decision_p99_ratio=_p99(cold) / _p99(floor),
        completeness_s=completeness,
        completeness_dead=len(found.dead),
        completeness_cases=len(found.only_triage),
        simulated=simulated.total,
        simulation_s=simulation,
        simulation_moved=simulated.moved,
    )
