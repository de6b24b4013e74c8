"""Several tables' rows in one round trip.

A question brings a dozen rows in eight tables. One statement instead of eight halves the time a
resident waits, and they are written together or not at all.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from typing import Any

from django.db import connection, models

Value = Callable[[models.Model], Any]


@dataclass(frozen=True, slots=True)
class _Plan:
    """How rows of a model are inserted: worked out once, since Django's own takes most of the time
    that a statement this long takes."""

    into: str
    row: str
    values: tuple[Value, ...]


def insert_together(
    rows: Sequence[models.Model], *, unless_there: Sequence[models.Model] = ()
) -> None:
    """INSERT unsaved rows whose keys are set, in the order given, as one statement.

    `unless_there` are rows that may exist already under a unique key: those stay as they are.
    Foreign keys between the rows are checked at commit (Django's are deferred). Raises what one
    INSERT would: IntegrityError for a broken constraint.
    """
    parts: list[str] = []
    params: list[Any] = []
    for ending, group in (("", rows), (" ON CONFLICT DO NOTHING", unless_there)):
        for model, same in groupby(group, type):
            plan, count = _plan(model), 0
            for count, row in enumerate(same, start=1):  # noqa: B007 - the number of the last
                params += [value(row) for value in plan.values]
            parts.append(f"{plan.into} {', '.join([plan.row] * count)}{ending}")
    if not parts:
        return
    *first, last = parts
    head = ", ".join(f"part{n} AS ({sql})" for n, sql in enumerate(first))
    with connection.cursor() as cursor:
        cursor.execute(f"WITH {head} {last}" if head else last, params)
    for row in (*rows, *unless_there):
        row._state.adding = False
        row._state.db = connection.alias


@cache
def _plan(model: type[models.Model]) -> _Plan:
    fields = [f for f in model._meta.concrete_fields if not f.generated]
    quote = connection.ops.quote_name
    columns = ", ".join(quote(str(f.column)) for f in fields)
    return _Plan(
        into=f"INSERT INTO {quote(model._meta.db_table)} ({columns}) VALUES",
        row=f"({', '.join(_placeholder(f) for f in fields)})",
        values=tuple(_value(f) for f in fields),
    )


def _placeholder(field: Any) -> str:
    """As Django's compiler asks for it: an array names its type."""
    own = getattr(field, "get_placeholder", None)
    return own(None, None, connection) if own else "%s"


def _value(field: "models.Field[Any, Any]") -> Value:
    """What a row has in this field, as the database takes it."""

    def prepared(row: models.Model) -> Any:
        return field.get_db_prep_save(field.pre_save(row, add=True), connection)

    return prepared
