"""Express where the target of a rule exists as a condition, for the completeness check."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from organisations.routing.conditions import ALWAYS, All, Any_, Condition, Leaf, Not
from organisations.routing.facts import CLOCK_KINDS
from organisations.routing.offer import Offer, ServiceOffer
from organisations.routing.ruleset import Rule, TargetKind
from organisations.routing.vocabulary import TeamEntry, Vocabulary


def service_condition(service: ServiceOffer) -> Condition:
    """Return `ServiceOffer.suits` as a condition."""
    domains = tuple(sorted(service.life_domains))
    parts: list[Condition] = [
        Any_(
            (
                Leaf("kind", tuple(sorted(service.clock_kinds & CLOCK_KINDS))),
                All(
                    (
                        Not(Leaf("kind", tuple(sorted(CLOCK_KINDS)))),
                        Leaf("life_domains_any", domains),
                    )
                ),
            )
        )
    ]
    if service.age_bands:
        parts.append(Leaf("age_band", tuple(sorted(service.age_bands))))
    if service.neighbourhoods:
        parts.append(Leaf("neighbourhood", tuple(sorted(service.neighbourhoods))))
    return All(tuple(parts))


def target_conditions(
    rule: Rule, vocabulary: Vocabulary, offer: Offer, on: date
) -> tuple[Condition, Condition]:
    """Return where the target of a rule may exist, and where it certainly does."""
    match rule.to.kind:
        case TargetKind.HOUSEHOLD:
            return Leaf("household"), Leaf("household")
        case TargetKind.NEIGHBOURHOOD_TEAM:
            served = tuple(
                slug
                for slug in vocabulary.neighbourhoods
                if (team := vocabulary.team_of(slug)) is not None
                and vocabulary.takes_part(team.organisation, on)
            )
            return Leaf("neighbourhood", served), Leaf("neighbourhood", served)
        case TargetKind.FITTING_SERVICE:
            found = services_in_reach(rule, vocabulary, offer, on)
            never_full = [service for service in found if service.never_full]
            return suit_any(found), suit_any(never_full)
        case _:
            return ALWAYS, ALWAYS


def services_in_reach(
    rule: Rule, vocabulary: Vocabulary, offer: Offer, on: date
) -> list[ServiceOffer]:
    """Return the services that a rule can lead to."""
    return [
        service
        for service in offer.services
        if (not rule.to.layers or service.layer in rule.to.layers)
        and vocabulary.takes_part(service.organisation, on)
        and service.capacity != 0
    ]


def suit_any(services: Sequence[ServiceOffer]) -> Condition:
    """Return where any service suits; services for the same people are merged."""
    joined: dict[Any, frozenset[str]] = {}
    for service in services:
        key = (service.age_bands, service.neighbourhoods, service.clock_kinds)
        joined[key] = joined.get(key, frozenset()) | service.life_domains
    return Any_(
        tuple(
            service_condition(
                ServiceOffer(
                    key="", name="", organisation="", layer=1, life_domains=domains,
                    age_bands=ages, neighbourhoods=places, clock_kinds=kinds,
                )
            )
            for (ages, places, kinds), domains in joined.items()
        )
    )  # fmt: skip


def works_in(team: TeamEntry) -> Condition:
    """Return where a team works."""
    return Leaf("neighbourhood", tuple(sorted(team.neighbourhoods)))


def leads_in(team: TeamEntry, vocabulary: Vocabulary) -> Condition:
    """Return where a team is the one that `Vocabulary.team_of` chooses."""
    first = [n for n in sorted(team.neighbourhoods) if vocabulary.team_of(n) == team]
    return Leaf("neighbourhood", tuple(first))
