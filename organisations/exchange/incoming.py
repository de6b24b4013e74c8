"""Services that come in, from a spreadsheet or from HSDS: checked whole, written whole or not.

check(rows, ...)    what would change, or what is wrong in which row
write(rows, ...)    the same check in a transaction, and then all of it

A row has the keys of `[[aanbod]]` in the partnership file, as far as its source has them; a key
that is missing keeps what the service has.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _
from pydantic import ValidationError

from organisations.directory.models import Service
from organisations.exchange.references import References
from organisations.partnership_file import words
from organisations.partnership_file.problems import from_pydantic
from organisations.partnership_file.schema.partners import Service as ServiceTable
from organisations.partnership_file.service_details import details_of, file_details_of
from organisations.partnerships.models import Partnership
from welzijn.accounts.models import User

MOST_ROWS = 1_000


@dataclass(frozen=True, slots=True)
class Row:
    """One service as it comes in. `number` is its row in the source, counted as people do."""

    number: int
    values: Mapping[str, Any]
    id: UUID | None = None
    confirmed_on: date | None = None


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong in a row; `column` is the key, or empty for the whole row."""

    row: int
    column: str
    message: str


@dataclass(frozen=True, slots=True)
class Change:
    """What a row does: a new service, or the keys that change of one that is there."""

    row: Row
    name: str
    organisation: str
    new: bool
    changed: tuple[str, ...]
    table: ServiceTable
    service: Service | None


@dataclass(slots=True)
class Plan:
    """The outcome of a check. Only without problems can it be written."""

    changes: list[Change] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    @property
    def effective(self) -> list[Change]:
        """The rows that would change something."""
        return [one for one in self.changes if one.new or one.changed]


class ProblemsError(ValueError):
    """Rows that can't be loaded; nothing was written."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = list(problems)
        super().__init__("; ".join(f"{p.row} {p.column}: {p.message}" for p in problems))


def check(
    rows: Sequence[Row], *, partnership: Partnership, organisations: Collection[str] | None = None
) -> Plan:
    """Return what the rows would change, with every problem by its row.

    `organisations` are the slugs whose services may be changed; None means all that take part.
    """
    references = References(partnership)
    existing = list(
        partnership.services.select_related("organisation").prefetch_related(
            "life_domains", "neighbourhoods"
        )
    )
    known = _Existing(existing)
    plan = Plan()
    seen: dict[str, int] = {}
    for row in rows:
        change = _check_row(row, references, known, plan.problems, organisations)
        if change is None:
            continue
        slug = change.table.slug
        if slug in seen:
            message = _("Dit aanbod staat ook in rij {row}.").format(row=seen[slug])
            plan.problems.append(Problem(row.number, "naam", message))
            continue
        seen[slug] = row.number
        plan.changes.append(change)
    return plan


class _Existing:
    """The services that are there, by all that a row may know them by."""

    def __init__(self, services: Sequence[Service]) -> None:
        self.by_id = {one.pk: one for one in services}
        self.by_slug = {one.slug: one for one in services}
        self.by_name = {(one.organisation.slug, one.name.casefold()): one for one in services}

    def find(self, row: Row, organisation: str) -> Service | None:
        if row.id is not None and row.id in self.by_id:
            return self.by_id[row.id]
        slug = row.values.get("slug")
        if slug:
            return self.by_slug.get(slug)
        return self.by_name.get((organisation, str(row.values.get("naam", "")).casefold()))

    def free_slug(self, name: str, organisation: str) -> str:
        wanted = slugify(name)[:70] or "aanbod"
        if wanted not in self.by_slug:
            return wanted
        return f"{wanted[:50]}-{organisation}"[:80].rstrip("-")


def _check_row(
    row: Row,
    references: References,
    known: _Existing,
    problems: list[Problem],
    organisations: Collection[str] | None,
) -> Change | None:
    values = dict(row.values)
    faults = references.resolve(values)
    organisation = values.get("organisatie", "")
    service = known.find(row, organisation)
    before = values_of(service) if service is not None else {}
    values = before | values
    if not values.get("slug"):
        values["slug"] = known.free_slug(str(values.get("naam", "")), organisation)
    for slug in {values.get("organisatie"), before.get("organisatie")} - {None, ""}:
        if organisations is not None and slug not in organisations and not faults:
            faults.append(("organisatie", _("Dit aanbod houdt een andere organisatie bij.")))
            break
    try:
        table = ServiceTable.model_validate(values)
    except ValidationError as error:
        faulty_columns = {column for column, _message in faults}
        faults += [
            (problem.key.partition("[")[0], _plain(problem.message))
            for problem in from_pydantic(error, values, ServiceTable)
            if problem.key.partition("[")[0] not in faulty_columns
        ]
        table = None
    if table is not None and table.since and table.until and table.until < table.since:
        faults.append(("tot_en_met", _("Deze dag ligt voor de eerste dag.")))
    problems += [Problem(row.number, column, message) for column, message in faults]
    if faults or table is None:
        return None
    after = table.model_dump(by_alias=True)
    blank = ServiceTable.model_validate(before).model_dump(by_alias=True) if before else {}
    return Change(
        row=row,
        name=table.name,
        organisation=table.organisation,
        new=service is None,
        changed=tuple(key for key, value in after.items() if before and blank[key] != value),
        table=table,
        service=service,
    )


def _plain(message: str) -> str:
    """Word a fault of the partnership file for who has a spreadsheet."""
    return message.replace("Deze sleutel ontbreekt. Vul in:", _("Dit ontbreekt:")).replace(
        ", zonder aanhalingstekens", ""
    )


def values_of(service: Service) -> dict[str, Any]:
    """Return a stored service with the keys of the partnership file."""
    return {
        "slug": service.slug,
        "naam": service.name,
        "organisatie": service.organisation.slug,
        "omschrijving": service.description or None,
        "laag": service.layer,
        "leefgebieden": sorted(d.slug for d in service.life_domains.all()),
        "leeftijden": list(service.audience),
        "wijken": sorted(n.slug for n in service.neighbourhoods.all()),
        "woorden": list(service.words),
        "wettelijk": [words.word("clock_kind", kind) for kind in service.clock_kinds],
        "plaatsen": service.capacity,
        "wachttijd_weken": service.waiting_weeks,
        "plek": service.place or None,
        **{
            ServiceTable.model_fields[name].alias or "": value
            for name, value in file_details_of(service).items()
        },
        "website": service.url or None,
        "sinds": service.since,
        "tot_en_met": service.until,
    }


def write(
    rows: Sequence[Row],
    *,
    partnership: Partnership,
    organisations: Collection[str] | None = None,
    by: User | None,
    today: date,
) -> Plan:
    """Write all rows in one transaction. Raises ProblemsError, and then nothing was written."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            # Not beside a load of the partnership's file, which writes the same rows.
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext('load_partnership'))")
        plan = check(rows, partnership=partnership, organisations=organisations)
        if plan.problems:
            raise ProblemsError(plan.problems)
        references = References(partnership)
        taken = set(
            Service.objects.filter(pk__in=[r.id for r in rows if r.id]).values_list("pk", flat=True)
        )
        for change in plan.changes:
            _write(change, partnership, references, by, today, taken)
    return plan


def _write(
    change: Change,
    partnership: Partnership,
    references: References,
    by: User | None,
    today: date,
    taken: set[UUID],
) -> None:
    service = change.service or Service(partnership=partnership)
    if change.service is None and change.row.id is not None and change.row.id not in taken:
        service.pk = change.row.id
    table = change.table
    service.slug, service.name = table.slug, table.name
    service.organisation = references.organisations[table.organisation]
    service.description, service.url = table.description or "", table.url or ""
    service.layer, service.audience = table.layer, list(table.audience)
    service.words = list(table.words)
    service.clock_kinds = [words.code("clock_kind", kind) for kind in table.clock_kinds]
    service.capacity, service.waiting_weeks = table.capacity, table.waiting_weeks
    for name, value in details_of(table).items():
        setattr(service, name, value)
    service.since, service.until = table.since, table.until
    service.confirmed_on = min(change.row.confirmed_on or today, today)
    service.confirmed_by = by
    service.save(force_insert=change.service is None)
    service.life_domains.set([references.domains[slug] for slug in table.life_domains])
    service.neighbourhoods.set([references.places[slug] for slug in table.neighbourhoods])
