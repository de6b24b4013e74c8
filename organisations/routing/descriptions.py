"""Describe conditions, rules and facts in Dutch, for staff."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from organisations.routing.conditions import All, Any_, Condition, Leaf, Not, kind_of
from organisations.routing.facts import UNKNOWN
from organisations.routing.kinds import Parameter
from organisations.routing.ruleset import Rule, TargetKind
from organisations.routing.vocabulary import Vocabulary


def join(words: Iterable[str], last: str) -> str:
    """Join words in a Dutch enumeration: 'a, b en c'."""
    listed = list(words)
    if len(listed) <= 1:
        return "".join(listed)
    return f"{', '.join(listed[:-1])} {last} {listed[-1]}"


def phrase(condition: Condition, vocabulary: Vocabulary, *, positive: bool = True) -> str:
    """Describe a condition as a clause, without a capital or a full stop."""
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
    """Describe a condition as a sentence: 'Het gaat over geld of werk.'"""
    words = phrase(condition, vocabulary)
    first = len(words) - len(words.lstrip("("))
    return f"{words[:first]}{words[first].upper()}{words[first + 1 :]}."


def describe_rule(rule: Rule, vocabulary: Vocabulary) -> str:
    """Describe a rule, with its target, as a sentence."""
    return f"{describe(rule.when, vocabulary)[:-1]}: {describe_target(rule, vocabulary)}."


def describe_target(rule: Rule, vocabulary: Vocabulary) -> str:
    """Describe the target of a rule and its supporting organisations."""
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
                layers = [str(vocabulary.layers.get(n, n)) for n in sorted(rule.to.layers)]
                words += _(" (alleen {layers})").format(layers=join(layers, _("en")))
        case TargetKind.HOUSEHOLD:
            words = _("naar de organisatie van de vraag die de vrager zelf koppelde")
        case TargetKind.TRIAGE:
            words = _("naar triage")
    if rule.supporting:
        names = [vocabulary.organisation_name(slug) for slug in rule.supporting]
        words += _(", samen met {names}").format(names=join(names, _("en")))
    return words


def describe_fact(name: str, value: Any, vocabulary: Vocabulary) -> str:
    """Describe the value of one fact."""
    if isinstance(value, bool):
        return _("iemand is nu niet veilig") if value else _("niemand meldt nu onveilig te zijn")
    if isinstance(value, frozenset):
        if not value:
            return _("geen leefgebied gekozen")
        return join(sorted(vocabulary.label(name, item) for item in value), _("en"))
    return vocabulary.label(name, UNKNOWN if value is None else value)
