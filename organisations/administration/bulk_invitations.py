"""Invite many people at once, from a spreadsheet: each row checked, all of them or none.

check(sheet, ...)    what each row would do, and what is wrong in which row
invite(rows, ...)    all of them in one transaction: roles given, or proposed where it takes two
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from organisations.administration.forms import InviteForm
from organisations.partnerships.models import Partnership
from organisations.roles import commands, proposals
from organisations.roles.models import Role
from welzijn.accounts.models import User
from welzijn.core.spreadsheets import SheetRow

MOST = 200
# What a column may be called, and the field of the invitation that it is.
_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "name": ("naam", "name", "voor en achternaam"),
    "function": ("functie", "functienaam", "function"),
    "email": ("e mailadres", "e mail", "email", "mail", "mailadres", "emailadres"),
    "role": ("rol", "role"),
    "organisation": ("organisatie", "organization", "werkgever"),
    "reads_new": ("leest nieuwe vragen", "leest nieuw"),
    "team": ("team", "wijkteam"),
    "neighbourhood": ("wijk", "kern", "wijk of kern"),
    "municipality": ("gemeente",),
}
_YES = {"ja", "j", "yes", "x", "1", "true"}


@dataclass(frozen=True, slots=True)
class Invited:
    """One row that can be carried out: the values of the form, and whether it takes two people."""

    number: int
    wanted: Mapping[str, Any]
    takes_two: bool

    @property
    def role(self) -> str:
        """What the role is called on the screen."""
        return capfirst(str(Role(self.wanted["role"]).label))


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong in a row."""

    row: int
    message: str


class RefusedError(ValueError):
    """Rows that were not carried out, none of them."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = list(faults)
        super().__init__(len(self.faults))


def check(
    sheet: Sequence[SheetRow], *, partnership: Partnership
) -> tuple[list[Invited], list[Fault]]:
    """Read the rows by the words of their head; each goes through the form of one invitation."""
    columns = _columns(sheet[0].cells)
    missing = [one for one in ("name", "email", "role", "organisation") if one not in columns]
    if missing:
        names = ", ".join(_COLUMNS[one][0].replace("e mail", "e-mail") for one in missing)
        return [], [Fault(sheet[0].number, _("Deze kolom ontbreekt: {names}.").format(names=names))]
    if len(sheet) - 1 > MOST:
        return [], [
            Fault(sheet[0].number, _("Hoogstens {number} mensen tegelijk.").format(number=MOST))
        ]
    values = _Values(partnership)
    rows: list[Invited] = []
    faults: list[Fault] = []
    seen: set[tuple[str, ...]] = set()
    for line in sheet[1:]:
        data = {
            field: values.read(field, line.cells[column])
            for field, column in columns.items()
            if column < len(line.cells) and line.cells[column]
        }
        form = InviteForm(data, partnership=partnership)
        if not form.is_valid():
            faults += [Fault(line.number, message) for message in _form_errors(form)]
            continue
        wanted = form.cleaned_data
        key = (wanted["email"].lower(), wanted["role"], str(wanted["organisation"].pk))
        if key in seen:
            faults.append(Fault(line.number, _("Deze rol staat al in een rij hierboven.")))
            continue
        seen.add(key)
        two = commands.takes_two(Role(wanted["role"]), reads_new=wanted["reads_new"])
        rows.append(Invited(line.number, wanted, two))
    return rows, faults


def _form_errors(form: InviteForm) -> list[str]:
    """Return what is wrong in a row, each with the name of its field."""
    return [
        f"{form.fields[name].label}: {error}" if name in form.fields else str(error)
        for name, errors in form.errors.items()
        for error in errors
    ]


def _columns(head: Sequence[str]) -> dict[str, int]:
    known = {name: field for field, names in _COLUMNS.items() for name in names}
    found: dict[str, int] = {}
    for column, heading in enumerate(head):
        field = known.get(_plain(heading))
        if field is not None:
            found.setdefault(field, column)
    return found


def _plain(text: str) -> str:
    ascii_ = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", " ", ascii_.lower()).strip()


class _Values:
    """What a cell calls a role, an organisation, a team or a place, as the form's own value."""

    def __init__(self, partnership: Partnership) -> None:
        self._names: dict[str, dict[str, str]] = {
            "role": {_plain(str(label)): value for value, label in Role.choices}
            | {_plain(value): value for value in Role.values},
            "organisation": {
                _plain(name): str(part.organisation.pk)
                for part in partnership.participations.select_related("organisation")
                for name in (part.organisation.slug, part.organisation.name)
            },
            "team": {
                _plain(name): str(t.pk)
                for t in partnership.teams.all()
                for name in (t.slug, t.name)
            },
            "neighbourhood": {
                _plain(name): str(n.pk)
                for n in partnership.neighbourhoods.all()
                for name in (n.slug, n.name)
            },
            "municipality": {
                _plain(name): str(m.pk)
                for m in partnership.municipalities.all()
                for name in (m.code, m.name)
            },
        }

    def read(self, field: str, cell: str) -> str:
        if field == "reads_new":
            return "on" if cell.strip().lower() in _YES else ""
        names = self._names.get(field)
        return cell if names is None else names.get(_plain(cell), cell)


def invite(
    rows: Sequence[Invited], *, partnership: Partnership, by: User, now: datetime
) -> tuple[int, int]:
    """Carry all rows out; return how many were given and proposed. Raises RefusedError."""
    given = proposed = 0
    faults: list[Fault] = []
    with transaction.atomic():
        for row in rows:
            try:
                with transaction.atomic():
                    if row.takes_two:
                        _propose(row.wanted, partnership, by, now)
                        proposed += 1
                    else:
                        _grant(row.wanted, partnership, by, now)
                        given += 1
            except ValidationError as error:
                faults.append(Fault(row.number, " ".join(error.messages)))
        if faults:
            raise RefusedError(faults)
    return given, proposed


def _propose(wanted: Mapping[str, Any], partnership: Partnership, by: User, now: datetime) -> None:
    proposals.propose(
        candidate=proposals.Candidate(wanted["email"], wanted["name"], wanted["function"]),
        partnership=partnership,
        organisation=wanted["organisation"],
        role=Role(wanted["role"]),
        reads_new=wanted["reads_new"],
        team=wanted["team"],
        municipality=wanted["municipality"],
        by=by,
        now=now,
    )


def _grant(wanted: Mapping[str, Any], partnership: Partnership, by: User, now: datetime) -> None:
    commands.grant(
        user=commands.account_for(
            email=wanted["email"],
            name=wanted["name"],
            function=wanted["function"],
            partnership=partnership,
            role=Role(wanted["role"]),
            by=by,
            now=now,
        ),
        partnership=partnership,
        organisation=wanted["organisation"],
        role=Role(wanted["role"]),
        neighbourhood=wanted["neighbourhood"],
        by=by,
        now=now,
    )
