"""A condition as rows on a screen, and back: no code, no JSON to type.

A row is a condition, or a line that opens a group ("alles hieronder klopt", "minstens één", "niets"
too); rows one level deeper belong to the group above them. The form is the same tree, so
`from_rows(to_rows(c))` means what `c` means.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from organisations.routing.conditions import (
    All,
    Any_,
    Condition,
    ConditionError,
    Leaf,
    Not,
    Problem,
    parse,
    to_json,
)


class RowKind(StrEnum):
    """The kind of row: a group, or a condition."""

    ALL = "all"
    ANY = "any"
    NONE = "none"
    IS = "is"
    IS_NOT = "is_not"

    @property
    def label(self) -> Any:
        """The label in the editor."""
        return _LABELS[self.value]

    @property
    def opens_group(self) -> bool:
        """Whether deeper rows belong to it."""
        return self in {RowKind.ALL, RowKind.ANY, RowKind.NONE}


_LABELS = {
    "all": gettext_lazy("alles hieronder klopt"),
    "any": gettext_lazy("minstens één hieronder klopt"),
    "none": gettext_lazy("niets hieronder klopt"),
    "is": gettext_lazy("wel"),
    "is_not": gettext_lazy("niet"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its depth, its kind, and for a condition the kind and parameter of that."""

    level: int
    row: RowKind
    kind: str = ""
    values: tuple[str, ...] = ()
    number: int | None = None


def to_rows(condition: Condition) -> list[Row]:
    """Return the rows of a condition; the first is always a group at level 0."""
    rows: list[Row] = []
    if not isinstance(condition, All | Any_):
        rows.append(Row(0, RowKind.ALL))
        _rows(condition, 1, rows)
    else:
        _rows(condition, 0, rows)
    return rows


def _rows(condition: Condition, level: int, rows: list[Row]) -> None:
    match condition:
        case Leaf(kind, values, number):
            rows.append(Row(level, RowKind.IS, kind, values, number))
        case Not(Leaf(kind, values, number)):
            rows.append(Row(level, RowKind.IS_NOT, kind, values, number))
        case Not(Not(part)):
            _rows(part, level, rows)
        case Not(Any_(parts)):
            rows.append(Row(level, RowKind.NONE))
            for part in parts:
                _rows(part, level + 1, rows)
        case Not(All(parts)):
            rows.append(Row(level, RowKind.ANY))
            for part in parts:
                _rows(Not(part), level + 1, rows)
        case All(parts) | Any_(parts):
            rows.append(Row(level, RowKind.ALL if isinstance(condition, All) else RowKind.ANY))
            for part in parts:
                _rows(part, level + 1, rows)


def from_rows(rows: Sequence[Row], *, where: str = "when") -> Condition:
    """Read a condition from rows.

    Raises ConditionError, whose places are row numbers from 1 ("when.3"), for rows outside a
    group, and with the errors of `parse` for their content.
    """
    if not rows:
        return All()
    problems = [
        Problem(f"{where}.{number}", _("Zet deze regel onder een groep."))
        for number, (row, above) in enumerate(zip(rows, [None, *rows], strict=False), start=1)
        if not _fits_under(row, above)
    ]
    if problems:
        raise ConditionError(problems)
    data, end = _group(rows, 0, where)
    if end != len(rows):
        raise ConditionError([Problem(f"{where}.{end + 1}", _("Zet deze regel in de groep."))])
    for number, row in enumerate(rows, start=1):
        if not row.row.opens_group:
            parse(_leaf(row), where=f"{where}.{number}")
    return parse(data, where=where)


def _fits_under(row: Row, above: Row | None) -> bool:
    if above is None:
        return row.level == 0 and row.row.opens_group
    if row.level <= 0:
        return False
    return row.level <= above.level + (1 if above.row.opens_group else 0)


def _group(rows: Sequence[Row], start: int, where: str) -> tuple[dict[str, Any], int]:
    """Read the group that opens at a row; return its JSON and the index of the row after it."""
    opener = rows[start]
    parts: list[dict[str, Any]] = []
    place = start + 1
    while place < len(rows) and rows[place].level > opener.level:
        if rows[place].row.opens_group:
            part, place = _group(rows, place, where)
        else:
            part, place = _leaf(rows[place]), place + 1
        parts.append(part)
    if opener.row is RowKind.NONE:
        return {"not": {"any": parts}}, place
    return {opener.row.value: parts}, place


def _leaf(row: Row) -> dict[str, Any]:
    data = to_json(Leaf(row.kind, row.values, row.number))
    return data if row.row is RowKind.IS else {"not": data}
