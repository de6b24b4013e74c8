"""The rows of a condition in the editor: what is posted, what a button does, what is still wrong.

Rows are a flat list with levels; a group owns the deeper rows below it. Every button moves, adds or
removes whole groups, so that no button changes what another row belongs to.
"""

import json
from dataclasses import asdict, dataclass, field
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from organisations.front_door.configuration import FrontDoor
from organisations.routing import KINDS, Parameter
from organisations.routing.conditions import MAX_LEAVES, MAX_NUMBER, Condition
from organisations.routing.rows import Row, RowKind, from_rows

MAX_ROWS = 40
MAX_LEVEL = 4
GROUPS = frozenset({RowKind.ALL.value, RowKind.ANY.value, RowKind.NONE.value})


@dataclass(slots=True)
class EditedRow:
    """One row as it stands in the form; may be incomplete."""

    level: int
    row: str
    kind: str = ""
    values: list[str] = field(default_factory=list)
    number: str = ""
    refusal: str = ""

    @property
    def opens_group(self) -> bool:
        """Whether it opens a group of deeper rows."""
        return self.row in GROUPS

    @property
    def wants_number(self) -> bool:
        """Whether its kind takes a number."""
        kind = KINDS.get(self.kind)
        return kind is not None and kind.parameter is Parameter.NUMBER

    @property
    def untouched(self) -> bool:
        """Whether nothing was chosen in this condition yet."""
        return not self.opens_group and not self.values and not self.number

    def choices(self, front: FrontDoor) -> list[tuple[str, str]]:
        """Return the values of its kind, in screen order."""
        kind = KINDS.get(self.kind)
        if kind is None or kind.choices is None:
            return []
        return list(front.vocabulary.choices(kind.choices).items())

    def as_row(self) -> Row:
        """Return the row for the engine; what is missing is reported by `mark_missing`."""
        number = int(self.number) if self.number.isdecimal() else None
        return Row(self.level, RowKind(self.row), self.kind, tuple(self.values), number)

    def missing(self) -> str:
        """Return what this condition still lacks, in words; '' where it is whole."""
        kind = KINDS.get(self.kind)
        if kind is None:
            return _("Kies een voorwaarde, of haal deze rij weg.")
        if kind.parameter is Parameter.CHOICES and not self.values:
            return _("Kruis minstens één keuze aan.")
        if kind.parameter is Parameter.NUMBER:
            if not self.number.isdecimal() or not int(self.number):
                return _("Vul een heel getal in, bijvoorbeeld 2.")
            if int(self.number) > MAX_NUMBER:
                return _("Vul een heel getal in van 1 tot en met {count}.").format(count=MAX_NUMBER)
        return ""


@dataclass(frozen=True, slots=True)
class Node:
    """A row as the page draws it: inside its group, with the buttons that apply to it."""

    n: int
    row: EditedRow
    choices: list[tuple[str, str]]
    can: dict[str, bool]
    parts: list["Node"]

    @property
    def number(self) -> int:
        """The number of the row on the screen."""
        return self.n + 1


def tree(rows: list[EditedRow], front: FrontDoor) -> Node:
    """Return the rows as groups with what belongs to them."""
    nodes: list[Node] = []
    for n, row in enumerate(rows):
        node = Node(n, row, row.choices(front), moves(rows, n), [])
        nodes.append(node)
        if n:
            nodes[_parent(rows, n)].parts.append(node)
    return nodes[0]


def rows_of(condition_rows: list[Row]) -> list[EditedRow]:
    """Return stored rows for the form."""
    return [
        EditedRow(
            row.level,
            row.row.value,
            row.kind,
            list(row.values),
            "" if row.number is None else str(row.number),
        )
        for row in condition_rows
    ]


def new_rows() -> list[EditedRow]:
    """Return the rows of a new rule: one condition, whose kind stands ready."""
    return [EditedRow(0, RowKind.ALL.value), _first_condition(1)]


def posted_rows(data: QueryDict, front: FrontDoor) -> list[EditedRow]:
    """Return the rows of a POST; what can't be a row is left out. Raises nothing.

    Values that don't belong to the chosen kind are those of the kind chosen before.
    """
    rows: list[EditedRow] = []
    for index in range(MAX_ROWS):
        kind_of_row = data.get(f"r{index}-row")
        if kind_of_row is None or kind_of_row not in {k.value for k in RowKind}:
            continue
        level = data.get(f"r{index}-level", "1")
        row = EditedRow(
            min(int(level), MAX_LEVEL) if level.isdecimal() else 1,
            kind_of_row,
            data.get(f"r{index}-kind", "")[:60],
            [v[:100] for v in data.getlist(f"r{index}-values")],
            data.get(f"r{index}-number", "").strip()[:4],
        )
        if row.opens_group:
            row.kind, row.values, row.number = "", [], ""
        elif KINDS.get(row.kind) is not None:
            known = {value for value, _label in row.choices(front)}
            row.values = [value for value in row.values if value in known]
            row.number = row.number if row.wants_number else ""
        rows.append(row)
    return rows or [EditedRow(0, RowKind.ALL.value)]


def changed_rows(rows: list[EditedRow], act: str) -> list[EditedRow]:
    """Return the rows after a button on one of them.

    add and group put a condition or a group into the group at that row (without a number: the
    outermost); up, down, in, out and del take a row with all that belongs to it along.
    """
    name, _colon, at = act.partition(":")
    index = int(at) if at.isdecimal() and len(at) < 4 else 0
    if index >= len(rows):
        return rows
    rows = list(rows)
    if name in {"add", "group"}:
        return _with_new(rows, index, name)
    if index == 0:
        return rows
    begin, end = index, _end(rows, index)
    block = rows[begin:end]
    can = moves(rows, index)
    if name == "del":
        del rows[begin:end]
    elif name == "up" and can["up"]:
        above = _above(rows, index)
        rows[above:end] = [*block, *rows[above:begin]]
    elif name == "down" and can["down"]:
        after = _end(rows, end)
        rows[begin:after] = [*rows[end:after], *block]
    elif name == "in" and can["in"]:
        # It lies right below the block of the group above it.
        for row in block:
            row.level += 1
    elif name == "out" and can["out"]:
        after = _end(rows, _parent(rows, index))
        for row in block:
            row.level -= 1
        rows[begin:after] = [*rows[end:after], *block]
    return rows


def _with_new(rows: list[EditedRow], index: int, name: str) -> list[EditedRow]:
    """Add a condition or a group at the end of the group at `index`."""
    group = rows[index]
    if not group.opens_group or group.level >= MAX_LEVEL or len(rows) >= MAX_ROWS:
        return rows
    level, end = group.level + 1, _end(rows, index)
    if name == "add":
        return [*rows[:end], _first_condition(level), *rows[end:]]
    if level >= MAX_LEVEL or len(rows) + 3 > MAX_ROWS:
        return rows
    # Most groups say "this or that"; within such a group "this and that".
    kind = RowKind.ALL if group.row == RowKind.ANY.value else RowKind.ANY
    made = [
        EditedRow(level, kind.value),
        _first_condition(level + 1),
        EditedRow(level + 1, RowKind.IS.value),
    ]
    begin = end
    if end == index + 2 and rows[index + 1].untouched:
        begin = index + 1  # the condition that stood ready, and wasn't used
    return [*rows[:begin], *made, *rows[end:]]


def _first_condition(level: int) -> EditedRow:
    return EditedRow(level, RowKind.IS.value, next(iter(KINDS)))


def _end(rows: list[EditedRow], index: int) -> int:
    """Return the index after a row and all that belongs to it."""
    end = index + 1
    while end < len(rows) and rows[end].level > rows[index].level:
        end += 1
    return min(end, len(rows))


def _parent(rows: list[EditedRow], index: int) -> int:
    return next((n for n in range(index - 1, -1, -1) if rows[n].level < rows[index].level), 0)


def _above(rows: list[EditedRow], index: int) -> int | None:
    """Return the row before this one in the same group."""
    for number in range(index - 1, -1, -1):
        if rows[number].level < rows[index].level:
            return None
        if rows[number].level == rows[index].level:
            return number
    return None


def moves(rows: list[EditedRow], index: int) -> dict[str, bool]:
    """Return which buttons apply to a row: up, down, in (to the group above) and out."""
    row, end = rows[index], _end(rows, index)
    above = _above(rows, index) if index else None
    deepest = max(one.level for one in rows[index:end])
    return {
        "up": above is not None,
        "down": index > 0 and end < len(rows) and rows[end].level == row.level,
        "in": above is not None and rows[above].opens_group and deepest < MAX_LEVEL,
        "out": row.level > 1,
    }


def read_condition(rows: list[EditedRow]) -> Condition:
    """Return the condition of the rows. Raises ConditionError; see `mark_missing`."""
    return from_rows([row.as_row() for row in rows])


def mark_missing(rows: list[EditedRow]) -> bool:
    """Set on each row what it still lacks; return whether any lacks something."""
    for index, row in enumerate(rows):
        if index and not 1 <= row.level <= rows[index - 1].level + rows[index - 1].opens_group:
            row.refusal = _("Zet deze rij in een groep.")
        elif not row.opens_group:
            row.refusal = row.missing()
        elif _end(rows, index) == index + 1 and (index or row.row != RowKind.ALL.value):
            row.refusal = _("Zet een voorwaarde in deze groep, of haal de groep weg.")
    if sum(not row.opens_group for row in rows) > MAX_LEAVES:
        rows[0].refusal = _("Gebruik hoogstens {count} voorwaarden.").format(count=MAX_LEAVES)
    return any(row.refusal for row in rows)


def rows_as_json(rows: list[EditedRow]) -> str:
    """Return rows as a text for a hidden field, so that a button can be undone."""
    return json.dumps([asdict(row) for row in rows])


def rows_before(text: str) -> list[EditedRow] | None:
    """Return the rows of `rows_as_json`; None where the text is something else."""
    try:
        data: Any = json.loads(text[:60_000])
        rows = [
            EditedRow(
                min(max(int(one["level"]), 0), MAX_LEVEL),
                RowKind(one["row"]).value,
                str(one["kind"])[:60],
                [str(value)[:100] for value in one["values"]][:200],
                str(one["number"])[:4],
            )
            for one in data[:MAX_ROWS]
        ]
    except (ValueError, TypeError, KeyError, RecursionError):
        return None
    return rows or None
