"""Insert rows of several tables in one round trip.

A question is a dozen rows in nine tables; one statement instead of nine halves the response time
(docs/decisions/0004). Each table's rows are sent as one JSON document that PostgreSQL expands:
two hundred separate parameters would cost more than the inserts themselves.
"""

import json
from collections.abc import Callable, Sequence
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
    rows: Sequence[models.Model], *, ignore_conflicts: Sequence[models.Model] = ()
) -> None:
    """Insert unsaved rows whose primary keys are set, in one statement.

    Rows in `ignore_conflicts` are skipped where their unique key exists already. PostgreSQL
    promises no order among the tables; foreign keys are deferred and checked at commit.
    Raises IntegrityError as a single INSERT would.
    """
    parts: list[str] = []
    documents: list[str] = []
    for ending, group in (("", rows), (" ON CONFLICT DO NOTHING", ignore_conflicts)):
        for model, same in groupby(group, type):
            plan = _plan(model)
            parts.append(f"{plan.statement}{ending}")
            documents.append(
                json.dumps(
                    [{column: read(row) for column, read in plan.read} for row in same],
                    default=_as_text,
                )
            )
    if not parts:
        return
    *first, last = parts
    head = ", ".join(f"part{n} AS ({sql})" for n, sql in enumerate(first))
    with connection.cursor() as cursor:
        cursor.execute(f"WITH {head} {last}" if head else last, documents)
    for row in (*rows, *ignore_conflicts):
        row._state.adding = False
        row._state.db = connection.alias


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
