"""Changes and values as people read them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from organisations.partnership_editor.permissions import tables_of_sections
from organisations.partnership_editor.sections import SECTIONS
from organisations.partnership_editor.values import IDENTITY, ORDER, Change, Plain
from organisations.partnership_editor.widgets import choices_of
from organisations.partnership_file.labels import LABELS, label_of
from organisations.partnership_file.problems import table_in
from organisations.partnership_file.schema.base import Table
from welzijn.core import dates


@dataclass(frozen=True, slots=True)
class DisplayedChange:
    """One changed value as a row of a table."""

    where: str
    what: str
    before: str
    after: str
    path: str = ""


def displayed_change(one: Change, tables: Plain) -> DisplayedChange:
    """Return a change with its labels."""
    section = SECTIONS[one.section]
    table = tables_of_sections()[one.section]
    where = str(section.title)
    if len(one.path) > 1 and section.listed and one.path[1] != ORDER:
        where = f"{where}: {changed_row_title(one, tables)}"
    if one.path[-1] == ORDER:
        return DisplayedChange(where, _("volgorde"), _lines(one.before), _lines(one.after))
    if len(one.path) == 2 and section.listed:
        return DisplayedChange(
            where, _("alles"), _row(table, one.before, tables), _row(table, one.after, tables)
        )
    if len(one.path) == 1:
        count = [len(v or []) for v in (one.before, one.after)]
        shown = [
            _row_list(table, v, tables) if one.section != "regels" else _count(n)
            for v, n in zip((one.before, one.after), count, strict=True)
        ]
        return DisplayedChange(where, _("alles"), *shown)
    alias = one.path[-1]
    return DisplayedChange(
        where,
        str(label_of(table, alias).label),
        displayed_value(table, alias, one.before, tables),
        displayed_value(table, alias, one.after, tables),
    )


def changed_row_title(one: Change, tables: Plain) -> str:
    """Return what people call the row of a change."""
    for row in (one.after, one.before, _found(one, tables)):
        if isinstance(row, dict):
            return row_title(one.section, row)
    return one.path[1]


def _found(one: Change, tables: Plain) -> Plain | None:
    identity = IDENTITY[one.section]
    rows = tables.get(one.section, [])
    return next((row for row in rows if str(row.get(identity)) == one.path[1]), None)


def row_title(section: str, row: Plain) -> str:
    """Return what people call a row."""
    if section == "sluitingsdagen":
        return f"{_day(row.get('dag'))}: {row.get('naam', '')}"
    for key in ("naam", "vraag", "titel", "woord", "nl"):
        if row.get(key):
            return str(row[key])
    return str(row.get(IDENTITY.get(section, ""), ""))


def displayed_value(table: type[Table], alias: str, found: Any, tables: Plain) -> str:
    """Return a value as people read it."""
    field = next((f for f in table.model_fields.values() if f.alias == alias), None)
    if field is None:
        return str(found)
    if found is None and not field.is_required():
        found = field.default
    key = label_of(table, alias)
    inner = table_in(field.annotation)
    if inner is not None and issubclass(inner, Table):
        return _row_list(inner, found, tables)
    if key.choices:
        held = found if isinstance(found, list) else [found]
        names = {str(k): str(v) for k, v in choices_of(key, tables, held)}
        return ", ".join(names.get(str(v), str(v)) for v in held if v is not None) or _("leeg")
    match found:
        case None | "" | []:
            return _("leeg")
        case bool():
            return _("ja") if found else _("nee")
        case list():
            return _lines(found)
        case date():
            return _day(found.isoformat())
    return _day(found) if alias in _DAYS_OF else str(found)


_DAYS_OF = frozenset({"sinds", "tot_en_met", "vanaf", "dpia"})


def _day(found: Any) -> str:
    try:
        return dates.dated(date.fromisoformat(str(found)))
    except ValueError:
        return str(found)


def _lines(found: Sequence[Any] | None) -> str:
    return "\n".join(map(str, found or [])) or _("leeg")


def _count(number: int) -> str:
    return _("{n} regels").format(n=number)


def _row(table: type[Table], row: Plain | None, tables: Plain) -> str:
    if row is None:
        return _("er niet")
    return "\n".join(
        f"{label_of(table, alias).label}: {displayed_value(table, alias, row[alias], tables)}"
        for alias in LABELS.get(table, row)
        if alias in row
    )


def _row_list(table: type[Table], rows: Sequence[Plain] | None, tables: Plain) -> str:
    return "\n".join(_row(table, row, tables).replace("\n", "; ") for row in rows or []) or _(
        "leeg"
    )
