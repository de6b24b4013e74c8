"""Each table that proves something refuses what its rule doesn't allow, by rights and triggers."""

from collections.abc import Iterator

import pytest
from django.apps import apps
from django.db import connection

from tests.welzijn.audit import protected_rows as rows
from tests.welzijn.audit.protected_rows import Session, refused
from welzijn.audit.protection import grants, install
from welzijn.audit.protection.ordinary import ORDINARY
from welzijn.audit.protection.rule import Rule
from welzijn.audit.protection.tables import BY_TABLE, RULES

# As the running role: what opened the access log before, and what an owner could do.
SETTINGS = (
    "",
    "SET pgtrigger.ignore = '{pgtrigger_append_only_718eb,evidence_delete,evidence_update}'",
    "SET search_path = pg_temp, public",
    "SET CONSTRAINTS ALL DEFERRED",
)


@pytest.fixture(scope="module")
def sessions() -> Iterator[tuple[Session, Session]]:
    with rows.database() as both:
        yield both


@pytest.fixture
def owner(sessions: tuple[Session, Session]) -> Session:
    return sessions[0]


@pytest.fixture
def running(sessions: tuple[Session, Session]) -> Iterator[Session]:
    yield sessions[1]
    sessions[1].execute("RESET ALL")


def test_every_table_is_on_the_list_or_ordinary_with_a_reason() -> None:
    models = apps.get_models(include_auto_created=True)
    tables = {m._meta.db_table for m in models if m._meta.managed and not m._meta.proxy}
    assert set(BY_TABLE) | set(ORDINARY) == tables
    assert set(BY_TABLE) & set(ORDINARY) == set()
    assert all(ORDINARY.values())
    assert all(rule.why for rule in RULES)


def test_a_rule_names_columns_that_are_there() -> None:
    for rule in RULES:
        named = {*rule.changes, *rule.once, *rule.fixed, *rule.cleared}
        assert named <= {field.column for field in rows.columns(rule)}, rule.table
        assert not (rule.changes and rule.fixed), rule.table
        assert bool(rule.cleared) == bool(rule.clear), rule.table


@pytest.mark.django_db
def test_the_database_has_the_triggers_of_the_list() -> None:
    """A change of the list, or a column of a table on it, takes a migration with put_on_tables."""
    found = _triggers()
    install.install(connection)
    assert _triggers() == found
    tables = {name.split(" ")[0] for name in found}
    assert tables == set(BY_TABLE)


def _triggers() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgrelid::regclass || ' ' || pg_get_triggerdef(oid) FROM pg_trigger"
            " WHERE tgname LIKE 'evidence%' AND tgenabled = 'O'"
        )
        return {row[0] for row in cursor.fetchall()}


@pytest.mark.django_db
def test_no_trigger_of_any_table_is_silenced_by_a_setting() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL pgtrigger.ignore = '{one}'")
        cursor.execute("SELECT _pgtrigger_should_ignore('one')")
        assert cursor.fetchone() == (False,)
        cursor.execute(
            "SELECT proname FROM pg_proc p WHERE pronamespace = 'public'::regnamespace"
            " AND prorettype = 'trigger'::regtype AND (prosrc ~ 'current_setting'"
            " AND prosrc !~ '_pgtrigger_should_ignore' OR proconfig IS NULL)"
        )
        assert cursor.fetchall() == []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.table)
def test_the_running_role_can_not_delete_change_or_empty_it(
    rule: Rule, owner: Session, running: Session
) -> None:
    assert owner.execute(f"SELECT count(*) FROM {rule.table}").fetchone() == (1,)  # noqa: S608
    free = {*rule.changes}
    if rule.fixed and not rule.final:
        free = {str(f.column) for f in rows.columns(rule)} - {*rule.fixed, *rule.once, "id"}
    elif rule.final:
        free = set()
    for setting in SETTINGS:
        if setting:
            running.execute(setting)
        allowed = []
        for session in (running, owner):
            # A function of the database takes lines out of the queue: no trigger there.
            if not (rule.erase == "true" and session is owner):
                allowed.append(refused(session, f"DELETE FROM {rule.table}"))  # noqa: S608
            for field in rows.columns(rule):
                if field.column in free:
                    continue
                change = f'UPDATE {rule.table} SET "{field.column}" = {rows.different(field)}'  # noqa: S608
                allowed.append(refused(session, change) or f"{field.column} changes")
                if field.column in rule.once:
                    empty = "''" if rows.different(field).startswith("CASE") else "NULL"
                    reopened = f'UPDATE {rule.table} SET "{field.column}" = {empty}'  # noqa: S608
                    allowed.append(refused(session, reopened) or f"{field.column} reopens")
        assert set(allowed) <= {"no right", "evidence"}, setting
    assert refused(running, f"TRUNCATE {rule.table} CASCADE") == "no right"
    assert refused(owner, f"TRUNCATE {rule.table} CASCADE") == "evidence"
    assert refused(running, f"ALTER TABLE {rule.table} DISABLE TRIGGER ALL") == "no right"
    assert refused(running, f"DROP TRIGGER evidence_truncate ON {rule.table}") == "no right"


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.table)
def test_the_running_role_has_no_right_that_the_rule_does_not_give(
    rule: Rule, running: Session
) -> None:
    held = {
        right
        for right in ("INSERT", "UPDATE", "DELETE", "TRUNCATE", "TRIGGER", "REFERENCES")
        if running.execute(
            "SELECT has_table_privilege(current_user, %s, %s)", [rule.table, right]
        ).fetchone()
        == (True,)
    }
    assert held == set(grants.rights(rule.table))
    assert ("DELETE" in held) == (bool(rule.erase) and not rule.written_by_database)


@pytest.mark.parametrize(
    "statement",
    [
        "SET session_replication_role = replica",
        "SET ROLE welzijn",
        "CREATE TEMP TABLE audit_erasurepermit (txid bigint)",
        "CREATE FUNCTION public.evidence_erasing(x text) RETURNS int LANGUAGE sql AS 'SELECT 1'",
        "CREATE OR REPLACE FUNCTION evidence_now() RETURNS text LANGUAGE sql AS 'SELECT 1'",
        "INSERT INTO audit_erasurepermit SELECT * FROM audit_erasurepermit",
        "INSERT INTO audit_logblock SELECT * FROM audit_logblock",
        "DELETE FROM audit_unsealedevent",
        "INSERT INTO django_migrations (app, name, applied) VALUES ('a', 'b', now())",
    ],
)
def test_the_running_role_can_not_forge_the_door_or_the_chain(
    running: Session, statement: str
) -> None:
    assert refused(running, statement) == "no right"


def test_ordinary_tables_are_left_alone(running: Session) -> None:
    for table in ORDINARY:
        assert grants.rights(table) == ("INSERT", "UPDATE", "DELETE")
        assert refused(running, f"DELETE FROM {table}") == ""  # noqa: S608
