"""What a partnership's front door knows by heart: its words, its clocks and its compiled rules.

Reading all of it takes a dozen queries, so each process keeps it, together with the version the
partnership had at that moment. Database triggers raise `config_version` on every change to one of
the tables read here, and the partnership is read anew with every request: nothing is stale.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from functools import cached_property
from types import MappingProxyType
from uuid import UUID

from django.db.models import Count, Q
from django.db.models.functions import Coalesce
from django.utils import timezone

from organisations.directory.capacity import Busy, how_busy
from organisations.directory.models import Organisation, PyramidLayer, Service, Team
from organisations.partnerships.models import Partnership
from organisations.roles.models import Membership, Role
from organisations.routing import (
    NO_OFFER,
    CompiledRuleSet,
    Load,
    NeighbourhoodEntry,
    Offer,
    OrganisationEntry,
    Rule,
    RuleSetSpec,
    ServiceOffer,
    Target,
    TargetKind,
    TeamEntry,
    Triage,
    Vocabulary,
    compile_rules,
)
from organisations.routing.conditions import parse_stored
from organisations.routing.facts import DESK_TIMES
from organisations.routing.models import RoutingRule, RuleSet
from welzijn.core.working_days import Calendar, LiberationDay, OpeningHours


@dataclass(frozen=True, slots=True)
class Domain:
    """A life domain as screens and routing name it."""

    id: UUID
    slug: str
    name: str
    explanation: str


@dataclass(frozen=True, slots=True)
class Place:
    """A neighbourhood with the GM code of its municipality."""

    id: UUID
    slug: str
    name: str
    municipality: str


@dataclass(frozen=True)
class FrontDoor:
    """One partnership at one version. Frozen; shared by all requests of a process."""

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
    partners: Mapping[str, str]
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
    def organisation_by_id(self) -> Mapping[UUID, Organisation]:
        """Organisations that take part or took part, by id."""
        return MappingProxyType({o.id: o for o in self.organisations.values()})

    @cached_property
    def service_by_slug(self) -> Mapping[str, Service]:
        """Services by slug."""
        return MappingProxyType({s.slug: s for s in self.services})

    def places_of(self, postcode: str) -> tuple[Place, ...]:
        """The neighbourhoods that a postcode ('3881AB' or '3881') may lie in, PC6 before PC4.

        Empty for one of another municipality; several where a postcode can't tell hamlets apart.
        """
        return self.postcodes.get(postcode) or self.postcodes.get(postcode[:4], ())

    def reads_now(self, now: datetime) -> bool:
        """Whether somebody reads along at this moment."""
        return self.calendar.reads_now(now, self.hours)

    def desk_time(self, now: datetime) -> str:
        """The bucket of `Facts.desk_time` for this moment."""
        if self.reads_now(now):
            bucket = "office"
        elif self.calendar.is_working_day(_local(now)):
            bucket = "evening"
        else:
            bucket = "weekend"
        assert bucket in DESK_TIMES
        return bucket

    @cached_property
    def needs_offer(self) -> bool:
        """Whether any rule looks for a fitting service, which costs a look at today's load."""
        return any(r.to.kind is TargetKind.FITTING_SERVICE for r in self.rules.spec.rules)

    def services_now(self, busy: Busy) -> tuple[ServiceOffer, ...]:
        """The services of today with the places in use: what the page shows and the rules use."""
        return tuple(self.service_now(s, busy) for s in self.services)

    def service_now(self, service: Service, busy: Busy) -> ServiceOffer:
        """One service with the places in use."""
        return _as_offer(service, busy.by_service.get(service.id, 0))

    def offer_now(self) -> Offer:
        """The services of today with how busy they are at this moment: two queries."""
        busy = how_busy(self.partnership_id)
        return self.offer(busy.by_organisation, busy.by_service)

    def offer(
        self, open_by_organisation: Mapping[UUID, int], open_by_service: Mapping[UUID, int]
    ) -> Offer:
        """The services of today with how busy they are, for `CompiledRuleSet.decide`."""
        workers = dict(
            Membership.objects.active()
            .filter(
                partnership_id=self.partnership_id, role__in=[Role.PROFESSIONAL, Role.TEAM_MEMBER]
            )
            .values_list("organisation__slug")
            .annotate(n=Count("user", distinct=True))
        )
        return Offer(
            services=self.services_now(Busy(open_by_organisation, open_by_service)),
            load={
                slug: Load(open_by_organisation.get(o.id, 0), workers.get(slug, 0))
                for slug, o in self.organisations.items()
            },
        )


def _local(now: datetime) -> date:
    from welzijn.core.working_days import local_date

    return local_date(now)


def _as_offer(service: Service, in_use: int) -> ServiceOffer:
    return ServiceOffer(
        key=service.slug,
        name=service.name,
        organisation=service.organisation.slug,
        layer=service.layer,
        life_domains=frozenset(d.slug for d in service.life_domains.all()),
        age_bands=frozenset(service.audience),
        neighbourhoods=frozenset(n.slug for n in service.neighbourhoods.all()),
        capacity=service.capacity,
        in_use=in_use,
        waiting_weeks=service.waiting_weeks,
        clock_kinds=frozenset(service.clock_kinds),
    )


def offer_as_decided(service: Service | None) -> Offer:
    """The offer as far as a decision keeps it: the service that was chosen, which had room then.

    How busy everybody was is not kept. A rule that looked for a fitting service before the one that
    decided found none, the chosen one neither; so with this offer the rules decide as they did.
    """
    if service is None:
        return NO_OFFER
    return Offer((replace(_as_offer(service, 0), capacity=None, waiting_weeks=0),))


_memory: dict[UUID, FrontDoor] = {}


class NotOpenError(Exception):
    """The partnership has no triage team: nobody would be responsible, so nothing is taken in."""


def of(partnership: Partnership) -> FrontDoor:
    """The front door of a partnership as it is now; no query while nothing has changed.

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
    """The working days of a partnership, for the outbox."""
    known = _memory.get(partnership_id)
    current = Partnership.objects.get(pk=partnership_id)
    if known is not None and known.version == current.config_version:
        return known.calendar
    return calendar(current)


def calendar(partnership: Partnership) -> Calendar:
    """The working-day calendar of a partnership: Dutch holidays and its own closing days."""
    return Calendar(
        closing_days=frozenset(partnership.closing_days.values_list("day", flat=True)),
        good_friday=partnership.good_friday,
        liberation_day=LiberationDay(partnership.liberation_day),
    )


def hours(partnership: Partnership) -> OpeningHours:
    """When somebody reads along, as the partnership's file says."""
    return OpeningHours(
        MappingProxyType(
            {
                int(weekday): tuple(
                    (time.fromisoformat(begin), time.fromisoformat(end)) for begin, end in slots
                )
                for weekday, slots in partnership.reading_hours.items()
            }
        )
    )


def read(partnership: Partnership, rule_set: RuleSet | None = None) -> FrontDoor:
    """Read a front door from the database, with `rule_set` in place of the published one."""
    triage_team = partnership.triage_team
    if triage_team is None:
        raise NotOpenError(partnership.slug)
    today = timezone.localdate()
    # What a partnership file ended is kept for old questions, and is not offered any more.
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
        Domain(d.id, d.slug, d.name, d.explanation)
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
        life_domains={d.slug: d.name for d in domains},
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
        languages={code: code for code in partnership.languages} or {"nl": "nl"},
        layers={layer.value: str(layer.label) for layer in PyramidLayer},
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
        partners=MappingProxyType(partners),
        vocabulary=vocabulary,
        rule_set_id=rule_set.id if rule_set else None,
        rules=compile_rules(spec, vocabulary),
        triage_team=next(t for t in teams if t.id == triage_team.id),
        client_support=MappingProxyType(
            {code: support for code, _name, support in municipalities if support}
        ),
        calendar=calendar(partnership),
        hours=hours(partnership),
    )


def spec_of(rule_set: RuleSet | None, triage: Triage) -> RuleSetSpec:
    """A stored rule set as the engine reads it; without one, everything goes to triage."""
    if rule_set is None:
        return RuleSetSpec(version=0, rules=(), triage=triage)
    stored = rule_set.rules.select_related("organisation", "team").prefetch_related("supporting")
    return RuleSetSpec(
        version=rule_set.version, rules=tuple(as_rule(r) for r in stored), triage=triage
    )


def as_rule(stored: RoutingRule) -> Rule:
    """A stored rule as the engine reads it."""
    slug = ""
    if stored.organisation is not None:
        slug = stored.organisation.slug
    elif stored.team is not None:
        slug = stored.team.slug
    return Rule(
        key=stored.key,
        name=stored.name,
        when=parse_stored(stored.conditions),
        to=Target(TargetKind(stored.target_kind), slug, frozenset(stored.layers)),
        reason=stored.reason,
        supporting=tuple(sorted(o.slug for o in stored.supporting.all())),
        active_from=stored.active_from,
        active_until=stored.active_until,
    )


def live_partnerships() -> list[Partnership]:
    """The partnerships that are open for residents, by name."""
    return list(Partnership.objects.filter(Q(live=True)).order_by("name"))
