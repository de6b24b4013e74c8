"""Find the organisation, team or service to which a rule sends one question."""

from __future__ import annotations

from dataclasses import dataclass

from organisations.routing.facts import Facts
from organisations.routing.offer import Offer, ServiceOffer
from organisations.routing.ruleset import Rule, TargetKind, Triage
from organisations.routing.vocabulary import TeamEntry, Vocabulary


class TargetGoneError(Exception):
    """The organisation or team of a rule no longer takes part."""


@dataclass(frozen=True, slots=True)
class Destination:
    """The organisation, and the team or service if any, to which a rule sends a question."""

    organisation: str
    team: TeamEntry | None = None
    service: ServiceOffer | None = None


def destination(
    rule: Rule,
    facts: Facts,
    *,
    offer: Offer,
    vocabulary: Vocabulary,
    triage: Triage,
    taking_part: frozenset[str],
) -> Destination | None:
    """Return the destination of a matching rule; None where it has none for this question.

    Raises TargetGoneError where a named organisation or team no longer takes part: the question
    must go to triage, not silently to a later rule.
    """
    match rule.to.kind:
        case TargetKind.ORGANISATION:
            if rule.to.slug not in taking_part:
                raise TargetGoneError
            return Destination(rule.to.slug)
        case TargetKind.TEAM:
            team = vocabulary.teams.get(rule.to.slug)
            if team is None or team.organisation not in taking_part:
                raise TargetGoneError
            return Destination(team.organisation, team)
        case TargetKind.NEIGHBOURHOOD_TEAM:
            team = vocabulary.team_of(facts.neighbourhood)
            if team is None or team.organisation not in taking_part:
                return None
            return Destination(team.organisation, team)
        case TargetKind.FITTING_SERVICE:
            service = offer.fitting(facts, rule.to.layers, taking_part)
            return None if service is None else Destination(service.organisation, service=service)
        case TargetKind.HOUSEHOLD:
            if facts.household_lead is None or facts.household_lead not in taking_part:
                return None
            return Destination(facts.household_lead)
        case TargetKind.TRIAGE:
            team = vocabulary.teams.get(triage.team) if triage.team else None
            return Destination(triage.organisation, team)
