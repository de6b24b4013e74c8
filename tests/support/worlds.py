"""A partnership for tests, and `world()`: one like Putten with organisations, rules and triage."""

import itertools
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from organisations.directory.models import LifeDomain, Organisation, Participation, Team
from organisations.partnerships.models import (
    Municipality,
    Neighbourhood,
    NeighbourhoodPostcode,
    Partnership,
)
from organisations.routing.models import RoutingRule, RuleSet

_numbers = itertools.count(1)

# A Tuesday morning in a week without holidays, in UTC; 10.00 in Amsterdam.
TUESDAY = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
LONG_AGO = date(2022, 1, 1)


@dataclass(slots=True)
class World:
    """A partnership with what tests use most."""

    partnership: Partnership
    organisations: dict[str, Organisation]
    domains: dict[str, LifeDomain]
    places: dict[str, Neighbourhood]
    triage: Team

    def __getitem__(self, slug: str) -> Organisation:
        """An organisation by its short name."""
        return self.organisations[slug]


def partnership(slug: str = "", **fields: Any) -> Partnership:
    """A partnership with reading hours, without anything else; not live."""
    slug = slug or f"samen-{next(_numbers)}"
    hours = {str(day): [["09:00", "17:00"]] for day in range(1, 6)}
    defaults: dict[str, Any] = {
        "name": f"Breed Welzijn {slug.title()}",
        "hostname": f"{slug}.voordeur.example",
        "live": False,
        "languages": ["nl", "en", "ar"],
        "desk_name": "de balie",
        "desk_phone": "0341 000 000",
        "desk_email": f"balie@{slug}.example",
        "reading_hours": hours,
    }
    return Partnership.objects.create(slug=slug, **{**defaults, **fields})


def _organisations(keys: dict[str, str], names: dict[str, str]) -> dict[str, Organisation]:
    """The organisations with these slugs by key, in this order; makes those that aren't there."""
    found = {one.slug: one for one in Organisation.objects.filter(slug__in=keys)}
    missing = [
        Organisation(slug=slug, name=names[key], email=f"post@{slug}.example")
        for slug, key in keys.items()
        if slug not in found
    ]
    found |= {one.slug: one for one in Organisation.objects.bulk_create(missing)}
    return {key: found[slug] for slug, key in keys.items()}


def world(slug: str = "putten") -> World:
    """A partnership with four organisations, four life domains, two places and rules.

    Most tests begin with one: each kind of row is one statement.
    """
    here = partnership(slug)
    names = {
        "stimenz": "Stimenz",
        "jeugd-punt": "Jeugd-Punt",
        "actief": "Actief Putten",
        "welzijn": "Stichting Welzijn Putten",
    }
    organisations = _organisations(
        {k if slug == "putten" else f"{k}-{slug}": k for k in names}, names
    )
    Participation.objects.bulk_create(
        Participation(
            partnership=here,
            organisation=who,
            since=LONG_AGO,
            contact_email=f"contactpersoon@{who.slug}.example",
        )
        for who in organisations.values()
    )
    municipality, _made = Municipality.objects.get_or_create(
        code="GM0273", defaults={"name": "Putten"}
    )
    here.municipalities.add(municipality)
    subjects = {
        "geld": "Geld en post",
        "opgroeien": "Opgroeien en school",
        "bewegen": "Sport en bewegen",
        "vervoer": "Vervoer",
    }
    domains = {
        one.slug: one
        for one in LifeDomain.objects.bulk_create(
            LifeDomain(partnership=here, slug=key, name=name, position=n)
            for n, (key, name) in enumerate(subjects.items())
        )
    }
    places = {
        one.slug: one
        for one in Neighbourhood.objects.bulk_create(
            Neighbourhood(partnership=here, municipality=municipality, slug=key, name=name)
            for key, name in (("dorp", "Putten-dorp"), ("huinen", "Huinen"))
        )
    }
    NeighbourhoodPostcode.objects.bulk_create(
        NeighbourhoodPostcode(neighbourhood=places[key], postcode=postcode)
        for key, postcode in (("dorp", "3881"), ("huinen", "3882"))
    )
    triage = Team.objects.create(
        partnership=here, slug="toegang", name="Toegangsteam", organisation=organisations["welzijn"]
    )
    triage.organisations.add(*organisations.values())
    rules = RuleSet.objects.create(partnership=here, version=1)
    RoutingRule.objects.bulk_create(
        RoutingRule(
            rule_set=rules,
            position=position,
            key=key,
            name=key,
            conditions={"is": "life_domains_any", "values": [key]},
            reason=reason,
            target_kind=RoutingRule.Target.ORGANISATION,
            organisation=organisations[leads],
        )
        for position, (key, leads, reason) in enumerate(
            (
                ("opgroeien", "jeugd-punt", "het over opgroeien gaat"),
                ("geld", "stimenz", "het over geld gaat"),
                ("bewegen", "actief", "het over bewegen gaat"),
                ("vervoer", "welzijn", "het over vervoer gaat"),
            ),
            start=1,
        )
    )
    rules.status, rules.published_at = RuleSet.Status.PUBLISHED, TUESDAY
    rules.save()
    here.triage_team = triage
    here.live = True
    here.save()
    here.refresh_from_db()
    return World(here, organisations, domains, places, triage)
