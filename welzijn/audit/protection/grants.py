"""The rights of the running role on each table, from the one list (`tables.RULES`).

| table | rights besides SELECT |
| --- | --- |
| proves something | INSERT; UPDATE where a column may change; DELETE where there is a door |
| written by functions of the database | none |
| ordinary (`ordinary.ORDINARY`, and what is no model) | INSERT, UPDATE, DELETE |

Never TRUNCATE, TRIGGER or REFERENCES. Where UPDATE or DELETE is granted, the triggers of `install`
say which columns and rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from welzijn.audit.protection.tables import BY_TABLE

# Only migrations write it.
_READ_ONLY = frozenset({"django_migrations"})
DOORS = (
    "evidence_open(uuid, text, uuid[])",
    "evidence_open_log(uuid, uuid, timestamptz)",
    "evidence_open_rehearsal(uuid)",
    "evidence_close()",
    "audit_seal(uuid[])",
)
# {role} and {database} are quoted names.
STATEMENTS = (
    "GRANT CONNECT ON DATABASE {database} TO {role}",
    # A temporary table could stand in the place of a real one.
    "REVOKE TEMPORARY ON DATABASE {database} FROM PUBLIC",
    "GRANT USAGE ON SCHEMA public TO {role}",
    "REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {role}",
    "GRANT SELECT ON ALL TABLES IN SCHEMA public TO {role}",
    "GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role}",
    # A table of a later migration gets its rights from the list, when this runs again.
    "ALTER DEFAULT PRIVILEGES IN SCHEMA public REVOKE ALL ON TABLES FROM {role}",
    "ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT ON TABLES TO {role}",
    "ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO {role}",
)


def rights(table: str) -> tuple[str, ...]:
    """Return what the running role may do with a table besides reading."""
    rule = BY_TABLE.get(table)
    if table in _READ_ONLY or (rule and rule.written_by_database):
        return ()
    if rule is None:
        return ("INSERT", "UPDATE", "DELETE")
    update = ("UPDATE",) if rule.changeable else ()
    delete = ("DELETE",) if rule.erase else ()
    return ("INSERT", *update, *delete)


def statements(tables: Iterable[str]) -> Iterator[str]:
    """Yield the statements that give {role} exactly its rights on these tables; idempotent."""
    yield from STATEMENTS
    for table in sorted(tables):
        given = rights(table)
        if given:
            yield f'GRANT {", ".join(given)} ON public."{table}" TO {{role}}'
    for function in DOORS:
        yield f"REVOKE EXECUTE ON FUNCTION {function} FROM PUBLIC"
        yield f"GRANT EXECUTE ON FUNCTION {function} TO {{role}}"
