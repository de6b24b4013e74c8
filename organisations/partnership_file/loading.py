"""Loading a checked file: one transaction, and only what is different is written.

What a file no longer names is ended on the day before, never deleted: questions, decisions and
people's roles point at it. Naming it again takes the end away. So a second load of the same file
writes nothing, and `config_version` stays as it was.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, TypeVar

from django.db import connection, models, transaction

from organisations.directory.models import LifeDomain, Organisation, Participation, Service, Team
from organisations.partnership_file import words
from organisations.partnership_file.publish import publish_rules
from organisations.partnership_file.schema import PartnershipFile
from organisations.partnership_file.shared import check_shared
from organisations.partnership_file.stored import (
    assignment_json,
    glossary_json,
    goals_json,
    questions_json,
    retention_json,
    session_json,
)
from organisations.partnerships.models import (
    Municipality,
    Neighbourhood,
    NeighbourhoodPostcode,
    Partnership,
)
from welzijn.core.working_days import local_date

M = TypeVar("M", bound=models.Model)


@dataclass(slots=True)
class LoadReport:
    """What a load did. `changes` says it in Dutch; empty where the file was already loaded."""

    partnership: Partnership
    created: bool = False
    changes: list[str] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    published: int | None = None

    @property
    def changed(self) -> bool:
        """Whether anything was written."""
        return self.created or bool(self.changes)


def load(
    *,
    file: PartnershipFile,
    source: str,
    now: datetime,
    shared: bool = False,
    rules_from_file: bool = False,
) -> LoadReport:
    """Make the database say what a checked file says, all of it or nothing.

    `shared` lets the file change what another partnership also uses (an organisation's phone);
    `rules_from_file` puts the file's rules over rules that a coordinator published since.
    Raises FileProblemsError where one of the two is needed and not given.
    """
    with transaction.atomic():
        with connection.cursor() as cursor:
            # One load at a time: two files may speak of the same organisation.
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext('load_partnership'))")
        return _Load(file, source, now, shared=shared).run(rules_from_file=rules_from_file)


class _Load:
    """One load inside its transaction."""

    def __init__(self, file: PartnershipFile, source: str, now: datetime, *, shared: bool) -> None:
        self.file = file
        self.source = source
        self.now = now
        self.today = local_date(now)
        self.shared = shared
        heading = file.heading
        found = Partnership.objects.select_for_update().filter(slug=heading.slug).first()
        self.report = LoadReport(
            partnership=found or Partnership(slug=heading.slug, live=False), created=found is None
        )
        self.partnership = self.report.partnership

    def run(self, *, rules_from_file: bool) -> LoadReport:
        check_shared(self.file, self.partnership, source=self.source, allowed=self.shared)
        self.write_partnership()
        self.write_closing_days()
        self.write_municipalities()
        places = self.write_places()
        organisations = self.write_organisations()
        domains = self.write_domains()
        teams = self.write_teams(organisations, places)
        self.write_services(organisations, domains, places)
        triage = teams[self.file.responsible.triage_team]
        self.change(
            self.partnership,
            "samenwerkingsverband",
            triage_team_id=triage.id,
            live=self.file.heading.live,
        )
        published, notice = publish_rules(
            file=self.file,
            partnership=self.partnership,
            organisations=organisations,
            teams=teams,
            source=self.source,
            now=self.now,
            rules_from_file=rules_from_file,
        )
        if published is not None:
            self.report.published = published
            self.report.changes.append(f"verdeelregels: versie {published} geldt nu")
        if notice:
            self.report.notices.append(notice)
        self.partnership.refresh_from_db()
        return self.report

    def change(self, thing: models.Model, label: str, **values: Any) -> None:
        """Save a new row, or the columns that differ; writes nothing where none does."""
        if thing._state.adding:
            for name, value in values.items():
                setattr(thing, name, value)
            thing.save(force_insert=True)
            self.report.changes.append(f"{label}: nieuw")
            return
        different = [name for name, value in values.items() if getattr(thing, name) != value]
        if different:
            for name in different:
                setattr(thing, name, values[name])
            thing.save(update_fields=different)
            self.report.changes.append(f"{label}: {', '.join(different)}")

    def relate(self, manager: Any, wanted: Iterable[models.Model], label: str) -> None:
        """Make a many-to-many say what the file says; writes only the differences."""
        before = set(manager.values_list("pk", flat=True))
        after = {thing.pk for thing in wanted}
        if before != after:
            manager.set(after)
            self.report.changes.append(label)

    def end(self, thing: models.Model, label: str, since: date | None = None) -> None:
        """End what the file no longer names, on the day before; what has ended stays so."""
        until = getattr(thing, "until", None)
        if until is not None and until <= self.today:
            return
        last = self.today - timedelta(days=1)
        self.change(thing, label, until=max(last, since) if since else last)

    def write_partnership(self) -> None:
        file = self.file
        clocks = file.clocks
        who = file.responsible
        self.change(
            self.partnership,
            "samenwerkingsverband",
            name=file.heading.name,
            hostname=file.heading.hostname,
            theme=file.heading.theme,
            languages=list(file.heading.languages),
            invented=list(file.heading.invented),
            opening_text=file.texts.opening_text or "",
            principles=list(file.texts.principles),
            opening_questions=questions_json(file),
            closing_question=file.texts.closing_question or "",
            glossary=glossary_json(file),
            desk_name=file.desk.name,
            desk_phone=file.desk.phone,
            desk_email=file.desk.email or "",
            desk_address=file.desk.address or "",
            reading_hours=file.reading_hours.by_weekday(),
            joint_controller_contact=who.joint_controller_contact or "",
            privacy_officer_contact=who.privacy_officer_contact or "",
            dpia_on=who.dpia_on,
            retention=retention_json(file),
            legal_basis=who.legal_basis or "",
            pick_up_within=clocks.pick_up_within,
            contact_within=clocks.contact_within,
            handover_answer_within=clocks.handover_answer_within,
            handover_escalate_after=clocks.handover_escalate_after,
            quiet_after=clocks.quiet_after,
            check_after_weeks=clocks.check_after_weeks,
            good_friday=clocks.good_friday,
            liberation_day=words.code("liberation_day", clocks.liberation_day),
            small_number=file.report.small_number,
            goals=goals_json(file),
            assignment=assignment_json(file),
            learning_sessions=[session_json(s) for s in file.learning_sessions],
        )

    def write_closing_days(self) -> None:
        existing = {c.day: c for c in self.partnership.closing_days.all()}
        for item in self.file.closing_days:
            day = existing.pop(item.day, None)
            if day is None:
                self.partnership.closing_days.create(day=item.day, name=item.name)
                self.report.changes.append(f"sluitingsdag {item.day}: nieuw")
            else:
                self.change(day, f"sluitingsdag {item.day}", name=item.name)
        for day in existing.values():
            # A closing day is a setting that nothing points at.
            day.delete()
            self.report.changes.append(f"sluitingsdag {day.day}: weg")

    def write_municipalities(self) -> None:
        codes = [m.code for m in self.file.municipalities]
        existing = Municipality.objects.in_bulk(codes)
        for item in self.file.municipalities:
            self.change(
                existing.setdefault(item.code, Municipality(code=item.code)),
                f"gemeente {item.name}",
                name=item.name,
                valid_from=item.valid_from,
                valid_until=item.valid_until,
                client_support=item.client_support or "",
            )
        for item in self.file.municipalities:
            self.change(existing[item.code], f"gemeente {item.name}", successor_id=item.successor)
        self.relate(self.partnership.municipalities, existing.values(), "gemeenten")

    def write_places(self) -> dict[str, Neighbourhood]:
        existing = {n.slug: n for n in self.partnership.neighbourhoods.all()}
        places = {}
        for item in self.file.neighbourhoods:
            place = existing.pop(item.slug, None) or Neighbourhood(
                partnership=self.partnership, slug=item.slug
            )
            self.change(
                place,
                f"wijk {item.slug}",
                name=item.name,
                municipality_id=item.municipality,
                learning_sessions=[session_json(s) for s in item.learning_sessions],
                until=item.until,
            )
            places[item.slug] = place
            self.write_postcodes(place, item.postcodes)
        for place in existing.values():
            self.end(place, f"wijk {place.slug}")
        return places

    def write_postcodes(self, place: Neighbourhood, wanted: Iterable[str]) -> None:
        before = {p.postcode: p for p in place.postcodes.all()}
        new = [code for code in wanted if code not in before]
        gone = [row for code, row in before.items() if code not in set(wanted)]
        NeighbourhoodPostcode.objects.bulk_create(
            NeighbourhoodPostcode(neighbourhood=place, postcode=code) for code in new
        )
        for row in gone:
            row.delete()
        if new or gone:
            self.report.changes.append(f"wijk {place.slug}: postcodes")

    def write_organisations(self) -> dict[str, Organisation]:
        known = {o.slug: o for o in Organisation.objects.filter(slug__in=self.slugs())}
        taking_part: dict[str, Participation] = {
            p.organisation.slug: p
            for p in self.partnership.participations.select_related("organisation")
        }
        for item in self.file.organisations:
            organisation = known.setdefault(item.slug, Organisation(slug=item.slug))
            self.change(
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
                part = Participation(partnership=self.partnership, organisation=organisation)
            self.change(
                part,
                f"deelname {item.slug}",
                since=item.since,
                until=item.until,
                picks_up=item.picks_up,
                brings_in=item.brings_in,
                safety_net=item.safety_net,
            )
        for slug, participation in taking_part.items():
            if participation.until is None or participation.until > self.today:
                self.report.notices.append(
                    f"{participation.organisation.name} doet niet meer mee. Verdeel hun open "
                    "vragen op /caseload/."
                )
            self.end(participation, f"deelname {slug}", participation.since)
        return known

    def slugs(self) -> list[str]:
        return [o.slug for o in self.file.organisations]

    def write_domains(self) -> dict[str, LifeDomain]:
        existing = {d.slug: d for d in self.partnership.life_domains.all()}
        domains = {}
        for position, item in enumerate(self.file.life_domains, start=1):
            domain = existing.pop(item.slug, None) or LifeDomain(
                partnership=self.partnership, slug=item.slug
            )
            self.change(
                domain,
                f"leefgebied {item.slug}",
                name=item.name,
                explanation=item.explanation or "",
                words=list(item.words),
                position=position,
                until=item.until,
            )
            domains[item.slug] = domain
        for domain in existing.values():
            self.end(domain, f"leefgebied {domain.slug}")
        return domains

    def write_teams(
        self,
        organisations: Mapping[str, Organisation],
        places: Mapping[str, Neighbourhood],
    ) -> dict[str, Team]:
        existing = {t.slug: t for t in self.partnership.teams.all()}
        teams = {}
        for item in self.file.teams:
            team = existing.pop(item.slug, None) or Team(
                partnership=self.partnership, slug=item.slug
            )
            self.change(
                team,
                f"team {item.slug}",
                name=item.name,
                organisation_id=organisations[item.organisation].id,
                description=item.description or "",
                until=item.until,
            )
            self.relate(
                team.organisations,
                [organisations[slug] for slug in item.organisations],
                f"team {item.slug}: organisaties",
            )
            self.relate(
                team.neighbourhoods,
                [places[slug] for slug in item.neighbourhoods],
                f"team {item.slug}: wijken",
            )
            teams[item.slug] = team
        for team in existing.values():
            self.end(team, f"team {team.slug}")
        return teams

    def write_services(
        self,
        organisations: Mapping[str, Organisation],
        domains: Mapping[str, LifeDomain],
        places: Mapping[str, Neighbourhood],
    ) -> None:
        existing = {s.slug: s for s in self.partnership.services.all()}
        for item in self.file.services:
            service = existing.pop(item.slug, None) or Service(
                partnership=self.partnership, slug=item.slug
            )
            self.change(
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
                url=item.url or "",
                since=item.since,
                until=item.until,
            )
            self.relate(
                service.life_domains,
                [domains[slug] for slug in item.life_domains],
                f"aanbod {item.slug}: leefgebieden",
            )
            self.relate(
                service.neighbourhoods,
                [places[slug] for slug in item.neighbourhoods],
                f"aanbod {item.slug}: wijken",
            )
        for service in existing.values():
            self.end(service, f"aanbod {service.slug}", service.since)
