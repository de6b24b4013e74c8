"""Why a question went where it went, for staff, and a rule in words.

`trace` tries the rules one by one with the same predicates that decide, and writes down each
condition, true or false, with the value found. It shows no more about another question than
that a link exists: never where that question lies (invariant 4).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from organisations.routing.conditions import (
    All,
    Any_,
    Condition,
    Leaf,
    Not,
    kind_of,
    plain_test,
)
from organisations.routing.facts import CLOCK_KINDS, UNKNOWN, Facts
from organisations.routing.kinds import Parameter
from organisations.routing.offer import NO_OFFER, Offer, ServiceOffer
from organisations.routing.outcome import destination
from organisations.routing.ruleset import Rule, TargetKind
from organisations.routing.vocabulary import Vocabulary

if TYPE_CHECKING:
    from organisations.routing.compiled import CompiledRuleSet


class RuleState(StrEnum):
    """What became of one rule."""

    MATCHED = "matched"
    NOT_MATCHED = "not_matched"
    INACTIVE = "inactive"
    NOWHERE = "nowhere"
    FAILED = "failed"
    NOT_REACHED = "not_reached"

    @property
    def label(self) -> str:
        """The words on the screen."""
        return {
            "matched": _("past: deze regel beslist"),
            "not_matched": _("past niet"),
            "inactive": _("geldt niet op deze dag"),
            "nowhere": _("past, maar er is nu geen plek om heen te gaan"),
            "failed": _("kon niet worden bepaald: naar triage"),
            "not_reached": _("niet meer aan de beurt"),
        }[self.value]


@dataclass(frozen=True, slots=True)
class ConditionTrace:
    """One condition with its answer: True, False, or None where it failed."""

    sentence: str
    truth: bool | None
    found: str = ""
    form: str = "is"
    parts: tuple[ConditionTrace, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Give the JSON form."""
        result: dict[str, Any] = {"sentence": self.sentence, "truth": self.truth}
        if self.form == "is":
            return result | {"found": self.found}
        return result | {"form": self.form, "parts": [part.to_json() for part in self.parts]}


@dataclass(frozen=True, slots=True)
class ServiceTrace:
    """One service that a rule weighed, and in words why it was or wasn't chosen."""

    key: str
    name: str
    organisation: str
    layer: str
    chosen: bool
    why: str

    def to_json(self) -> dict[str, Any]:
        """Give the JSON form."""
        return {
            "key": self.key,
            "name": self.name,
            "organisation": self.organisation,
            "layer": self.layer,
            "chosen": self.chosen,
            "why": self.why,
        }


@dataclass(frozen=True, slots=True)
class RuleTrace:
    """One rule that was tried."""

    key: str
    name: str
    state: RuleState
    condition: ConditionTrace
    services: tuple[ServiceTrace, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Give the JSON form."""
        return {
            "key": self.key,
            "name": self.name,
            "state": self.state.value,
            "label": self.state.label,
            "condition": self.condition.to_json(),
            "services": [service.to_json() for service in self.services],
        }


@dataclass(frozen=True, slots=True)
class Trace:
    """The whole way to a decision. `not_reached` counts the rules after the deciding one."""

    version: int
    on: date
    rules: tuple[RuleTrace, ...]
    not_reached: int
    conclusion: str

    def to_json(self) -> dict[str, Any]:
        """Give the JSON form."""
        return {
            "version": self.version,
            "on": self.on.isoformat(),
            "rules": [rule.to_json() for rule in self.rules],
            "not_reached": self.not_reached,
            "conclusion": self.conclusion,
        }


def trace(compiled: CompiledRuleSet, facts: Facts, *, on: date, offer: Offer = NO_OFFER) -> Trace:
    """Try every rule in order until one decides, and write down what was found."""
    vocabulary = compiled.vocabulary
    tried: list[RuleTrace] = []
    decided: RuleTrace | None = None
    partners = frozenset(
        slug for slug, entry in vocabulary.organisations.items() if entry.takes_part(on)
    )
    for rule, predicate in zip(compiled.rules, compiled.predicates, strict=True):
        condition = _trace_condition(rule.when, facts, vocabulary)
        services: tuple[ServiceTrace, ...] = ()
        if not rule.active(on):
            state = RuleState.INACTIVE
        else:
            try:
                if not predicate.test(facts):
                    state = RuleState.NOT_MATCHED
                else:
                    found = destination(
                        rule,
                        facts,
                        on=on,
                        offer=offer,
                        vocabulary=vocabulary,
                        triage=compiled.spec.triage,
                        taking_part=partners,
                    )
                    state = RuleState.NOWHERE if found is None else RuleState.MATCHED
                    if rule.to.kind is TargetKind.FITTING_SERVICE:
                        services = _trace_services(rule, facts, offer, partners, vocabulary)
            except Exception:  # noqa: BLE001 - as in decide: a failing rule goes to triage
                state = RuleState.FAILED
        entry = RuleTrace(rule.key, rule.name, state, condition, services)
        tried.append(entry)
        if state in {RuleState.MATCHED, RuleState.FAILED}:
            decided = entry
            break
    return Trace(
        compiled.spec.version,
        on,
        tuple(tried),
        len(compiled.rules) - len(tried),
        _conclusion(decided),
    )


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
            except Exception:  # noqa: BLE001 - shown as "could not be worked out"
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
    """Join answers from left to right with django-rules' short cuts."""
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
    return ", ".join(fact_in_words(name, getattr(facts, name), vocabulary) for name in kind.reads)


def fact_in_words(name: str, value: Any, vocabulary: Vocabulary) -> str:
    """Give the words for the value of one fact."""
    if isinstance(value, bool):
        return _("iemand is nu niet veilig") if value else _("niemand meldt nu onveilig te zijn")
    if isinstance(value, frozenset):
        if not value:
            return _("geen leefgebied gekozen")
        return join(sorted(vocabulary.label(name, item) for item in value), _("en"))
    return vocabulary.label(name, UNKNOWN if value is None else value)


def _trace_services(
    rule: Rule, facts: Facts, offer: Offer, partners: frozenset[str], vocabulary: Vocabulary
) -> tuple[ServiceTrace, ...]:
    """Say of every service in reach why it was or wasn't chosen, the chosen one first."""
    chosen = offer.fitting(facts, rule.to.layers, partners)
    least_busy = chosen is not None and offer.was_least_busy(
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
                vocabulary.layers.get(service.layer, str(service.layer)),
                service is chosen,
                _why(service, chosen, rule, facts, partners, least_busy=least_busy),
            )
        )
    return tuple(sorted(result, key=lambda entry: not entry.chosen))


def _near(service: ServiceOffer, facts: Facts) -> bool:
    """Whether staff would ask about this service: the same life domain or kind of question."""
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
    least_busy: bool,
) -> str:
    if service is chosen:
        if least_busy:
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


def join(words: Iterable[str], last: str) -> str:
    """Join words as Dutch does: 'a, b en c'."""
    listed = list(words)
    if len(listed) <= 1:
        return "".join(listed)
    return f"{', '.join(listed[:-1])} {last} {listed[-1]}"


def phrase(condition: Condition, vocabulary: Vocabulary, *, positive: bool = True) -> str:
    """Give a condition as a Dutch clause, without a capital or a full stop."""
    match condition:
        case Leaf():
            return _leaf_phrase(condition, vocabulary, positive)
        case Not(part):
            return phrase(part, vocabulary, positive=not positive)
        case All(parts) | Any_(parts):
            every = isinstance(condition, All) is positive
            if not parts:
                return _("altijd") if every else _("nooit")
            inner = [_bracketed(part, vocabulary, positive, every) for part in parts]
            return (_(" en ") if every else _(" of ")).join(inner)


def _bracketed(part: Condition, vocabulary: Vocabulary, positive: bool, every: bool) -> str:
    words = phrase(part, vocabulary, positive=positive)
    core, sign = part, positive
    while isinstance(core, Not):
        core, sign = core.part, not sign
    if not isinstance(core, All | Any_) or len(core.parts) <= 1:
        return words
    return words if (isinstance(core, All) is sign) is every else f"({words})"


def _leaf_phrase(leaf: Leaf, vocabulary: Vocabulary, positive: bool) -> str:
    kind = kind_of(leaf)
    if kind is None:
        return _("een voorwaarde die niet meer bestaat")
    if kind.parameter is Parameter.NUMBER:
        values = str(leaf.number)
    elif kind.choices is not None:
        labels = [vocabulary.label(kind.choices, value) for value in leaf.values]
        values = join(labels, _("en") if kind.key == "life_domains_all" else _("of"))
    else:
        values = ""
    return str(kind.says if positive else kind.says_not).format(values=values)


def describe(condition: Condition, vocabulary: Vocabulary) -> str:
    """Give a condition as one Dutch sentence: 'Het gaat over geld of werk.'"""
    words = phrase(condition, vocabulary)
    first = len(words) - len(words.lstrip("("))
    return f"{words[:first]}{words[first].upper()}{words[first + 1 :]}."


def describe_rule(rule: Rule, vocabulary: Vocabulary) -> str:
    """Give a rule as one Dutch sentence with where it leads."""
    return f"{describe(rule.when, vocabulary)[:-1]}: {describe_target(rule, vocabulary)}."


def describe_target(rule: Rule, vocabulary: Vocabulary) -> str:
    """Give where a rule leads, in words."""
    match rule.to.kind:
        case TargetKind.ORGANISATION:
            words = _("naar {name}").format(name=vocabulary.organisation_name(rule.to.slug))
        case TargetKind.TEAM:
            team = vocabulary.teams.get(rule.to.slug)
            words = _("naar {name}").format(name=team.name if team else rule.to.slug)
        case TargetKind.NEIGHBOURHOOD_TEAM:
            words = _("naar het team van de wijk")
        case TargetKind.FITTING_SERVICE:
            words = _("naar het aanbod dat past en plek heeft, de lichtste laag eerst")
            if rule.to.layers:
                layers = [vocabulary.layers.get(n, str(n)) for n in sorted(rule.to.layers)]
                words += _(" (alleen {layers})").format(layers=join(layers, _("en")))
        case TargetKind.HOUSEHOLD:
            words = _("naar de organisatie van de vraag die de vrager zelf koppelde")
        case TargetKind.TRIAGE:
            words = _("naar triage")
    if rule.supporting:
        names = [vocabulary.organisation_name(slug) for slug in rule.supporting]
        words += _(", samen met {names}").format(names=join(names, _("en")))
    return words
