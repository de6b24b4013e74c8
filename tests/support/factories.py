"""Rows for tests: small functions with role traits, no random choice that matters.

`world()` is a partnership like Putten with four organisations, rules and a triage team.
"""

import itertools
import uuid
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any

from intake.questions.models import Question
from intake.submission.routing_preview import preview
from intake.submission.submission import ContactChoices, EnteredBy, Submission
from intake.submission.submit import Receipt, submit
from organisations.directory.models import (
    LifeDomain,
    Organisation,
    Participation,
    PyramidLayer,
    Service,
    Team,
)
from organisations.front_door import configuration as front_door
from organisations.partnerships.models import (
    Municipality,
    Neighbourhood,
    NeighbourhoodPostcode,
    Partnership,
)
from organisations.roles.models import Duty, Membership, Role
from organisations.routing.models import RoutingRule, RuleSet
from tests.support.role_approvals import approved
from welzijn.accounts.models import User

_numbers = itertools.count(1)

# A Tuesday morning in a week without holidays, in UTC; 10.00 in Amsterdam.
TUESDAY = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
LONG_AGO = date(2022, 1, 1)
PASSWORD = "voordeur-voor-iedereen"


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


def organisation(slug: str = "", name: str = "", **fields: Any) -> Organisation:
    """An organisation; the one with this slug where it exists."""
    slug = slug or f"organisatie-{next(_numbers)}"
    fields.setdefault("email", f"post@{slug}.example")
    found, _made = Organisation.objects.get_or_create(
        slug=slug, defaults={"name": name or slug.replace("-", " ").title(), **fields}
    )
    return found


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


def participation(to: Partnership, who: Organisation, **fields: Any) -> Participation:
    """The participation of an organisation."""
    fields.setdefault("since", LONG_AGO)
    fields.setdefault("contact_email", f"contactpersoon@{who.slug}.example")
    return Participation.objects.create(partnership=to, organisation=who, **fields)


def rule(
    rules: RuleSet,
    key: str,
    conditions: dict[str, Any],
    to: Organisation | Team | None,
    reason: str = "",
    **fields: Any,
) -> RoutingRule:
    """A rule at the end of a set; without a target it goes to triage."""
    target: dict[str, Any] = {"target_kind": RoutingRule.Target.TRIAGE}
    if isinstance(to, Team):
        target = {"target_kind": RoutingRule.Target.TEAM, "team": to}
    elif to is not None:
        target = {"target_kind": RoutingRule.Target.ORGANISATION, "organisation": to}
    return RoutingRule.objects.create(
        rule_set=rules,
        position=rules.rules.count() + 1,
        key=key,
        name=key,
        conditions=conditions,
        reason=reason,
        **{**target, **fields},
    )


def world(slug: str = "putten") -> World:
    """A partnership with four organisations, four life domains, two places and rules."""
    here = partnership(slug)
    names = {
        "stimenz": "Stimenz",
        "jeugd-punt": "Jeugd-Punt",
        "actief": "Actief Putten",
        "welzijn": "Stichting Welzijn Putten",
    }
    organisations = {
        key: organisation(f"{key}-{slug}" if slug != "putten" else key, name)
        for key, name in names.items()
    }
    for who in organisations.values():
        participation(here, who)
    municipality, _made = Municipality.objects.get_or_create(
        code="GM0273", defaults={"name": "Putten"}
    )
    here.municipalities.add(municipality)
    domains = {
        key: LifeDomain.objects.create(partnership=here, slug=key, name=name, position=n)
        for n, (key, name) in enumerate(
            {
                "geld": "Geld en post",
                "opgroeien": "Opgroeien en school",
                "bewegen": "Sport en bewegen",
                "vervoer": "Vervoer",
            }.items()
        )
    }
    places = {}
    for key, name, postcode in (("dorp", "Putten-dorp", "3881"), ("huinen", "Huinen", "3882")):
        places[key] = Neighbourhood.objects.create(
            partnership=here, municipality=municipality, slug=key, name=name
        )
        NeighbourhoodPostcode.objects.create(neighbourhood=places[key], postcode=postcode)
    triage = Team.objects.create(
        partnership=here, slug="toegang", name="Toegangsteam", organisation=organisations["welzijn"]
    )
    triage.organisations.set(organisations.values())
    rules = RuleSet.objects.create(partnership=here, version=1)
    for key, leads, reason in (
        ("opgroeien", "jeugd-punt", "het over opgroeien gaat"),
        ("geld", "stimenz", "het over geld gaat"),
        ("bewegen", "actief", "het over bewegen gaat"),
        ("vervoer", "welzijn", "het over vervoer gaat"),
    ):
        rule(
            rules,
            key,
            {"is": "life_domains_any", "values": [key]},
            organisations[leads],
            reason,
        )
    rules.status, rules.published_at = RuleSet.Status.PUBLISHED, TUESDAY
    rules.save()
    here.triage_team = triage
    here.live = True
    here.save()
    here.refresh_from_db()
    return World(here, organisations, domains, places, triage)


def user(name: str = "", **fields: Any) -> User:
    """Somebody without a role."""
    number = next(_numbers)
    return User.objects.create_user(
        email=f"medewerker{number}@voordeur.example",
        password=PASSWORD,
        name=name or f"Medewerker {number}",
        **fields,
    )


def member(
    of: World,
    role: Role | str,
    organisation: str = "welzijn",
    *,
    who: User | None = None,
    **fields: Any,
) -> User:
    """Return a user with a role in one organisation of a world."""
    who = who or user()
    fields.setdefault("since", LONG_AGO)
    where = Participation.objects.get(partnership=of.partnership, organisation=of[organisation])
    fields.setdefault("proposal", approved(where, role, who, **fields))
    Membership.objects.create(
        user=who, partnership=of.partnership, organisation=of[organisation], role=role, **fields
    )
    return who


def professional(of: World, organisation: str, **fields: Any) -> User:
    """A professional who reads only what is assigned to them."""
    return member(of, Role.PROFESSIONAL, organisation, **fields)


def intake_worker(of: World, organisation: str, **fields: Any) -> User:
    """A professional who reads the new questions of their organisation."""
    return member(of, Role.PROFESSIONAL, organisation, reads_new=True, **fields)


def triagist(of: World, organisation: str = "welzijn", **fields: Any) -> User:
    """A member of the triage team."""
    return member(of, Role.TEAM_MEMBER, organisation, team=of.triage, **fields)


def coordinator(of: World, organisation: str = "welzijn", **fields: Any) -> User:
    """A coordinator of one of the organisations."""
    return member(of, Role.COORDINATOR, organisation, **fields)


def desk_worker(of: World, organisation: str = "welzijn", **fields: Any) -> User:
    """Somebody at the front desk."""
    return member(of, Role.FRONT_DESK, organisation, **fields)


def duty(of: World, who: User, starts_at: datetime, ends_at: datetime) -> Duty:
    """A period in which somebody is on duty."""
    return Duty.objects.create(
        partnership=of.partnership, user=who, starts_at=starts_at, ends_at=ends_at
    )


def service(of: World, organisation: str, domain: str, **fields: Any) -> Service:
    """An offer of an organisation in one life domain."""
    number = next(_numbers)
    found = Service.objects.create(
        partnership=of.partnership,
        organisation=of[organisation],
        slug=fields.pop("slug", f"aanbod-{number}"),
        name=fields.pop("name", f"Aanbod {number}"),
        layer=fields.pop("layer", PyramidLayer.BASIC),
        **fields,
    )
    found.life_domains.add(of.domains[domain])
    return found


def submission(of: World, *domains: str, shares: bool | None = True, **fields: Any) -> Submission:
    """A submission; its consent is for whoever the rules name."""
    reach = fields.pop("reach", ContactChoices(phone="+31612345678", ways=("phone",)))
    question = Submission(
        submission_key=fields.pop("submission_key", uuid.uuid4()),
        channel=fields.pop("channel", Question.Channel.ONLINE),
        words=fields.pop("words", "Ik kom er niet uit."),
        life_domains=domains,
        reach=reach,
        **fields,
    )
    if not shares:
        return replace(question, shares=shares)
    named = preview(partnership=of.partnership, submission=question, now=TUESDAY).shares_with
    return replace(question, shares=True, shares_with=named)


def submitted(
    of: World,
    *domains: str,
    now: datetime = TUESDAY,
    entered_by: EnteredBy | None = None,
    **fields: Any,
) -> Receipt:
    """Submit a question as the product does; return the receipt with its code."""
    return submit(
        partnership=of.partnership,
        submission=submission(of, *domains, **fields),
        now=now,
        entered_by=entered_by or EnteredBy(),
    )


def question(of: World, *domains: str, now: datetime = TUESDAY, **fields: Any) -> Question:
    """A question in the database, fresh from it."""
    receipt = submitted(of, *domains, now=now, **fields)
    return Question.objects.get(pk=receipt.question.pk)


def fresh_front_doors() -> None:
    """Clear the process cache of front doors, between tests that roll back."""
    front_door._memory.clear()
