"""INSERT ... SELECT into a model's table, with the model's defaults for omitted fields."""

from typing import Any

from django.db import connection, models

from welzijn.devtools.demo_data.random_sql import literal


def insert_select(model: type[models.Model], source: str, **columns: str) -> int:
    """Insert a row for each row of `source` (SQL after FROM); return the number of rows.

    `columns`: SQL expressions by field name (`lead`, not `lead_id`). An omitted field gets its
    default, NULL or ''. Raises ValueError for an omitted field without any of these, and for an
    unknown name.
    """
    names, values = [], []
    for field in model._meta.concrete_fields:
        if getattr(field, "generated", False) or isinstance(field, models.AutoField):
            continue
        given = columns.pop(field.name, None)
        if given is None:
            given = _default(field)
            if given is None:
                continue
        names.append(f'"{field.column}"')
        values.append(given)
    if columns:
        raise ValueError(f"{model.__name__} has no {', '.join(columns)}")
    table = model._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            f'INSERT INTO "{table}" ({", ".join(names)}) SELECT {", ".join(values)} FROM {source}'
        )
        return int(cursor.rowcount)


def _default(field: "models.Field[Any, Any]") -> str | None:
    if field.null:
        return None
    if field.has_default():
        return literal(field.get_db_prep_save(field.get_default(), connection))
    if isinstance(field, models.CharField | models.TextField):
        return "''"
    raise ValueError(f"{field.model.__name__}.{field.name} has no default: name it")
