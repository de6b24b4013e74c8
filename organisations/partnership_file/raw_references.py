"""Unknown references in tables that don't fit the schema yet: a file has one list of faults.

`check.py` looks at references once each field is right. Where one isn't, this looks at the plain
tables instead.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from organisations.partnership_file.problems import FileProblem, key_of
from organisations.partnership_file.words import unknown_slug_message

_DEFINED = {"gemeenten": "code"}
"""The key by which a table is named; for all others "slug"."""

REFERENCES: tuple[tuple[str, tuple[str, ...], str], ...] = (
    ("wijken", ("gemeente",), "gemeenten"),
    ("teams", ("organisatie",), "organisaties"),
    ("teams", ("organisaties",), "organisaties"),
    ("teams", ("wijken",), "wijken"),
    ("aanbod", ("organisatie",), "organisaties"),
    ("aanbod", ("leefgebieden",), "leefgebieden"),
    ("aanbod", ("wijken",), "wijken"),
    ("regels", ("naar", "organisatie"), "organisaties"),
    ("regels", ("naar", "team"), "teams"),
    ("regels", ("ook_erbij",), "organisaties"),
    ("doelen", ("leefgebieden",), "leefgebieden"),
    ("opdracht", ("organisaties",), "organisaties"),
    ("verantwoordelijk", ("triageteam",), "teams"),
)
"""Table, key in it, and the table whose names it may hold."""


def unknown_references(tables: Mapping[str, Any], wrong: Collection[str]) -> list[FileProblem]:
    """Return each reference to a name that the file doesn't define. Raises nothing.

    `wrong` are the keys that are known to be wrong: where a name is among them, references to that
    table say nothing new.
    """
    names = {table: set(_names(tables, table)) for _t, _k, table in REFERENCES}
    problems = []
    misnamed = {
        key.partition("[")[0] for key in wrong if key.endswith((".slug", ".code")) or "." not in key
    }
    for table, keys, target in REFERENCES:
        if target in misnamed:
            continue
        for path, row in _rows(tables, table):
            for at, value in _values(row, keys):
                if value not in names[target]:
                    problems.append(
                        FileProblem(
                            key_of((*path, *at)),
                            unknown_slug_message(value, names[target]),
                            name=str(row.get("slug") or row.get("sleutel") or "")[:60],
                        )
                    )
    return problems


def _names(tables: Mapping[str, Any], table: str) -> Iterator[str]:
    for _path, row in _rows(tables, table):
        name = row.get(_DEFINED.get(table, "slug"))
        if isinstance(name, str):
            yield name


def _rows(
    tables: Mapping[str, Any], table: str
) -> Iterator[tuple[tuple[str | int, ...], Mapping[str, Any]]]:
    found = tables.get(table)
    if isinstance(found, Mapping):
        yield (table,), found
    elif isinstance(found, list):
        for index, row in enumerate(found):
            if isinstance(row, Mapping):
                yield (table, index), row


def _values(
    row: Mapping[str, Any], keys: tuple[str, ...]
) -> Iterator[tuple[tuple[str | int, ...], str]]:
    found: Any = row
    for key in keys:
        found = found.get(key) if isinstance(found, Mapping) else None
    if isinstance(found, str):
        yield keys, found
    elif isinstance(found, list):
        for index, value in enumerate(found):
            if isinstance(value, str):
                yield (*keys, index), value
