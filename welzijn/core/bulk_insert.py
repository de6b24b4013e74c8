"""Insert rows of several tables in one round trip.

A question is a dozen rows in nine tables; one statement instead of nine halves the response time
(docs/decisions/0004). Each table's rows are sent as one JSON document that PostgreSQL expands:
two hundred separate parameters would cost more than the inserts themselves.
"""

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cache, partial
from itertools import groupby
from operator import attrgetter
from typing import Any
from uuid import UUID

from django.db import connection, models


@dataclass(frozen=True, slots=True)
class _Plan:
    """The INSERT statement of a model and the readers of its columns, computed once."""

    statement: str
    read: tuple[tuple[str, Callable[[models.Model], Any]], ...]


def bulk_insert(
    rows: Sequence[models.Model],
    *,
    ignore_conflicts: Sequence[models.Model] = (),
    once: tuple[models.Model, str] | None = None,
) -> bool:
    """Insert unsaved rows whose primary keys are set, in one statement.

    Rows in `ignore_conflicts` are skipped where their unique key exists already. `once` is a row
    and its unique field: where that value exists already nothing at all is inserted, without an
    error that PostgreSQL would write to its log; returns False then. PostgreSQL promises no order
    among the tables; foreign keys are deferred and checked at commit.
    Raises IntegrityError as a single INSERT would.
    """
    parts: list[str] = []
    documents: list[str] = []
    where = ""
    if once is not None:
        row, field = once
        plan = _plan(type(row))
        column = connection.ops.quote_name(str(row._meta.get_field(field).column))  # type: ignore[union-attr]
        parts.append(f"{plan.statement} ON CONFLICT ({column}) DO NOTHING RETURNING 1")
        documents.append(_document([row], plan))
        where = " WHERE EXISTS (SELECT FROM part0)"
        rows = [other for other in rows if other is not row]
    for ending, group in (("", rows), (" ON CONFLICT DO NOTHING", ignore_conflicts)):
        for model, same in groupby(group, type):
            plan = _plan(model)
            parts.append(f"{plan.statement}{where}{ending}")
            documents.append(_document(same, plan))
    if not parts:
        return True
    head = ", ".join(f"part{n} AS ({sql})" for n, sql in enumerate(parts))
    first = "EXISTS (SELECT FROM part0)" if once is not None else "true"
    with connection.cursor() as cursor:
        cursor.execute(f"WITH {head} SELECT {first}", documents)
        inserted = bool(cursor.fetchone()[0])
    if inserted:
        for row in (*rows, *ignore_conflicts, *(once[:1] if once else ())):
            row._state.adding = False
            row._state.db = connection.alias
    return inserted


def _document(rows: Iterable[models.Model], plan: _Plan) -> str:
    return json.dumps(
        [{column: read(row) for column, read in plan.read} for row in rows], default=_as_text
    )


@cache
def _plan(model: type[models.Model]) -> _Plan:
    fields = [f for f in model._meta.concrete_fields if not f.generated]
    table = connection.ops.quote_name(model._meta.db_table)
    columns = ", ".join(connection.ops.quote_name(str(f.column)) for f in fields)
    return _Plan(
        statement=f"INSERT INTO {table} ({columns}) SELECT {columns}"  # noqa: S608 - names of a model
        f" FROM jsonb_populate_recordset(NULL::{table}, %s::jsonb)",
        read=tuple((str(f.column), _reader(f)) for f in fields),
    )


def _reader(field: "models.Field[Any, Any]") -> Callable[[models.Model], Any]:
    """Return the function that reads a column's value from an instance."""
    if type(field).pre_save is models.Field.pre_save:
        return attrgetter(field.attname)
    return partial(field.pre_save, add=True)


def _as_text(value: object) -> str:
    """Serialise a value so that PostgreSQL can cast it to the column's type."""
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, bytes | bytearray | memoryview):
        return f"\\x{bytes(value).hex()}"
    raise TypeError(f"a {type(value).__name__} can't be serialised by bulk_insert")
