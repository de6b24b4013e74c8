"""A database with all tables, from which each test database is copied.

Applying the migrations takes many times longer than restoring a dump of their outcome, so that
outcome is kept in build/test-schema/, under a name that changes with any migration. A test database
is then a copy (CREATE DATABASE ... TEMPLATE), also for each worker of pytest-xdist; Django still
looks for migrations to apply and finds none.
"""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import psycopg

from welzijn.devtools import local_services
from welzijn.devtools.local_services import postgres
from welzijn.devtools.local_services.data_folder import CHECKOUT, exclusive_lock

NAME = "migrated"
_KEPT = CHECKOUT / "build" / "test-schema"
_OUTCOMES_KEPT = 3
# The database asks its own clock whether a term is over; tests look years ahead.
_CLOCK = "CREATE OR REPLACE FUNCTION evidence_now() RETURNS timestamptz LANGUAGE sql STABLE AS "
LATE_CLOCK = _CLOCK + "$$ SELECT timestamptz '9000-01-01' $$"
REAL_CLOCK = _CLOCK + "$$ SELECT now() $$"


def prepared() -> str:
    """Give the name of the template database on this session's server, made at the first call."""
    with exclusive_lock(local_services.data_folder() / "template.lock", seconds=600):
        with psycopg.connect(local_services.database_url(), autocommit=True) as connection:
            known = "SELECT 1 FROM pg_database WHERE datname = %s"
            if connection.execute(known, [NAME]).fetchone():
                return NAME
            connection.execute("DROP DATABASE IF EXISTS being_made")
            connection.execute("CREATE DATABASE being_made")
        url = local_services.database_url().rsplit("/", 1)[0] + "/being_made"
        if _outcome().exists():
            _restore(url)
        else:
            _migrate(url)
            _keep(url, _outcome())
        with psycopg.connect(url) as made:
            made.execute(LATE_CLOCK)
        with psycopg.connect(local_services.database_url(), autocommit=True) as connection:
            connection.execute(f"ALTER DATABASE being_made RENAME TO {NAME}")
    return NAME


def dump() -> Path:
    """Give the file that makes all tables in an empty database; made at the first call."""
    prepared()
    return _outcome()


def fill(url: str) -> None:
    """Make all tables in the empty database at `url`, of this session or of other services."""
    # The migrations themselves are applied only to this session's own server.
    prepared()
    _restore(url)


def _restore(url: str) -> None:
    _run("psql", "--quiet", "--set=ON_ERROR_STOP=1", "-1", f"--file={_outcome()}", url)


def _outcome() -> Path:
    return _KEPT / f"{_digest()}.sql"


def _digest() -> str:
    digest = hashlib.sha256()
    files = [
        *CHECKOUT.glob("*/migrations/*.py"),
        *CHECKOUT.glob("*/*/migrations/*.py"),
        *CHECKOUT.glob("*/migrations/sql/*.sql"),
        *CHECKOUT.glob("*/*/migrations/sql/*.sql"),
        *CHECKOUT.glob("welzijn/audit/protection/*.py"),
    ]
    for file in [*sorted(files), CHECKOUT / "requirements" / "base.txt"]:
        digest.update(f"{file.relative_to(CHECKOUT)}\0".encode())
        digest.update(file.read_bytes())
    return digest.hexdigest()[:24]


def _migrate(url: str) -> None:
    subprocess.run(
        [sys.executable, "manage.py", "migrate", "--noinput", "--verbosity=0"],
        cwd=CHECKOUT,
        env={**os.environ, "DATABASE_URL": url, "REDIS_URL": local_services.redis_url()},
        check=True,
    )


def _keep(url: str, outcome: Path) -> None:
    _KEPT.mkdir(parents=True, exist_ok=True)
    fresh = outcome.with_suffix(f".{os.getpid()}")
    _run("pg_dump", "--no-owner", f"--file={fresh}", url)
    fresh.rename(outcome)
    kept = sorted(_KEPT.glob("*.sql"), key=lambda file: file.stat().st_mtime, reverse=True)
    for old in kept[_OUTCOMES_KEPT:]:
        old.unlink(missing_ok=True)


def _run(program: str, *arguments: str) -> None:
    command = [str(postgres.installation() / "bin" / program), *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{program}: {done.stderr}")
