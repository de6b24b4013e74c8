"""The configuration of a partnership, cached per process: places, services, rules, calendar.

Reading it takes a dozen queries, so each process keeps it with the partnership's `config_version`,
which database triggers raise on changes to the tables read here. Each request reads it anew.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from types import MappingProxyType
from uuid import UUID

from django.db.models import Count, Q
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.functional import lazy

from organisations.directory import confirming
from organisations.directory.capacity import OpenWork, count_open_work
from organisations.directory.models import Organisation, PyramidLayer, Service, Team
from organisations.front_door import opening_times
from organisations.front_door.places import Domain, Place
from organisations.front_door.service_offers import as_offer
from organisations.front_door.stored_rules import spec_of
from organisations.partnerships.models import Partnership
from organisations.roles.models import Membership, Role
from organisations.routing import (
    CompiledRuleSet,
    Load,
    NeighbourhoodEntry,
    Offer,
    OrganisationEntry,
    ServiceOffer,
    TargetKind,
    TeamEntry,
    Triage,
    Vocabulary,
    compile_rules,
)
from organisations.routing.facts import DESK_TIMES
from organisations.routing.models import RuleSet
from welzijn.core.languages import staff_name
from welzijn.core.working_days import Calendar, OpeningHours, local_date


@dataclass(frozen=True)
class FrontDoor:
    """The configuration of one partnership at one version, on one day.

    Frozen, since all requests of a process share it."""

    partnership_id: UUID
    version: int
    day: date
    domains: tuple[Domain, ...]
    places: tuple[Place, ...]
    postcodes: Mapping[str, tuple[Place, ...]]
    organisations: Mapping[str, Organisation]
    teams: Mapping[str, Team]
    team_organisations: Mapping[str, tuple[Organisation, ...]]
    services: tuple[Service, ...]
    confirm_months: int
    partners: Mapping[str, str]
    safety_nets: tuple[Organisation, ...]
    vocabulary: Vocabulary
    rule_set_id: UUID | None
    rules: CompiledRuleSet
    triage_team: Team
    client_support: Mapping[str, str]
    calendar: Calendar
    hours: OpeningHours

    @cached_property
    def domain_by_slug(self) -> Mapping[str, Domain]:
        """Life domains by slug."""
        return MappingProxyType({d.slug: d for d in self.domains})

    @cached_property
    def place_by_slug(self) -> Mapping[str, Place]:
        """Neighbourhoods by slug."""
        return MappingProxyType({p.slug: p for p in self.places})

    @cached_property
    def service_by_slug(self) -> Mapping[str, Service]:
        """Services by slug."""
        return MappingProxyType({s.slug: s for s in self.services})

    def places_of(self, postcode: str) -> tuple[Place, ...]:
        """Return the neighbourhoods of a postcode ('3881AB' or '3881'), by PC6 before PC4.

        Empty for a postcode of elsewhere; several where hamlets share a postcode.
        """
        return self.postcodes.get(postcode) or self.postcodes.get(postcode[:4], ())

    def reads_now(self, now: datetime) -> bool:
        """Whether the desk reads questions at this moment."""
        return self.calendar.reads_now(now, self.hours)

    def desk_time(self, now: datetime) -> str:
        """Return the value of `Facts.desk_time` for this moment."""
        if self.reads_now(now):
            bucket = "office"
        elif self.calendar.is_working_day(local_date(now)):
            bucket = "evening"
        else:
            bucket = "weekend"
        assert bucket in DESK_TIMES
        return bucket

    @cached_property
    def needs_offer(self) -> bool:
        """Whether any rule looks at the services; only then is the offer needed."""
        return self.rules.reads_offer or any(
            r.to.kind is TargetKind.FITTING_SERVICE for r in self.rules.spec.rules
        )

    def services_now(self, busy: OpenWork) -> tuple[ServiceOffer, ...]:
        """Return today's services with their places in use, for pages and rules alike."""
        return tuple(self.service_now(s, busy) for s in self.services)

    def service_now(self, service: Service, busy: OpenWork) -> ServiceOffer:
        """Return one service with its places in use."""
        confirmed = self.is_confirmed(service)
        return as_offer(service, busy.by_service.get(service.id, 0), confirmed=confirmed)

    def is_confirmed(self, service: Service) -> bool:
        """Whether somebody said within the partnership's term that the service is still right."""
        return not confirming.is_due(service.confirmed_on, self.confirm_months, self.day)

    def offer_now(self) -> Offer:
        """Return today's services with the present load, in two queries."""
        busy = count_open_work(self.partnership_id)
        return self.offer(busy.by_organisation, busy.by_service)

    def offer(
        self, open_by_organisation: Mapping[UUID, int], open_by_service: Mapping[UUID, int]
    ) -> Offer:
        """Return today's services with this load, for `CompiledRuleSet.decide`. One query."""
        workers = dict(
            Membership.objects.active()
            .filter(
                partnership_id=self.partnership_id, role__in=[Role.PROFESSIONAL, Role.TEAM_MEMBER]
            )
            .values_list("organisation__slug")
            .annotate(n=Count("user", distinct=True))
        )
        return Offer(
            services=self.services_now(OpenWork(open_by_organisation, open_by_service)),
            load={
                slug: Load(open_by_organisation.get(o.id, 0), workers.get(slug, 0))
                for slug, o in self.organisations.items()
            },
        )


_language = lazy(staff_name, str)
"""A language's name in the language of the page: the vocabulary is shared by all requests."""
_memory: dict[UUID, FrontDoor] = {}


class NotOpenError(Exception):
    """The partnership has no triage team, so nobody would be responsible for a question."""


def of(partnership: Partnership) -> FrontDoor:
    """Return the front door of a partnership, from the cache while it is current.

    Raises NotOpenError for a partnership without a triage team.
    """
    known = _memory.get(partnership.id)
    if (
        known is None
        or known.version != partnership.config_version
        or known.day != timezone.localdate()
    ):
        known = _memory[partnership.id] = read(partnership)
    return known


def calendar_of(partnership_id: UUID) -> Calendar:
    """Return the working-day calendar of a partnership, for the outbox."""
    known, current = _memory.get(partnership_id), Partnership.objects.get(pk=partnership_id)
    if known is not None and known.version == current.config_version:
        return known.calendar
    return opening_times.calendar(current)


def read(partnership: Partnership, rule_set: RuleSet | None = None) -> FrontDoor:
    """Read a front door from the database, with `rule_set` in place of the published one."""
    triage_team = partnership.triage_team
    if triage_team is None:
        raise NotOpenError(partnership.slug)
    today = timezone.localdate()
    # Ended rows stay in the database for old questions, but can no longer be chosen.
    not_ended = Q(until__isnull=True) | Q(until__gte=today)
    participations = list(
        partnership.participations.select_related("organisation").order_by("organisation__name")
    )
    organisations = {p.organisation.slug: p.organisation for p in participations}
    teams = list(
        partnership.teams.select_related("organisation").prefetch_related(
            "organisations", "neighbourhoods"
        )
    )
    places = [
        Place(n.id, n.slug, n.name, n.municipality_id)
        for n in partnership.neighbourhoods.filter(not_ended).order_by("name")
    ]
    by_id = {p.id: p for p in places}
    postcodes: dict[str, tuple[Place, ...]] = {}
    for neighbourhood_id, postcode in (
        partnership.neighbourhoods.filter(not_ended)
        .values_list("id", "postcodes__postcode")
        .order_by("name")
    ):
        if postcode:
            postcodes[postcode] = (*postcodes.get(postcode, ()), by_id[neighbourhood_id])
    domains = tuple(
        Domain(d.id, d.slug, d.name, d.explanation, d.for_staff)
        for d in partnership.life_domains.filter(not_ended)
    )
    services = tuple(
        partnership.services.filter(not_ended, Q(since__isnull=True) | Q(since__lte=today))
        .select_related("organisation")
        .prefetch_related("life_domains", "neighbourhoods")
        .order_by(Coalesce("waiting_weeks", 0), "name")
    )
    partners = {p.organisation.slug: p.organisation.name for p in participations if p.brings_in}
    municipalities = list(partnership.municipalities.values_list("code", "name", "client_support"))
    vocabulary = Vocabulary(
        organisations={
            p.organisation.slug: OrganisationEntry(
                p.organisation.slug, p.organisation.name, p.since, p.until
            )
            for p in participations
            if p.picks_up
        },
        life_domains={d.slug: d.for_staff for d in domains},
        neighbourhoods={p.slug: NeighbourhoodEntry(p.slug, p.name, p.municipality) for p in places},
        municipalities={code: name for code, name, _support in municipalities},
        teams={
            t.slug: TeamEntry(
                t.slug,
                t.name,
                t.organisation.slug,
                frozenset(n.slug for n in t.neighbourhoods.all()),
            )
            for t in teams
            if t.until is None or t.until >= today
        },
        partners=partners,
        languages={code: _language(code) for code in (partnership.languages or ["nl"])},
        layers={layer.value: layer.label for layer in PyramidLayer},
    )
    if rule_set is None:
        rule_set = partnership.rule_sets.filter(status=RuleSet.Status.PUBLISHED).first()
    triage = Triage(triage_team.organisation.slug, triage_team.slug)
    spec = spec_of(rule_set, triage)
    return FrontDoor(
        partnership_id=partnership.id,
        version=partnership.config_version,
        day=today,
        domains=domains,
        places=tuple(places),
        postcodes=MappingProxyType(postcodes),
        organisations=MappingProxyType(organisations),
        teams=MappingProxyType({t.slug: t for t in teams}),
        team_organisations=MappingProxyType({t.slug: tuple(t.organisations.all()) for t in teams}),
        services=services,
        confirm_months=partnership.confirm_services_months,
        partners=MappingProxyType(partners),
        safety_nets=tuple(
            p.organisation
            for p in participations
            if p.safety_net and p.since <= today and (p.until is None or p.until >= today)
        ),
        vocabulary=vocabulary,
        rule_set_id=rule_set.id if rule_set else None,
        rules=compile_rules(spec, vocabulary),
        triage_team=next(t for t in teams if t.id == triage_team.id),
        client_support=MappingProxyType(
            {code: support for code, _name, support in municipalities if support}
        ),
        calendar=opening_times.calendar(partnership),
        hours=opening_times.hours(partnership),
    )


def live_partnerships() -> list[Partnership]:
    """Return the partnerships that are open to residents, by name."""
    return list(Partnership.objects.filter(live=True).order_by("name"))
