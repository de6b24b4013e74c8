"""Explain to staff why a question went where it went.

`explain` tries the rules in order with the same tests that decide, and records for each condition
whether it is true and which value was found. Of another question it shows only that a link exists,
never where that question is (invariant 4).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from organisations.routing.conditions import All, Any_, Condition, Leaf, Not, kind_of, plain_test
from organisations.routing.descriptions import describe_fact, phrase
from organisations.routing.destination import destination
from organisations.routing.evaluation import CompiledRule, taking_part_on
from organisations.routing.facts import CLOCK_KINDS, Facts
from organisations.routing.offer import Offer, ServiceOffer
from organisations.routing.ruleset import Rule, RuleSetSpec, TargetKind
from organisations.routing.trace import ConditionTrace, RuleState, RuleTrace, ServiceTrace, Trace
from organisations.routing.vocabulary import Vocabulary


def explain(
    spec: RuleSetSpec,
    rules: Sequence[CompiledRule],
    facts: Facts,
    *,
    vocabulary: Vocabulary,
    on: date,
    offer: Offer,
) -> Trace:
    """Try the rules in order until one decides, and record what was found.

    `rules` are those of `spec` in the order in which they are tried, danger first.
    """
    partners = taking_part_on(vocabulary, on)
    tried: list[RuleTrace] = []
    deciding: RuleTrace | None = None
    for compiled in rules:
        rule = compiled.rule
        services: tuple[ServiceTrace, ...] = ()
        if not rule.active(on):
            state = RuleState.INACTIVE
        else:
            try:
                if not compiled.matches(facts):
                    state = RuleState.NOT_MATCHED
                else:
                    found = destination(
                        rule,
                        facts,
                        offer=offer,
                        vocabulary=vocabulary,
                        triage=spec.triage,
                        taking_part=partners,
                    )
                    state = RuleState.NOWHERE if found is None else RuleState.MATCHED
                    if rule.to.kind is TargetKind.FITTING_SERVICE:
                        services = _trace_services(rule, facts, offer, partners, vocabulary)
            except Exception:  # noqa: BLE001 - as in `CompiledRuleSet.choose`: to triage
                state = RuleState.FAILED
        condition = _trace_condition(rule.when, facts, vocabulary)
        tried.append(RuleTrace(rule.key, rule.label, state, condition, services))
        if state in {RuleState.MATCHED, RuleState.FAILED}:
            deciding = tried[-1]
            break
    return Trace(spec.version, on, tuple(tried), len(rules) - len(tried), _conclusion(deciding))


def _conclusion(decided: RuleTrace | None) -> str:
    if decided is None:
        return _("Geen regel past. De vraag gaat naar triage.")
    if decided.state is RuleState.FAILED:
        return _('Regel "{name}" kon niet worden bepaald. De vraag gaat naar triage.').format(
            name=decided.name
        )
    return _('Regel "{name}" is de eerste die past.').format(name=decided.name)


def _trace_condition(condition: Condition, facts: Facts, vocabulary: Vocabulary) -> ConditionTrace:
    sentence = phrase(condition, vocabulary)
    match condition:
        case Leaf():
            try:
                truth: bool | None = plain_test(condition)(facts)
            except Exception:  # noqa: BLE001 - shown as "could not be evaluated"
                truth = None
            return ConditionTrace(sentence, truth, _found(condition, facts, vocabulary))
        case Not(part):
            inner = _trace_condition(part, facts, vocabulary)
            truth = None if inner.truth is None else not inner.truth
            return ConditionTrace(sentence, truth, form="not", parts=(inner,))
        case All(parts) | Any_(parts):
            form = "all" if isinstance(condition, All) else "any"
            inner_parts = tuple(_trace_condition(part, facts, vocabulary) for part in parts)
            return ConditionTrace(
                sentence,
                _joined(form, [part.truth for part in inner_parts]),
                form=form,
                parts=inner_parts,
            )


def _joined(form: str, truths: list[bool | None]) -> bool | None:
    """Combine results from left to right, short-circuiting as django-rules does."""
    for truth in truths:
        if truth is None:
            return None
        if truth is (form == "any"):
            return truth
    return form == "all"


def _found(leaf: Leaf, facts: Facts, vocabulary: Vocabulary) -> str:
    kind = kind_of(leaf)
    if kind is None:
        return ""
    if not kind.shown:
        return _("ja") if getattr(facts, kind.reads[0]) is not None else _("nee")
    return ", ".join(describe_fact(name, getattr(facts, name), vocabulary) for name in kind.reads)


def _trace_services(
    rule: Rule, facts: Facts, offer: Offer, partners: frozenset[str], vocabulary: Vocabulary
) -> tuple[ServiceTrace, ...]:
    """Explain for each service considered why it was or wasn't chosen, the chosen one first."""
    chosen = offer.fitting(facts, rule.to.layers, partners)
    lowest_load = chosen is not None and offer.has_lowest_load(
        chosen, facts, rule.to.layers, partners
    )
    result = []
    for service in offer.services:
        if service is not chosen and not _near(service, facts):
            continue
        result.append(
            ServiceTrace(
                service.key,
                service.name,
                vocabulary.organisation_name(service.organisation),
                str(vocabulary.layers.get(service.layer, service.layer)),
                service is chosen,
                _why(service, chosen, rule, facts, partners, lowest_load=lowest_load),
            )
        )
    return tuple(sorted(result, key=lambda entry: not entry.chosen))


def _near(service: ServiceOffer, facts: Facts) -> bool:
    """Whether a service is close enough to explain: same life domain or kind of question."""
    return facts.kind in service.clock_kinds or not service.life_domains.isdisjoint(
        facts.life_domains
    )


def _why(
    service: ServiceOffer,
    chosen: ServiceOffer | None,
    rule: Rule,
    facts: Facts,
    partners: frozenset[str],
    *,
    lowest_load: bool,
) -> str:
    if service is chosen:
        if lowest_load:
            return _("gekozen: zij hebben nu de minste open vragen per medewerker")
        if facts.kind in CLOCK_KINDS:
            return _("gekozen: dit aanbod hoort bij een vraag met een wettelijke termijn")
        return _("gekozen: lichtste laag die past en waar plek is")
    if service.organisation not in partners:
        return _("de organisatie doet nu niet mee")
    if rule.to.layers and service.layer not in rule.to.layers:
        return _("deze laag hoort niet bij de regel")
    if facts.kind in CLOCK_KINDS and facts.kind not in service.clock_kinds:
        return _("een vraag met een wettelijke termijn gaat niet naar lichter aanbod")
    if service.age_bands and facts.age_band not in service.age_bands:
        return _("is voor een andere leeftijd")
    if service.neighbourhoods and facts.neighbourhood not in service.neighbourhoods:
        return _("is voor een andere wijk of kern")
    if service.room == 0:
        return _("geen plek: {in_use} van {capacity} bezet").format(
            in_use=service.in_use, capacity=service.capacity
        )
    if service.waiting_weeks:
        return ngettext(
            "er is een wachtlijst van {weeks} week",
            "er is een wachtlijst van {weeks} weken",
            service.waiting_weeks,
        ).format(weeks=service.waiting_weeks)
    if chosen is not None and service.layer > chosen.layer:
        return _("zwaardere laag dan nodig")
    return _("de gekozen organisatie heeft minder open vragen per medewerker, of staat eerder")
