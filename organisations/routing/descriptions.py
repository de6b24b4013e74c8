"""Describe conditions, rules and facts in Dutch, for staff."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from organisations.routing.conditions import All, Any_, Condition, Leaf, Not, kind_of
from organisations.routing.facts import AGE_BANDS, UNKNOWN
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
    if kind.key == "life_domains_at_least" and leaf.number is not None:
        return _counted_phrase(leaf.number, positive)
    values = ""
    if kind.choices is not None:
        labels = value_labels(kind.choices, leaf.values, vocabulary, positive=positive)
        values = join(labels, _("en") if kind.key == "life_domains_all" else _("of"))
    return str(kind.says if positive else kind.says_not).format(values=values)


def value_labels(
    fact: str, values: Sequence[str], vocabulary: Vocabulary, *, positive: bool
) -> list[str]:
    """Return the values of a condition as the clauses of its kind need them."""
    if fact == "age_band":
        return _ages(values, vocabulary)
    if fact == "kind":
        return [_a_question(value, vocabulary, article=positive) for value in values]
    return [vocabulary.label(fact, value) for value in values]


def _counted_phrase(number: int, positive: bool) -> str:
    if positive:
        return ngettext(
            "het gaat over minstens één leefgebied",
            "het gaat over minstens {number} leefgebieden",
            number,
        ).format(number=number)
    if number == 1:
        return _("er is geen leefgebied gekozen")
    return ngettext(
        "het gaat over hooguit één leefgebied",
        "het gaat over hooguit {number} leefgebieden",
        number - 1,
    ).format(number=number - 1)


def _ages(values: Sequence[str], vocabulary: Vocabulary) -> list[str]:
    """Return ages in words, with bands that follow on each other as one: 12 tot en met 26."""
    bands = list(AGE_BANDS)
    runs: list[list[str]] = []
    for band in (one for one in bands if one in values):
        if runs and bands.index(runs[-1][-1]) + 1 == bands.index(band):
            runs[-1].append(band)
        else:
            runs.append([band])
    words = [_age_run(run, vocabulary) for run in runs]
    return words + [vocabulary.label("age_band", v) for v in values if v not in bands]


def _age_run(run: list[str], vocabulary: Vocabulary) -> str:
    if len(run) == 1:
        return vocabulary.label("age_band", run[0])
    first, last = run[0].partition("-")[0], run[-1].partition("-")[2]
    if run[0] == "0-11":
        return _("jonger dan {age}").format(age=int(last) + 1) if last else _("elke leeftijd")
    if not last:
        return _("{age} of ouder").format(age=first)
    return _("{first} tot en met {last}").format(first=first, last=last)


def _a_question(kind: str, vocabulary: Vocabulary, *, article: bool) -> str:
    """Return a kind of question as a noun: 'een melding voor de Wmo', after 'geen' without."""
    nouns = {
        "advice": (_("een vraag om informatie of advies"), _("vraag om informatie of advies")),
        "welfare": (_("een welzijnsvraag"), _("welzijnsvraag")),
        "wmo": (_("een melding voor de Wmo"), _("melding voor de Wmo")),
        "debts": (_("een vraag over schulden"), _("vraag over schulden")),
        "debts_threat": (
            _("een vraag over schulden met een dreigende datum"),
            _("vraag over schulden met een dreigende datum"),
        ),
        "youth_care": (_("een vraag om jeugdhulp"), _("vraag om jeugdhulp")),
    }
    known = nouns.get(kind)
    return known[0 if article else 1] if known else vocabulary.label("kind", kind)


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
    if name == "offered_by":
        if value is None:
            return _("niet bekeken")
        names = sorted(vocabulary.organisation_name(slug) for slug in value)
        return join(names, _("en")) or _("niemand")
    if isinstance(value, frozenset):
        if not value:
            return _("geen leefgebied gekozen")
        return join(sorted(vocabulary.label(name, item) for item in value), _("en"))
    return vocabulary.label(name, UNKNOWN if value is None else value)
