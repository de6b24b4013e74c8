"""Load a checked file in one transaction, writing only what differs.

Rows that a file no longer names are ended on the day before, never deleted: questions, decisions
and roles refer to them. Naming them again removes the end. Loading the same file again writes
nothing and leaves `config_version` as it was.
"""

from __future__ import annotations

from datetime import datetime

from django.db import connection, transaction

from organisations.partnership_file import words
from organisations.partnership_file.load_partners import (
    write_life_domains,
    write_organisations,
    write_services,
    write_teams,
)
from organisations.partnership_file.load_places import write_municipalities, write_neighbourhoods
from organisations.partnership_file.load_translations import write_translations
from organisations.partnership_file.publish import publish_rules
from organisations.partnership_file.row_writer import LoadReport, RowWriter
from organisations.partnership_file.schema import PartnershipFile
from organisations.partnership_file.shared import check_shared
from organisations.partnership_file.stored import (
    assignment_json,
    glossary_json,
    goals_json,
    population_json,
    questions_json,
    retention_json,
    session_json,
    starting_texts_json,
)
from organisations.partnerships.models import Partnership
from organisations.rehearsal import rehearsing
from organisations.roles import first_coordinator, readers
from welzijn.core.working_days import local_date


def load(
    *,
    file: PartnershipFile,
    source: str,
    now: datetime,
    shared: bool = False,
    rules_from_file: bool = False,
) -> LoadReport:
    """Load a checked file, all of it or nothing.

    `shared` allows changes to what another partnership also uses (an organisation's phone);
    `rules_from_file` replaces rules that a coordinator published since. Raises FileProblemsError
    where one of the two is needed and not given.
    """
    with transaction.atomic():
        one_at_a_time()
        return _load(file, source, now, shared=shared, rules_from_file=rules_from_file)


def one_at_a_time() -> None:
    """Wait for another load to end its transaction: two files may name the same organisation."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('load_partnership'))")


def try_to_load(
    *, file: PartnershipFile, source: str, now: datetime, **options: bool
) -> LoadReport:
    """Load a file and undo it all: what the database would refuse is found before it is loaded.

    Raises what `load` raises.
    """
    with transaction.atomic():
        report = load(file=file, source=source, now=now, **options)
        partnership = report.partnership
        report.somebody_reads = not partnership.live or readers.somebody_reads(partnership, now)
        transaction.set_rollback(True)
    return report


def _load(
    file: PartnershipFile, source: str, now: datetime, *, shared: bool, rules_from_file: bool
) -> LoadReport:
    slug = file.heading.slug
    found = Partnership.objects.select_for_update().filter(slug=slug).first()
    partnership = found or Partnership(slug=slug, live=False)
    report = LoadReport(partnership=partnership, created=found is None)
    writer = RowWriter(file, partnership, local_date(now), report)
    check_shared(file, partnership, source=source, allowed=shared)
    _write_partnership(writer)
    _write_closing_days(writer)
    write_municipalities(writer)
    places = write_neighbourhoods(writer)
    organisations = write_organisations(writer)
    domains = write_life_domains(writer)
    teams = write_teams(writer, organisations, places)
    write_services(writer, organisations, domains, places)
    triage = teams[file.responsible.triage_team]
    write_translations(writer)
    if file.heading.live and partnership.rehearsing_since is not None:
        gone = rehearsing.end(partnership=partnership, now=now)
        report.changes.append(f"oefenstand: gestopt, {gone} oefenvragen gewist")
    writer.change(
        partnership,
        "samenwerkingsverband",
        triage_team_id=triage.id,
        live=file.heading.live,
    )
    published, notice = publish_rules(
        file=file,
        partnership=partnership,
        organisations=organisations,
        teams=teams,
        source=source,
        now=now,
        rules_from_file=rules_from_file,
    )
    if published is not None:
        report.published = published
        report.changes.append(f"verdeelregels: versie {published} geldt nu")
    if notice:
        report.notices.append(notice)
    partnership.refresh_from_db()
    _appoint_coordinators(writer, now)
    return report


def _appoint_coordinators(writer: RowWriter, now: datetime) -> None:
    """Invite the first coordinators whom the file names."""
    named = writer.partnership.participations.exclude(coordinator_email="")
    for participation in named.select_related("organisation", "partnership"):
        if first_coordinator.appoint(participation=participation, now=now) is not None:
            slug = participation.organisation.slug
            writer.report.changes.append(f"organisatie {slug}: eerste coördinator uitgenodigd")


def _write_partnership(writer: RowWriter) -> None:
    file = writer.file
    clocks = file.clocks
    who = file.responsible
    writer.change(
        writer.partnership,
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
        food_bank=file.food_bank.model_dump(exclude_none=True) if file.food_bank else {},
        starting_texts=starting_texts_json(file),
        reading_hours=file.reading_hours.by_weekday(),
        joint_controller_contact=who.joint_controller_contact or "",
        privacy_officer_contact=who.privacy_officer_contact or "",
        dpia_on=who.dpia_on,
        rule_consent=words.code("rule_consent", who.rule_consent),
        retention=retention_json(file),
        legal_basis=who.legal_basis or "",
        pick_up_within=clocks.pick_up_within,
        danger_opened_within=clocks.danger_opened_within,
        contact_within=clocks.contact_within,
        handover_answer_within=clocks.handover_answer_within,
        handover_escalate_after=clocks.handover_escalate_after,
        quiet_after=clocks.quiet_after,
        check_after_weeks=clocks.check_after_weeks,
        confirm_services_months=clocks.confirm_services_months,
        good_friday=clocks.good_friday,
        liberation_day=words.code("liberation_day", clocks.liberation_day),
        small_number=file.report.small_number,
        figure_spread=file.report.figure_spread,
        figure_bound=file.report.figure_bound,
        goals=goals_json(file),
        population=population_json(file),
        open_data=list(file.report.open_data),
        assignment=assignment_json(file),
        learning_sessions=[session_json(s) for s in file.learning_sessions],
    )


def _write_closing_days(writer: RowWriter) -> None:
    existing = {c.day: c for c in writer.partnership.closing_days.all()}
    for item in writer.file.closing_days:
        day = existing.pop(item.day, None)
        if day is None:
            writer.partnership.closing_days.create(day=item.day, name=item.name)
            writer.report.changes.append(f"sluitingsdag {item.day}: nieuw")
        else:
            writer.change(day, f"sluitingsdag {item.day}", name=item.name)
    for day in existing.values():
        # Deleted, not ended: nothing refers to a closing day.
        day.delete()
        writer.report.changes.append(f"sluitingsdag {day.day}: weg")
