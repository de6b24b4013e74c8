"""A row in each protected table, and tries to change or delete it, as a role that owns nothing."""

from __future__ import annotations

import os
import secrets
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from typing import Any

import psycopg
from django.apps import apps
from django.db import connection, models
from psycopg import sql
from psycopg.types.json import Jsonb

from tests.support import template
from welzijn.audit.protection import grants
from welzijn.audit.protection.rule import Rule
from welzijn.audit.protection.tables import RULES
from welzijn.devtools import local_services

Session = psycopg.Connection[tuple[Any, ...]]
THEN = datetime(2020, 2, 3, 10, 0, tzinfo=UTC)
# What the constraints and conditions ask for: each row is in the state that may change least.
STATES: dict[str, dict[str, Any]] = {
    "audit_accessevent": {"actor_kind": "resident", "question_id": uuid.uuid4()},
    "intake_question": {"status": "new"},
    "intake_sharingbasis": {"organisation_id": uuid.uuid4()},
    "organisations_membership": {"until": date(2020, 3, 1)},
    "organisations_roleproposal": {"decision": "declined", "decided_at": THEN},
    "organisations_accountrequest": {"decided_at": THEN},
    "organisations_signonsetting": {"approved_at": THEN, "ended_at": THEN},
    "organisations_ruleset": {"status": "archived", "published_at": THEN},
    "referrals_handover": {"ended_at": THEN},
    "referrals_erasedquestion": {"at": datetime.now(tz=UTC)},
    "referrals_datarequest": {"status": "refused"},
    "pghistory_context": {"created_at": THEN},
}


def model_of(table: str) -> type[models.Model]:
    return next(
        m
        for m in apps.get_models(include_auto_created=True)
        if m._meta.db_table == table and m._meta.managed
    )


def columns(rule: Rule) -> list[models.Field[Any, Any]]:
    fields = model_of(rule.table)._meta.local_concrete_fields
    return [field for field in fields if not getattr(field, "generated", False)]


def make_rows(owner: Session) -> None:
    """Insert a row in each table, past triggers, foreign keys and checks."""
    owner.execute("SET session_replication_role = replica")
    for rule in RULES:
        values: dict[str, Any] = {str(f.column): _value(f) for f in columns(rule)}
        values |= {column: _filled(rule, column) for column in rule.once}
        values |= STATES.get(rule.table, {})
        _drop_checks(owner, rule.table)
        names = ", ".join(f'"{name}"' for name in values)
        marks = ", ".join(["%s"] * len(values))
        statement = f"INSERT INTO {rule.table} ({names}) VALUES ({marks})"  # noqa: S608
        owner.execute(statement, list(values.values()))
    owner.execute(
        "UPDATE accounts_userevent SET pgh_context_id = (SELECT id FROM pghistory_context)"
    )
    for parent, history, column in HISTORIES:
        owner.execute(f"UPDATE {history} SET {column} = (SELECT id FROM {parent})")  # noqa: S608
    owner.execute("SET session_replication_role = origin")


# What a history tells of is there, and so is who is named in the log.
HISTORIES = (
    ("intake_question", "intake_questionevent", "pgh_obj_id"),
    ("intake_question", "intake_questionlifedomainevent", "question_id"),
    ("intake_person", "intake_personevent", "pgh_obj_id"),
    ("intake_person", "intake_contactdetailevent", "person_id"),
    ("intake_person", "intake_contactwishevent", "person_id"),
    ("intake_question", "intake_sharingbasisevent", "question_id"),
    ("intake_question", "referrals_agendaitemevent", "question_id"),
    ("referrals_conference", "referrals_conferenceevent", "pgh_obj_id"),
    ("intake_question", "referrals_handoverevent", "question_id"),
    ("intake_question", "referrals_outsidehandoverevent", "question_id"),
    ("intake_person", "audit_accessevent", "person_id"),
    ("referrals_signalbundle", "referrals_answerstep", "bundle_id"),
)


@contextmanager
def database() -> Iterator[tuple[Session, Session]]:
    """Yield a database of its own with those rows: as its owner, and as the running role."""
    name, password = f"protected_{os.getpid()}", secrets.token_urlsafe(24)
    url = local_services.database_url()
    own = f"{url.rsplit('/', 1)[0]}/{name}"
    with psycopg.connect(url, autocommit=True) as server:
        server.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        server.execute(f"CREATE DATABASE {name} TEMPLATE {template.prepared()}")
        try:
            with psycopg.connect(own, autocommit=True) as owner:
                owner.execute(template.REAL_CLOCK)
                make_rows(owner)
                grant(owner, name, password)
                with psycopg.connect(own, user=name, password=password, autocommit=True) as running:
                    yield owner, running
        finally:
            server.execute(f"DROP DATABASE {name} WITH (FORCE)")
            server.execute(f"DROP ROLE IF EXISTS {name}")


def grant(owner: Session, name: str, password: str) -> None:
    """Make the running role, with the rights that `manage.py grant_running_role` gives."""
    owner.execute(f"CREATE ROLE {name} LOGIN PASSWORD '{password}'")
    tables = owner.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
    names = {"role": sql.Identifier(name), "database": sql.Identifier(name)}
    for statement in grants.statements([row[0] for row in tables.fetchall()]):
        owner.execute(sql.SQL(statement).format(**names))


def refused(session: Session, statement: str, values: Any = None) -> str:
    """Run a statement and undo it; return why it was refused, or "" if it was not."""
    try:
        with session.transaction(force_rollback=True):
            session.execute(statement, values)
    except psycopg.errors.InsufficientPrivilege:
        return "no right"
    except psycopg.errors.CheckViolation as error:
        return "evidence" if "evidence: " in str(error) else ""
    except psycopg.Error:
        return ""
    return ""


def different(field: models.Field[Any, Any]) -> str:
    """Return an expression that changes a column, whatever it holds."""
    name = f'"{field.column}"'
    kind = field.db_type(connection) or ""
    if kind.endswith("[]"):
        return f"ARRAY[gen_random_uuid()]::{kind}"
    if kind.startswith("uuid"):
        return "gen_random_uuid()"
    if kind.startswith(("varchar", "text")):
        return f"CASE WHEN {name} = 'a' THEN 'b' ELSE 'a' END"
    if kind.startswith("timestamp"):
        return f"COALESCE({name}, now()) + interval '1 day'"
    if kind == "date":
        return f"COALESCE({name}, current_date) + 1"
    if kind == "boolean":
        return f"NOT COALESCE({name}, false)"
    if kind == "jsonb":
        return """'{"a": "changed"}'::jsonb"""
    if kind == "bytea":
        return "'\\x99'::bytea"
    return f"COALESCE({name}, 0) + 1"


def _filled(rule: Rule, column: str) -> Any:
    field = next(field for field in columns(rule) if field.column == column)
    return _value(field, filled=True)


def _value(field: models.Field[Any, Any], *, filled: bool = False) -> Any:
    if field.null and not filled:
        return None
    target = field.target_field if isinstance(field, models.ForeignKey) else field
    kind = target.db_type(connection) or ""
    if kind.endswith("[]"):
        return []
    if kind.startswith("uuid"):
        return uuid.uuid4()
    if kind.startswith(("varchar", "text")):
        return "x"
    if kind.startswith("timestamp"):
        return THEN
    if kind == "date":
        return THEN.date()
    if kind == "boolean":
        return False
    if kind == "jsonb":
        return Jsonb({})
    if kind == "bytea":
        return b"x"
    return 1


def _drop_checks(owner: Session, table: str) -> None:
    found = owner.execute(
        "SELECT conname FROM pg_constraint WHERE conrelid = %s::regclass AND contype = 'c'", [table]
    )
    for (name,) in found.fetchall():
        owner.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')
