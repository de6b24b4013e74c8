"""Warn of what is valid but probably unintended: dead rules, organisations without questions."""

from __future__ import annotations

from datetime import date

from organisations.partnership_file import words
from organisations.partnership_file.rules import rules_of
from organisations.partnership_file.schema import PartnershipFile
from organisations.partnership_file.vocabulary import vocabulary_of
from organisations.routing import Offer, RuleSetSpec, ServiceOffer, Triage
from organisations.routing.analysis.completeness import analyse


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
    warnings = _in_an_ended_municipality(file, day)
    warnings += [
        f'regels[{numbers[rule.key]}] ("{rule.key}") beslist nooit. {rule.words}'
        for rule in found.dead
    ]
    warnings += [
        f'regels[{numbers[key]}] ("{key}") geldt niet meer: de laatste dag is voorbij.'
        for key in found.expired
    ]
    warnings += [
        f'Geen regel leidt naar "{slug}". Die krijgt alleen vragen die iemand overdraagt.'
        for slug in found.unreached
    ]
    return warnings


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
