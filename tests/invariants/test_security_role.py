"""The database role of production can read and write rows, but not disable an invariant."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO

import psycopg
import pytest
from django.core.management import CommandError, call_command
from django.db import ProgrammingError, connection

from welzijn.config import database_errors

pytestmark = pytest.mark.django_db(transaction=True)
NAME = "voordeur_runs"


@pytest.fixture
def role(monkeypatch: pytest.MonkeyPatch) -> Iterator["psycopg.Connection[tuple[object, ...]]"]:
    password = secrets.token_urlsafe(24)
    monkeypatch.setenv("RUNNING_ROLE_PASSWORD", password)
    call_command("grant_running_role", NAME, verbosity=0)
    call_command("grant_running_role", NAME, verbosity=0)  # again: no harm
    given = connection.get_connection_params()
    with psycopg.connect(
        host=given["host"],
        port=given["port"],
        dbname=given["dbname"],
        user=NAME,
        password=password,
        autocommit=True,
    ) as opened:
        yield opened
    with connection.cursor() as cursor:
        cursor.execute(f"DROP OWNED BY {NAME}; DROP ROLE {NAME}")


def test_the_running_role_reads_and_writes_rows(
    role: "psycopg.Connection[tuple[object, ...]]",
) -> None:
    assert role.execute("SELECT count(*) FROM intake_question").fetchone() == (0,)
    role.execute(
        "INSERT INTO intake_accessattempt (id, subject, at, succeeded) "
        "VALUES (gen_random_uuid(), 'x', now(), false)"
    )
    role.execute("DELETE FROM intake_accessattempt")


@pytest.mark.parametrize(
    "statement",
    [
        "ALTER TABLE audit_accessevent DISABLE TRIGGER ALL",
        "SET session_replication_role = replica",
        "TRUNCATE audit_accessevent CASCADE",
        "DROP TABLE intake_decision",
        "ALTER TABLE intake_question ALTER COLUMN lead_id DROP NOT NULL",
        "CREATE TABLE mine (id int)",
        "CREATE ROLE another SUPERUSER",
        "COPY (SELECT 1) TO PROGRAM 'cat'",
    ],
)
def test_the_running_role_can_not_disable_an_invariant(
    role: "psycopg.Connection[tuple[object, ...]]", statement: str
) -> None:
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        role.execute(statement)


def test_a_short_password_and_the_owner_itself_are_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("RUNNING_ROLE_PASSWORD", "kort")
    with pytest.raises(CommandError, match="16 characters"):
        call_command("grant_running_role", NAME)
    monkeypatch.setenv("RUNNING_ROLE_PASSWORD", secrets.token_urlsafe(24))
    with pytest.raises(CommandError, match="owner's own"):
        call_command("grant_running_role", connection.get_connection_params()["user"])


@contextmanager
def acting_as(role: str) -> Iterator[None]:
    """Be a role without rights on this connection; another one can log in meanwhile."""
    with connection.cursor() as cursor:
        for made in (role, "made_before"):
            cursor.execute(f"CREATE ROLE {made} {'LOGIN' if made != role else ''}")
        cursor.execute(f"SET ROLE {role}")
        try:
            yield
        finally:
            cursor.execute("RESET ROLE")
            cursor.execute(f"DROP ROLE {role}, made_before")


def test_an_owner_who_makes_no_roles_uses_the_one_that_the_administrator_made(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("RUNNING_ROLE_PASSWORD", secrets.token_urlsafe(24))
    monkeypatch.setattr("welzijn.audit.protection.grants.statements", lambda _tables: ())
    said = StringIO()
    with acting_as("plain_owner"):
        call_command("grant_running_role", "made_before", stdout=StringIO(), stderr=said)
        assert "it stays as it is" in said.getvalue()
        with pytest.raises(CommandError, match="CREATE ROLE not_there LOGIN"):
            call_command("grant_running_role", "not_there")


def test_a_command_without_rights_ends_with_one_sentence() -> None:
    with (
        acting_as("no_rights"),
        connection.cursor() as cursor,
        pytest.raises(ProgrammingError) as raised,
    ):
        cursor.execute("SELECT words FROM intake_question WHERE words = 'private'")
    told = database_errors.explain(raised.value)
    assert told is not None
    assert told.startswith("PostgreSQL refuses: permission denied for table intake_question.")
    assert "private" not in told
    assert database_errors.explain(ValueError("x")) is None
