"""Make the triggers that hold `tables.RULES`: plain SQL, which no setting switches off.

`install` is idempotent. A migration calls it after each change of the list, and `manage.py prepare`
after each migrate. It also takes from django-pgtrigger's triggers, which write the history, the
setting that silences them (`pgtrigger.ignore`), and from every trigger function the search path of
its caller, so that a temporary table can't take the place of a real one.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations import RunPython

from welzijn.audit.protection.rule import Rule
from welzijn.audit.protection.tables import RULES

UPDATE, DELETE, TRUNCATE = "evidence_update", "evidence_delete", "evidence_truncate"

_COLUMNS = """
SELECT attname, format_type(atttypid, NULL) IN ('text', 'character varying')
FROM pg_attribute WHERE attrelid = to_regclass(%s) AND attnum > 0 AND NOT attisdropped
    AND attgenerated = '' ORDER BY attnum
"""

_HARDEN = """
DO $$
DECLARE one regprocedure;
BEGIN
    FOR one IN SELECT p.oid FROM pg_proc p
        WHERE p.pronamespace = 'public'::regnamespace AND p.prorettype = 'trigger'::regtype
            AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')
            AND NOT COALESCE('search_path=public, pg_temp' = ANY (p.proconfig), false)
    LOOP
        EXECUTE format('ALTER FUNCTION %s SET search_path = public, pg_temp', one);
    END LOOP;
    IF to_regprocedure('public._pgtrigger_should_ignore(name)') IS NOT NULL THEN
        CREATE OR REPLACE FUNCTION public._pgtrigger_should_ignore(trigger_name name)
        RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT false';
    END IF;
END $$;
"""


def install(connection: BaseDatabaseWrapper) -> None:
    """Make or renew the triggers of every table on the list that is there yet."""
    with connection.cursor() as cursor:
        for rule in RULES:
            cursor.execute(_COLUMNS, [f"public.{rule.table}"])
            columns = dict(cursor.fetchall())
            if columns:
                for statement in triggers(rule, columns):
                    cursor.execute(statement)
        cursor.execute(_HARDEN)


def put_on_tables() -> RunPython:
    """Return the operation of a migration after a change of the list, or of a table on it.

    It can't be reversed.
    """
    return RunPython(lambda _apps, editor: install(editor.connection))


def triggers(rule: Rule, columns: dict[str, bool]) -> Iterator[str]:
    """Yield the statements for a table. `columns`: its columns, and whether each holds text."""
    refused = refused_update(rule, columns)
    yield f"DROP TRIGGER IF EXISTS {UPDATE} ON {rule.table}"
    if refused:
        yield _trigger(UPDATE, "UPDATE", rule.table, refused)
    yield f"DROP TRIGGER IF EXISTS {DELETE} ON {rule.table}"
    if rule.erase != "true":
        yield _trigger(DELETE, "DELETE", rule.table, f"NOT ({rule.erase})" if rule.erase else "")
    yield (
        f"CREATE OR REPLACE TRIGGER {TRUNCATE} BEFORE TRUNCATE ON {rule.table}"
        " FOR EACH STATEMENT EXECUTE FUNCTION evidence_refuse()"
    )


def refused_update(rule: Rule, columns: dict[str, bool]) -> str:
    """Return the condition under which an update is refused."""
    free = {*rule.changes, *rule.once, *rule.cleared}
    fixed = rule.fixed or tuple(column for column in columns if column not in free)
    fixed = tuple(dict.fromkeys(("id", *fixed) if "id" in columns else fixed))
    parts = [_changed(column) for column in fixed]
    parts += [f"({_changed(c)} AND NOT {_empty('OLD', c, columns)})" for c in rule.once]
    parts += [
        f"({_changed(c)} AND NOT ({_empty('NEW', c, columns)} AND {rule.clear}))"
        for c in rule.cleared
    ]
    if rule.final:
        anything = " OR ".join(_changed(column) for column in columns)
        parts.append(f"(({rule.final}) AND ({anything}))")
    return " OR ".join(parts)


def _changed(column: str) -> str:
    return f'OLD."{column}" IS DISTINCT FROM NEW."{column}"'


def _empty(row: str, column: str, columns: dict[str, bool]) -> str:
    of_text = columns[column]
    return f"COALESCE({row}.\"{column}\", '') = ''" if of_text else f'{row}."{column}" IS NULL'


def _trigger(name: str, verb: str, table: str, condition: str) -> str:
    when = f" WHEN ({condition})" if condition else ""
    return (
        f"CREATE TRIGGER {name} BEFORE {verb} ON {table} FOR EACH ROW{when}"
        " EXECUTE FUNCTION evidence_refuse()"
    )
