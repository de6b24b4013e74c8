"""The database role of production can read and write rows, but not disable an invariant."""

import secrets
from collections.abc import Iterator

import psycopg
import pytest
from django.core.management import CommandError, call_command
from django.db import connection

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
