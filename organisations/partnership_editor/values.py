"""A partnership as plain tables with the file's own keys: compare, change and normalise them.

Plain: texts, numbers, lists and tables, with days as "2026-01-31", so that every value can be
stored and compared as JSON. Rows of most lists are known by one of their keys (`IDENTITY`), so that
two people can change two rows, and each key of a row has a path:

    ("balie", "telefoon")                a key of a table
    ("aanbod", "plusbus", "plaatsen")    a key of a row
    ("aanbod", "plusbus")                a row that is new or gone, with all its keys
    ("leefgebieden", "#")                the order of the rows, where it matters
    ("regels",)                          a list that changes as a whole
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from datetime import date
from typing import Any

from organisations.partnership_file.exporting import file_of, rule_to_file
from organisations.partnership_file.rules import rules_of
from organisations.partnership_file.schema import PartnershipFile
from organisations.partnerships.models import Partnership

Path = tuple[str, ...]
Plain = dict[str, Any]
ORDER = "#"
IDENTITY: Mapping[str, str] = {
    "openingsvragen": "sleutel",
    "woordenlijst": "woord",
    "beginteksten": "titel",
    "sluitingsdagen": "dag",
    "doelen": "sleutel",
    "gemeenten": "code",
    "wijken": "slug",
    "organisaties": "slug",
    "leefgebieden": "slug",
    "teams": "slug",
    "aanbod": "slug",
    "vertalingen": "nl",
}
ORDERED = frozenset(
    {"openingsvragen", "woordenlijst", "beginteksten", "doelen", "leefgebieden", "vertalingen"}
)
ENDED = frozenset({"wijken", "organisaties", "leefgebieden", "teams", "aanbod"})
"""Rows that end on a day and are never deleted: questions and decisions refer to them."""
# The database keeps these without an order.
_SETS = {
    ("teams", "organisaties"),
    ("teams", "wijken"),
    ("aanbod", "leefgebieden"),
    ("aanbod", "wijken"),
    ("wijken", "postcodes"),
}
_DAYS = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")


@dataclass(frozen=True, slots=True)
class Change:
    """One value that changes; None is a value that is not there."""

    path: Path
    before: Any
    after: Any

    @property
    def section(self) -> str:
        """The key of the file that it belongs to."""
        return self.path[0]


def as_text(value: Any) -> str | None:
    """Return the canonical text of a value, as it is stored."""
    if value is None:
        return None
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


def from_text(text: str | None) -> Any:
    """Return the value of a canonical text."""
    return None if text is None else json.loads(text)


def of_partnership(partnership: Partnership) -> Plain:
    """Return the partnership as it is in the database. Raises NotExportableError."""
    return _dumped(file_of(partnership))


def of_file(file: PartnershipFile) -> Plain:
    """Return a checked file as plain tables, in the form that an export of it would have."""
    rules = [rule_to_file(rule) for rule in rules_of(file)]
    same = PartnershipFile.model_validate(
        {**{name: getattr(file, name) for name in PartnershipFile.model_fields}, "rules": rules},
        by_name=True,
        by_alias=False,
    )
    return _dumped(same)


def _dumped(file: PartnershipFile) -> Plain:
    return normal(plain(file.model_dump(by_alias=True, exclude_defaults=True)))


def plain(value: Any) -> Any:
    """Return a value with its days as text."""
    match value:
        case date():
            return value.isoformat()
        case Mapping():
            return {key: plain(inner) for key, inner in value.items()}
        case list() | tuple():
            return [plain(inner) for inner in value]
    return value


def normal(tables: Plain) -> Plain:
    """Sort what has no order, and write addresses as the loader does."""
    for section, key in _SETS:
        for row in tables.get(section, []):
            if key in row:
                row[key] = sorted(set(row[key]))
    for row in tables.get("organisaties", []):
        for key in ("contactpersoon_email", "coordinator_email"):
            if key in row:
                row[key] = row[key].lower()
    for rule in tables.get("regels", []):
        if "ook_erbij" in rule:
            rule["ook_erbij"] = sorted(rule["ook_erbij"])
    for day in _DAYS:
        if day in tables.get("leestijden", {}):
            tables["leestijden"][day] = sorted(tables["leestijden"][day])
    own_terms = tables.get("bewaartermijnen", {}).get("organisaties")
    if own_terms:
        own_terms.sort(key=lambda row: row["organisatie"])
    return tables


def rows(tables: Plain, section: str) -> dict[str, Plain]:
    """Return the rows of a list by what they are known by; a second of the same name gets a #2."""
    found: dict[str, Plain] = {}
    for row in tables.get(section, []):
        name = str(row.get(IDENTITY[section], ""))
        number = 2
        while name in found:
            name, number = f"{name.rsplit('#', 1)[0]}#{number}", number + 1
        found[name] = row
    return found


def value_at(tables: Plain, path: Path) -> Any:
    """Return the value at a path; None where it isn't there."""
    section, rest = path[0], path[1:]
    if not rest:
        return tables.get(section)
    if section not in IDENTITY:
        return (tables.get(section) or {}).get(rest[0])
    listed = rows(tables, section)
    if rest[0] == ORDER:
        return list(listed)
    row = listed.get(rest[0])
    return row if len(rest) == 1 or row is None else row.get(rest[1])


def differences(before: Plain, after: Plain) -> list[Change]:
    """List what differs, in the order of the file: keys of tables, rows, and keys of rows."""
    found: list[Change] = []
    for field in PartnershipFile.model_fields.values():
        section = field.alias or ""
        if section in IDENTITY:
            found += _row_differences(section, rows(before, section), rows(after, section))
        elif isinstance(before.get(section, after.get(section)), dict):
            found += _keys((section,), before.get(section) or {}, after.get(section) or {})
        else:
            found += _keys((), {section: before.get(section)}, {section: after.get(section)})
    return found


def _keys(path: Path, before: Plain, after: Plain) -> list[Change]:
    return [
        Change((*path, key), before.get(key), after.get(key))
        for key in dict.fromkeys([*before, *after])
        if before.get(key) != after.get(key)
    ]


def _row_differences(
    section: str, before: dict[str, Plain], after: dict[str, Plain]
) -> list[Change]:
    found = []
    for name in dict.fromkeys([*before, *after]):
        old, new = before.get(name), after.get(name)
        if old is None or new is None:
            found.append(Change((section, name), old, new))
        else:
            found += _keys((section, name), old, new)
    if section in ORDERED and list(before) != list(after):
        found.append(Change((section, ORDER), list(before), list(after)))
    return found


def changed(tables: Plain, changes: Iterable[Change]) -> Plain:
    """Return the tables with these changes carried out."""
    result = deepcopy(tables)
    for change in changes:
        _put(result, change.path, deepcopy(change.after))
    return normal(result)


def _put(tables: Plain, path: Path, value: Any) -> None:
    section, rest = path[0], path[1:]
    if not rest:
        _set(tables, section, value)
    elif section not in IDENTITY:
        table = tables.setdefault(section, {})
        _set(table, rest[0], value)
        if not table:
            del tables[section]
    else:
        _put_row(tables, section, rest, value)


def _put_row(tables: Plain, section: str, rest: Path, value: Any) -> None:
    listed = rows(tables, section)
    if rest[0] == ORDER:
        order = {name: number for number, name in enumerate(value or [])}
        listed = dict(sorted(listed.items(), key=lambda item: order.get(item[0], len(order))))
    elif len(rest) == 1:
        _set(listed, rest[0], value)
    elif rest[0] in listed:
        _set(listed[rest[0]], rest[1], value)
    tables[section] = list(listed.values())


def _set(table: dict[str, Any], key: str, value: Any) -> None:
    if value is None:
        table.pop(key, None)
    else:
        table[key] = value


def touched(changes: Sequence[Change]) -> list[str]:
    """Return the sections of changes, each once."""
    return list(dict.fromkeys(change.section for change in changes))
