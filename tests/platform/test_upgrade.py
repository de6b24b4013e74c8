"""A database of each release upgrades to the current tables without losing data.

The dumps in tests/platform/releases/ were made by `manage.py dump_release` of that release.
"""

import gzip
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from intake.questions.models import SharingBasis
from tests.platform.processes import CHECKOUT
from tests.support import template
from welzijn.audit import reasons
from welzijn.devtools import local_services
from welzijn.devtools.local_services import postgres

RELEASES = sorted((Path(__file__).parent / "releases").glob("*.sql.gz"))
COUNTED = ("intake_question", "intake_person", "intake_timelineentry", "audit_accessevent")
# Columns in whatever order: an upgraded table has the new ones at its end.
SCHEMA = """
    SELECT 'column', table_name, column_name, data_type, is_nullable, column_default
    FROM information_schema.columns WHERE table_schema = 'public'
    UNION ALL SELECT 'constraint', conrelid::regclass::text, conname,
        pg_get_constraintdef(oid), '', ''
    FROM pg_constraint WHERE connamespace = 'public'::regnamespace AND contype <> 'n'
    UNION ALL SELECT 'index', tablename, indexname, indexdef, '', ''
    FROM pg_indexes WHERE schemaname = 'public'
    UNION ALL SELECT 'trigger', tgrelid::regclass::text, tgname, pg_get_triggerdef(oid), '', ''
    FROM pg_trigger WHERE NOT tgisinternal
    UNION ALL SELECT 'function', proname, '', prosrc, '', ''
    FROM pg_proc p WHERE pronamespace = 'public'::regnamespace AND NOT EXISTS (
        SELECT FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')
"""


def _url(database: str) -> str:
    return f"{local_services.database_url().rsplit('/', 1)[0]}/{database}"


def _counts(url: str) -> dict[str, int]:
    with psycopg.connect(url) as connection:
        rows = (
            (table, connection.execute(f"SELECT count(*) FROM {table}").fetchall())  # noqa: S608
            for table in COUNTED
        )
        return {table: count for table, [(count,)] in rows}


def _values(url: str, table: str, column: str) -> set[str]:
    with psycopg.connect(url) as connection:
        query = f"SELECT DISTINCT {column} FROM {table}"  # noqa: S608
        return {str(value) for (value,) in connection.execute(query).fetchall()}


CLOCK = ("function", "evidence_now")


def _schema(url: str) -> set[tuple[str, ...]]:
    """Return every object of a database; casts and brackets differ once a dump was restored."""
    with psycopg.connect(url) as connection:
        rows = connection.execute(SCHEMA).fetchall()
    return {tuple(re.sub(r"::[a-z ]+|[()\[\]]", "", text or "") for text in row) for row in rows}


@pytest.fixture
def restored(request: pytest.FixtureRequest) -> Iterator[str]:
    """The address of a database that holds the dump of a release."""
    template.prepared()
    name = f"release_{os.getpid()}"
    with psycopg.connect(local_services.database_url(), autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {name}")
        connection.execute(f"CREATE DATABASE {name}")
    subprocess.run(
        [postgres.installation() / "bin" / "psql", "-q", "-v", "ON_ERROR_STOP=1", _url(name)],
        input=gzip.decompress(request.param.read_bytes()),
        check=True,
        capture_output=True,
    )
    yield _url(name)
    with psycopg.connect(local_services.database_url(), autocommit=True) as connection:
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


def _manage(url: str, *command: str) -> None:
    subprocess.run(
        [sys.executable, "manage.py", *command],
        cwd=CHECKOUT,
        env={**os.environ, "DATABASE_URL": url, "REDIS_URL": local_services.redis_url()},
        check=True,
        capture_output=True,
    )


def test_there_is_a_dump_of_the_first_release() -> None:
    assert "0.1.0.sql.gz" in {path.name for path in RELEASES}


@pytest.mark.parametrize("restored", RELEASES, ids=lambda path: path.name, indirect=True)
def test_a_release_with_data_upgrades_and_keeps_its_rows(restored: str) -> None:
    before = _counts(restored)
    assert all(before.values())
    _manage(restored, "migrate", "--noinput")
    assert _counts(restored) == before
    upgraded = _schema(restored)
    assert [row[3].strip() for row in upgraded if row[:2] == CLOCK] == ["SELECT now"]
    fresh = _schema(_url(template.NAME))
    # The clock of terms stands still in the database of the tests.
    assert {row for row in upgraded if row[:2] != CLOCK} == {
        row for row in fresh if row[:2] != CLOCK
    }
    assert _values(restored, "intake_sharingbasis", "purpose") <= set(SharingBasis.Purpose.values)
    # Lines of the log are evidence: they stay as they were, and are understood.
    assert all(reasons.of(one) for one in _values(restored, "audit_accessevent", "reason") if one)
    _manage(restored, "check_rules", "--partnership", "putten")
