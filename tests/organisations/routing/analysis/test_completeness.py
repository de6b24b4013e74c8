"""The completeness check says exactly what trying every combination would say."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import chain, combinations, product

from hypothesis import given, settings
from hypothesis import strategies as st

from organisations.routing import (
    HOUSEHOLD_KEY,
    NO_OFFER,
    Facts,
    Offer,
    OrganisationEntry,
    Rule,
    RuleSetSpec,
    ServiceOffer,
    Target,
    TargetKind,
    Triage,
    compile_rules,
    parse,
)
from organisations.routing.analysis.cases import Case
from organisations.routing.analysis.completeness import analyse
from organisations.routing.analysis.findings import Completeness, DeadBecause
from organisations.routing.analysis.target_conditions import service_condition
from organisations.routing.conditions import All, Any_, Leaf, Not
from tests.organisations.routing import strategies as some
from tests.organisations.routing.oracle import as_predicate as predicate_of

TO_A = Target(TargetKind.ORGANISATION, "aa")
TO_B = Target(TargetKind.ORGANISATION, "bb")

leaf = st.one_of(
    some._some(("geld", "werk", "opvoeden")).map(lambda v: Leaf("life_domains_any", v)),
    some._some(("geld", "werk", "opvoeden")).map(lambda v: Leaf("life_domains_all", v)),
    st.integers(1, 3).map(lambda number: Leaf("life_domains_at_least", number=number)),
    some._some(("0-11", "67+", "unknown")).map(lambda v: Leaf("age_band", v)),
    some._some(("noord", "zuid", "unknown")).map(lambda v: Leaf("neighbourhood", v)),
    some._some(("GM0001", "unknown")).map(lambda v: Leaf("municipality", v)),
    some._some(("welfare", "wmo")).map(lambda v: Leaf("kind", v)),
    st.just(Leaf("danger")),
    st.just(Leaf("household")),
)
condition = st.recursive(
    leaf,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(lambda parts: All(tuple(parts))),
        st.lists(inner, max_size=3).map(lambda parts: Any_(tuple(parts))),
        inner.map(Not),
    ),
    max_leaves=5,
)


WORLD = replace(some.SMALL, life_domains={slug: slug for slug in ("geld", "werk", "opvoeden")})


def every_combination() -> Iterator[Facts]:
    """Every combination the conditions above can tell apart."""
    domains = ("geld", "werk", "opvoeden")
    sets = [frozenset(s) for s in chain.from_iterable(combinations(domains, n) for n in range(4))]
    places = [
        ("noord", "GM0001"),
        ("zuid", "GM0002"),
        *((None, m) for m in (None, "GM0001", "GM0002")),
    ]
    for chosen, age, (place, gm), kind, urgency, linked in product(
        sets, (None, "0-11", "67+", "27-66"), places, ("welfare", "advice", "wmo", "debts"),
        ("normal", "danger"), (None, "aa"),
    ):  # fmt: skip
        yield Facts(
            life_domains=chosen, age_band=age, neighbourhood=place, municipality=gm, kind=kind,
            urgency=urgency, household_lead=linked,
        )  # fmt: skip


EVERY = list(every_combination())


class Tried:
    """The same questions, answered by trying every combination on every day that matters."""

    def __init__(self, spec: RuleSetSpec, offer: Offer, on: date) -> None:
        # A question that its asker linked is looked at as if it were not linked.
        self.rules = tuple(rule for rule in spec.in_order() if rule.key != HOUSEHOLD_KEY)
        days = {on}
        for rule in self.rules:
            days |= {day for day in (rule.active_from,) if day and day > on}
            days |= {day + timedelta(1) for day in (rule.active_until,) if day and day >= on}
        self.where = [(facts, day) for day in sorted(days) for facts in EVERY]
        self.all = (1 << len(self.where)) - 1
        self.condition: dict[str, int] = {}
        self.possible: dict[str, int] = {}
        self.sure: dict[str, int] = {}
        self.active: dict[str, bool] = {}
        for rule in self.rules:
            holds = predicate_of(rule.when).test
            condition = possible = sure = 0
            for place, (facts, day) in enumerate(self.where):
                if not rule.active(day) or not holds(facts):
                    continue
                condition |= 1 << place
                may, does = self._target(rule, facts, offer)
                possible |= may << place
                sure |= does << place
            self.condition[rule.key], self.possible[rule.key] = condition, possible
            self.sure[rule.key] = sure
            self.active[rule.key] = any(rule.active(day) for day in days)

    @staticmethod
    def _target(rule: Rule, facts: Facts, offer: Offer) -> tuple[bool, bool]:
        if rule.to.kind is TargetKind.HOUSEHOLD:
            return (facts.household_lead is not None,) * 2
        if rule.to.kind is TargetKind.NEIGHBOURHOOD_TEAM:
            return (some.SMALL.team_of(facts.neighbourhood) is not None,) * 2
        if rule.to.kind is TargetKind.FITTING_SERVICE:
            fits = [
                service
                for service in offer.services
                if service.suits(facts)
                and service.capacity != 0
                and (not rule.to.layers or service.layer in rule.to.layers)
            ]
            return bool(fits), any(
                service.capacity is None and service.waiting_weeks == 0 for service in fits
            )
        return True, True

    def dead(self) -> dict[str, DeadBecause]:
        result = {}
        taken = 0
        for rule in self.rules:
            key = rule.key
            if not key.startswith("_") and self.active[key] and not self.possible[key] & ~taken:
                result[key] = (
                    DeadBecause.CONTRADICTION
                    if not self.condition[key]
                    else DeadBecause.SHADOWED
                    if self.possible[key]
                    else DeadBecause.NOWHERE
                )
            taken |= self.sure[key]
        return result


def union(masks: Iterator[int]) -> int:
    result = 0
    for mask in masks:
        result |= mask
    return result


def holds(case: Case, facts: Facts, day: date) -> bool:
    """Whether these facts on this day are one of the combinations of a case."""
    chosen = facts.life_domains
    return (
        all(getattr(facts, name) in values for name, values in case.only.items())
        and chosen.issuperset(case.present)
        and chosen.isdisjoint(case.absent)
        and (not case.one_of or not chosen.isdisjoint(case.one_of))
        and (not case.counts or len(chosen) in case.counts)
        and (not case.days or any(a <= day and (b is None or day <= b) for a, b in case.days))
    )


def covered(cases: object, tried: Tried) -> int:
    result = 0
    for place, (facts, day) in enumerate(tried.where):
        if any(holds(case, facts, day) for case in cases):  # type: ignore[attr-defined]
            result |= 1 << place
    return result


@given(some.rule_sets(max_rules=5, conditions=condition), some.offers)
@settings(max_examples=50, deadline=None)
def test_it_agrees_with_trying_everything(spec: RuleSetSpec, offer: Offer) -> None:
    found = analyse(spec, WORLD, on=some.DAY, offer=offer, limit=500)
    tried = Tried(spec, offer, some.DAY)

    assert {rule.key: rule.because for rule in found.dead} == tried.dead()
    possible = union(iter(tried.possible.values()))
    sure = union(iter(tried.sure.values()))
    assert not found.more
    assert covered(found.only_triage, tried) == tried.all & ~possible
    assert covered(found.triage_when_full, tried) == possible & ~sure & tried.all
    for rule in found.dead:
        if rule.because is DeadBecause.SHADOWED:
            shadows = [tried.sure[key] for key in rule.shadowed_by]
            assert not tried.possible[rule.key] & ~union(iter(shadows))
            for index in range(len(shadows)):
                rest = shadows[:index] + shadows[index + 1 :]
                assert tried.possible[rule.key] & ~union(iter(rest)), "a rule could be left out"


@given(some.rule_sets(max_rules=5, conditions=condition), some.offers)
@settings(max_examples=50, deadline=None)
def test_the_example_of_a_case_really_goes_to_triage(spec: RuleSetSpec, offer: Offer) -> None:
    found = analyse(spec, some.SMALL, on=some.DAY, offer=offer)
    compiled = compile_rules(spec, some.SMALL)
    for case in found.only_triage:
        assert holds(case, case.facts, case.day)
        assert compiled.decide(case.facts, on=case.day, offer=offer).rule is None


@given(some.service, some.facts)
@settings(max_examples=300)
def test_a_service_as_a_condition_suits_the_same_questions(
    service: ServiceOffer, facts: Facts
) -> None:
    assert predicate_of(service_condition(service)).test(facts) == service.suits(facts)


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
        "Het gaat over geld; de soort vraag is informatie of advies, welzijnsvraag of jeugdhulp."
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
