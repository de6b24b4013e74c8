"""Who keeps what of a partnership.

| role | keeps |
| --- | --- |
| functioneel beheerder | everything |
| coördinator | the services, contact details and teams of their own organisation |
| wijkaanjager | the learning sessions of their own neighbourhood |
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from organisations.partnership_editor.values import IDENTITY, Change, Plain, value_at
from organisations.partnership_file.labels import LABELS, Key
from organisations.partnership_file.problems import table_in
from organisations.partnership_file.schema import PartnershipFile
from organisations.partnership_file.schema.base import Table
from organisations.partnerships.models import Partnership
from organisations.roles.models import Role
from organisations.roles.permissions import roles_at

# What a coordinator keeps of a row of their own organisation; the rest is agreed between partners.
_OF_ORGANISATION = frozenset({"omschrijving", "telefoon", "email", "website", "toont_namen"})
_OF_TEAM = frozenset({"naam", "omschrijving"})
_AGREED_OF_SERVICE = frozenset({"slug", "organisatie"})


@dataclass(frozen=True, slots=True)
class Keeper:
    """What one person keeps here."""

    everything: bool
    organisations: frozenset[str]
    neighbourhoods: frozenset[str]

    @property
    def sections(self) -> frozenset[str]:
        """The sections in which they keep something."""
        if self.everything:
            return frozenset(tables_of_sections())
        found = {"organisaties", "teams", "aanbod"} if self.organisations else set()
        return frozenset(found | ({"wijken"} if self.neighbourhoods else set()))

    def keeps_row(self, section: str, row: Plain) -> bool:
        """Whether they keep any key of a row of a list."""
        if self.everything:
            return True
        owner = {"organisaties": "slug", "teams": "organisatie", "aanbod": "organisatie"}
        if section == "wijken":
            return row.get("slug") in self.neighbourhoods
        return section in owner and row.get(owner[section]) in self.organisations

    def keeps_key(self, section: str, row: Plain, key: str) -> bool:
        """Whether they keep one key of a row that is there."""
        if self.everything:
            return True
        if not self.keeps_row(section, row):
            return False
        return {
            "organisaties": key in _OF_ORGANISATION,
            "teams": key in _OF_TEAM,
            "aanbod": key not in _AGREED_OF_SERVICE,
            "wijken": key == "leersessies",
        }[section]

    def adds_to(self, section: str) -> bool:
        """Whether they may add rows to a list."""
        return self.everything or (section == "aanbod" and bool(self.organisations))

    def may(self, change: Change, tables: Plain) -> bool:
        """Whether they may carry out one change of the partnership as it is now."""
        if self.everything:
            return True
        if len(change.path) == 2 and change.before is None and isinstance(change.after, dict):
            return self.adds_to(change.section) and self.keeps_row(change.section, change.after)
        if len(change.path) != 3:
            return False
        row = value_at(tables, change.path[:2])
        return row is not None and self.keeps_key(change.section, row, change.path[2])


def keeper(user: Any, partnership: Partnership) -> Keeper:
    """Return what a user keeps at a partnership."""
    held = roles_at(user, partnership)
    return Keeper(
        everything=any(m.role == Role.ADMINISTRATOR for m in held),
        organisations=frozenset(m.organisation.slug for m in held if m.role == Role.COORDINATOR),
        neighbourhoods=frozenset(
            m.neighbourhood.slug
            for m in held
            if m.role == Role.NEIGHBOURHOOD_LEAD and m.neighbourhood is not None
        ),
    )


def tables_of_sections() -> dict[str, type[Table]]:
    """Return the table of each section, by its key in the file."""
    found: dict[str, type[Table]] = {}
    for field in PartnershipFile.model_fields.values():
        inner = table_in(field.annotation)
        assert inner is not None, "every key of the file is a table or a list of them"
        assert issubclass(inner, Table)
        found[field.alias or ""] = inner
    return found


def for_two(changes: Iterable[Change]) -> list[Change]:
    """Return the changes that take two people.

    They put another text before residents, or say who approves roles or reads what is new: one
    person who decides on that alone would decide on everything.
    """
    return [change for change in changes if is_text(change) or says_who(change)]


def is_text(change: Change) -> bool:
    """Whether a change puts another text before residents."""
    return any(key.resident for key in _keys_of(change))


def says_who(change: Change) -> bool:
    """Whether a change says who approves roles or rules, or who reads what is new."""
    return any(key.approves for key in _keys_of(change))


def _keys_of(change: Change) -> list[Key]:
    """Return what the screens say of each key that a change writes."""
    if change.after is None or change.section == "regels":
        return []
    labels = LABELS[tables_of_sections()[change.section]]
    if len(change.path) == 1 or (len(change.path) == 2 and change.section in IDENTITY):
        rows = change.after if isinstance(change.after, list) else [change.after]
        written = {key for row in rows if isinstance(row, dict) for key in row}
        return [labels[key] for key in labels if key in written]
    last = labels.get(change.path[-1])
    return [last] if last else []
