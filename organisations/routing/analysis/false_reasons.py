"""Find reasons that say that nobody else helps, where somebody else has an open service."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from organisations.routing.analysis.findings import FalseReason
from organisations.routing.analysis.offer_conditions import as_it_is_now, open_now
from organisations.routing.analysis.placement import PlacedRule, any_free
from organisations.routing.analysis.solver import Boxes
from organisations.routing.analysis.space import Space, TooManyBoxesError
from organisations.routing.analysis.target_conditions import service_condition
from organisations.routing.conditions import Condition
from organisations.routing.offer import Offer, ServiceOffer
from organisations.routing.ruleset import Rule, TargetKind
from organisations.routing.vocabulary import Vocabulary

_NOBODY_ELSE = re.compile(
    r"\b(?:niemand (?:anders|meer)|nergens anders|als enigen?|de enigen?|geen (?:enkele )?ander\w*|"
    r"alleen (?:zij|wij|hier|daar)|andere?n? (?:dit )?niet)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Claim:
    """A rule whose reason says that nobody else helps: where it holds now, and who else does."""

    rule: Rule
    when: Condition
    others: tuple[ServiceOffer, ...]
    names: tuple[str, ...]


def says_nobody_else(reason: str) -> bool:
    """Whether a reason says that no other organisation helps with this."""
    return _NOBODY_ELSE.search(reason) is not None


def claims_of(rules: Sequence[Rule], vocabulary: Vocabulary, offer: Offer, on: date) -> list[Claim]:
    """Return the rules whose reason says that nobody else helps."""
    found = []
    for rule in rules:
        if not says_nobody_else(rule.reason):
            continue
        own = _organisation(rule, vocabulary)
        others = tuple(s for s in open_now(vocabulary, offer, on) if s.organisation != own)
        names = tuple(vocabulary.organisation_name(s.organisation) for s in others)
        found.append(Claim(rule, as_it_is_now(rule.when, vocabulary, offer, on), others, names))
    return found


def _organisation(rule: Rule, vocabulary: Vocabulary) -> str:
    if rule.to.kind is TargetKind.TEAM:
        team = vocabulary.teams.get(rule.to.slug)
        return team.organisation if team else ""
    return rule.to.slug


def false_reasons(
    claims: Sequence[Claim],
    placed: Sequence[PlacedRule],
    table: Boxes,
    space: Space,
    impossible: int,
) -> tuple[FalseReason, ...]:
    """Return each claim that is false for some question that its rule may decide."""
    entries = {entry.rule.key: entry for entry in placed}
    result = []
    for claim in claims:
        entry = entries.get(claim.rule.key)
        if entry is None:
            continue
        for service, name in zip(claim.others, claim.names, strict=True):
            try:
                here = space.both(entry.possible, space.boxes(claim.when))
                both = space.both(here, space.boxes(service_condition(service)))
            except TooManyBoxesError:
                continue
            if any_free(both, table, entry.earlier | impossible):
                words = _(
                    "De reden zegt dat niemand anders helpt, maar {name} heeft plek bij "
                    '"{service}". Zet de voorwaarde vangnet in de regel, of wijzig de reden.'
                ).format(name=name, service=service.name)
                result.append(FalseReason(claim.rule.key, claim.rule.label, service.key, words))
                break
    return tuple(result)
