"""Warn of what is valid but probably unintended: dead rules, organisations without questions."""

from __future__ import annotations

from datetime import date

from organisations.partnership_file import words
from organisations.partnership_file.problems import FileProblem, key_of
from organisations.partnership_file.rules import rules_of
from organisations.partnership_file.schema import PartnershipFile
from organisations.partnership_file.vocabulary import vocabulary_of
from organisations.routing import (
    Facts,
    Offer,
    RuleSetSpec,
    ServiceOffer,
    TargetKind,
    Triage,
    describe_target,
)
from organisations.routing.analysis.completeness import analyse
from organisations.routing.conditions import leaves
from organisations.routing.destination import Destination
from organisations.routing.reasons import reason_for, sentence


def find_warnings(file: PartnershipFile, day: date) -> list[str]:
    """List, in Dutch, rules that never decide and organisations without questions, from a day.

    Not errors: an export of rules that a coordinator published must load again.
    """
    team = next(t for t in file.teams if t.slug == file.responsible.triage_team)
    vocabulary = vocabulary_of(file)
    found = analyse(
        RuleSetSpec(0, rules_of(file), Triage(team.organisation, team.slug)),
        vocabulary,
        on=day,
        offer=Offer(services=tuple(offer_of(file, day))),
        limit=1,
    )
    numbers = {rule.key: number for number, rule in enumerate(file.rules, start=1)}
    warnings = _in_an_ended_municipality(file, day) + _without_a_team(file, day)
    warnings += [
        f'regels[{numbers[rule.key]}] ("{rule.key}") beslist nooit. {rule.words}'
        for rule in found.dead
    ]
    if file.responsible.dpia_on is not None and file.responsible.dpia_on > day:
        warnings.append(
            f"verantwoordelijk.dpia ligt in de toekomst ({file.responsible.dpia_on}). Die is er "
            "dus nog niet."
        )
    warnings += _unused_safety_nets(file)
    warnings += [
        f'regels[{numbers[key]}] ("{key}") geldt niet meer: de laatste dag is voorbij.'
        for key in found.expired
    ]
    warnings += [
        f'Geen regel leidt naar "{slug}". Die krijgt alleen vragen die iemand overdraagt.'
        for slug in found.unreached
    ]
    return warnings


def refusals(file: PartnershipFile, day: date) -> list[FileProblem]:
    """List what the editor would not publish either: a dead rule, a reason that is not true."""
    team = next(t for t in file.teams if t.slug == file.responsible.triage_team)
    found = analyse(
        RuleSetSpec(0, rules_of(file), Triage(team.organisation, team.slug)),
        vocabulary_of(file),
        on=day,
        offer=Offer(services=tuple(offer_of(file, day))),
        limit=1,
    )
    numbers = {rule.key: number for number, rule in enumerate(file.rules)}
    return [
        FileProblem(
            key_of(("regels", numbers[rule.key])),
            f"Deze regel beslist nooit. {rule.words}",
            name=rule.key,
        )
        for rule in found.dead
    ] + [
        FileProblem(key_of(("regels", numbers[false.key], "reden")), false.words, name=false.key)
        for false in found.false_reasons
    ]


def resident_sentences(file: PartnershipFile) -> list[str]:
    """Return for each rule what a resident reads, u and je, where it leads to one place."""
    vocabulary = vocabulary_of(file)
    lines = []
    for rule in rules_of(file):
        team = vocabulary.teams.get(rule.to.slug) if rule.to.kind is TargetKind.TEAM else None
        slug = team.organisation if team else rule.to.slug
        if rule.to.kind in {TargetKind.ORGANISATION, TargetKind.TEAM}:
            found = Destination(slug, team)
            place = team.name if team else vocabulary.organisation_name(slug)
            reason = reason_for(rule, Facts(), found, vocabulary)
            lines.append(f"{rule.key}: {sentence(Facts(), place, reason)}")
        else:
            where = describe_target(rule, vocabulary)
            lines.append(f"{rule.key}: {where}; de zin hangt af van de vraag.")
    return lines


def _without_a_team(file: PartnershipFile, day: date) -> list[str]:
    """List neighbourhoods without a team where a rule sends to the team of the neighbourhood."""
    if not any(rule.to.neighbourhood_team for rule in file.rules):
        return []
    served = {
        place
        for team in file.teams
        if team.until is None or team.until >= day
        for place in team.neighbourhoods
    }
    return [
        f'wijken[{number}] ("{place.slug}") heeft geen team, en een regel stuurt naar het wijkteam.'
        for number, place in enumerate(file.neighbourhoods, start=1)
        if place.slug not in served and (place.until is None or place.until >= day)
    ]


def _unused_safety_nets(file: PartnershipFile) -> list[str]:
    """List organisations that are a safety net, without a rule that makes them one."""
    nets = {
        slug
        for rule in rules_of(file)
        for leaf in leaves(rule.when)
        if leaf.kind == "safety_net"
        for slug in leaf.values
    }
    return [
        f'organisaties[{number}] ("{one.slug}") is een vangnet, maar geen regel heeft de '
        f'voorwaarde vangnet = ["{one.slug}"].'
        for number, one in enumerate(file.organisations, start=1)
        if one.safety_net and one.slug not in nets
    ]


def _in_an_ended_municipality(file: PartnershipFile, day: date) -> list[str]:
    ended = {
        m.code: m for m in file.municipalities if m.valid_until is not None and m.valid_until < day
    }
    return [
        f'wijken[{number}] ("{place.slug}") ligt in {ended[place.municipality].name}. Die gemeente '
        f"is opgehouden. Noem de opvolger: {ended[place.municipality].successor or 'onbekend'}."
        for number, place in enumerate(file.neighbourhoods, start=1)
        if place.municipality in ended and (place.until is None or place.until >= day)
    ]


def offer_of(file: PartnershipFile, day: date) -> list[ServiceOffer]:
    """Return the services of a file on a day, all places free."""
    return [
        ServiceOffer(
            key=service.slug,
            name=service.name,
            organisation=service.organisation,
            layer=service.layer,
            life_domains=frozenset(service.life_domains),
            age_bands=frozenset(service.audience),
            neighbourhoods=frozenset(service.neighbourhoods),
            capacity=service.capacity,
            waiting_weeks=service.waiting_weeks,
            clock_kinds=frozenset(words.code("clock_kind", kind) for kind in service.clock_kinds),
        )
        for service in file.services
        if (service.since is None or service.since <= day)
        and (service.until is None or service.until >= day)
    ]
