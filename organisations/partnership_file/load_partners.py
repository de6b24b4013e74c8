"""Load organisations, life domains, teams and services."""

from __future__ import annotations

from collections.abc import Mapping

from organisations.directory.models import LifeDomain, Organisation, Participation, Service, Team
from organisations.partnership_file import words
from organisations.partnership_file.row_writer import RowWriter
from organisations.partnership_file.service_details import details_of
from organisations.partnerships.models import Neighbourhood


def write_organisations(writer: RowWriter) -> dict[str, Organisation]:
    """Write organisations and their participation, and return them by slug."""
    known = {
        o.slug: o
        for o in Organisation.objects.filter(slug__in=[o.slug for o in writer.file.organisations])
    }
    taking_part: dict[str, Participation] = {
        p.organisation.slug: p
        for p in writer.partnership.participations.select_related("organisation")
    }
    for item in writer.file.organisations:
        organisation = known.setdefault(item.slug, Organisation(slug=item.slug))
        writer.change(
            organisation,
            f"organisatie {item.slug}",
            name=item.name,
            kind=words.code("organisation_kind", item.kind),
            description=item.description or "",
            phone=item.phone or "",
            email=item.email or "",
            website=item.website or "",
            shows_worker_names=item.shows_worker_names,
        )
        part = taking_part.pop(item.slug, None)
        if part is None:
            part = Participation(partnership=writer.partnership, organisation=organisation)
        writer.change(
            part,
            f"deelname {item.slug}",
            since=item.since,
            until=item.until,
            picks_up=item.picks_up,
            brings_in=item.brings_in,
            safety_net=item.safety_net,
            contact_name=item.contact_name or "",
            contact_email=(item.contact_email or "").lower(),
            coordinator_name=item.coordinator_name or "",
            coordinator_email=(item.coordinator_email or "").lower(),
        )
    for slug, participation in taking_part.items():
        if participation.until is None or participation.until > writer.today:
            writer.report.notices.append(
                f"{participation.organisation.name} doet niet meer mee. Verdeel hun open "
                "vragen op /caseload/."
            )
        writer.end(participation, f"deelname {slug}", participation.since)
    return known


def write_life_domains(writer: RowWriter) -> dict[str, LifeDomain]:
    """Write the life domains in the order of the file, and return them by slug."""
    existing = {d.slug: d for d in writer.partnership.life_domains.all()}
    domains = {}
    for position, item in enumerate(writer.file.life_domains, start=1):
        domain = existing.pop(item.slug, None) or LifeDomain(
            partnership=writer.partnership, slug=item.slug
        )
        writer.change(
            domain,
            f"leefgebied {item.slug}",
            name=item.name,
            staff_name=item.staff_name or "",
            explanation=item.explanation or "",
            words=list(item.words),
            position=position,
            until=item.until,
        )
        domains[item.slug] = domain
    for domain in existing.values():
        writer.end(domain, f"leefgebied {domain.slug}")
    return domains


def write_teams(
    writer: RowWriter,
    organisations: Mapping[str, Organisation],
    places: Mapping[str, Neighbourhood],
) -> dict[str, Team]:
    """Write the teams, and return them by slug."""
    existing = {t.slug: t for t in writer.partnership.teams.all()}
    teams = {}
    for item in writer.file.teams:
        team = existing.pop(item.slug, None) or Team(partnership=writer.partnership, slug=item.slug)
        writer.change(
            team,
            f"team {item.slug}",
            name=item.name,
            organisation_id=organisations[item.organisation].id,
            description=item.description or "",
            until=item.until,
        )
        writer.relate(
            team.organisations,
            [organisations[slug] for slug in item.organisations],
            f"team {item.slug}: organisaties",
        )
        writer.relate(
            team.neighbourhoods,
            [places[slug] for slug in item.neighbourhoods],
            f"team {item.slug}: wijken",
        )
        teams[item.slug] = team
    for team in existing.values():
        writer.end(team, f"team {team.slug}")
    return teams


def write_services(
    writer: RowWriter,
    organisations: Mapping[str, Organisation],
    domains: Mapping[str, LifeDomain],
    places: Mapping[str, Neighbourhood],
) -> None:
    """Write the services. Who changes one has looked at it: that confirms it."""
    existing = {s.slug: s for s in writer.partnership.services.all()}
    for item in writer.file.services:
        service = existing.pop(item.slug, None) or Service(
            partnership=writer.partnership, slug=item.slug
        )
        before = len(writer.report.changes)
        writer.change(
            service,
            f"aanbod {item.slug}",
            name=item.name,
            organisation_id=organisations[item.organisation].id,
            description=item.description or "",
            layer=item.layer,
            audience=list(item.audience),
            words=list(item.words),
            clock_kinds=[words.code("clock_kind", kind) for kind in item.clock_kinds],
            capacity=item.capacity,
            waiting_weeks=item.waiting_weeks,
            **details_of(item),
            url=item.url or "",
            since=item.since,
            until=item.until,
        )
        writer.relate(
            service.life_domains,
            [domains[slug] for slug in item.life_domains],
            f"aanbod {item.slug}: leefgebieden",
        )
        writer.relate(
            service.neighbourhoods,
            [places[slug] for slug in item.neighbourhoods],
            f"aanbod {item.slug}: wijken",
        )
        if len(writer.report.changes) > before and service.confirmed_on != writer.today:
            service.confirmed_on, service.confirmed_by = writer.today, None
            service.save(update_fields=["confirmed_on", "confirmed_by"])
    for service in existing.values():
        writer.end(service, f"aanbod {service.slug}", service.since)
