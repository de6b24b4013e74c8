"""Rehearse an upgrade: restore a backup into a database of its own with this version, and look."""

from __future__ import annotations

import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from django.conf import settings
from django.db import Error, connection
from psycopg import sql

from referrals.backups.postgres_tools import BackupError, last_line
from welzijn.config.environment import for_child


@dataclass(frozen=True)
class Rehearsal:
    """How it went: the seconds that the restore with all migrations took, and what it said."""

    seconds: float
    output: str


def rehearse(file: Path) -> Rehearsal:
    """Restore a backup beside the real database, migrate it, check it, and drop it again.

    Raises BackupError if any step fails; the real database is not touched.
    """
    name = f"{connection.settings_dict['NAME']}_rehearsal"
    _run_sql("DROP DATABASE IF EXISTS {}", name)
    _run_sql("CREATE DATABASE {}", name)
    try:
        begun = time.monotonic()
        output = _manage(name, "restore", str(file.absolute()))
        _manage(name, "check", "--database", "default")
        _manage(name, "verify_log")
        return Rehearsal(time.monotonic() - begun, output)
    finally:
        _run_sql("DROP DATABASE IF EXISTS {} WITH (FORCE)", name)


def _run_sql(statement: str, name: str) -> None:
    try:
        with connection.cursor() as cursor:
            text = sql.SQL(statement).format(sql.Identifier(name))
            cursor.execute(text.as_string(cursor.connection))
    except Error as error:
        raise BackupError(
            "The rehearsal needs a database of its own, and the role in DATABASE_URL can't make one"
            f" ({type(error).__name__}): ALTER ROLE ... CREATEDB."
        ) from error


def _manage(database: str, *command: str) -> str:
    # The running role, the list of erasures and the anchors are those of the real database.
    unset = {
        "RUNNING_ROLE",
        "RUNNING_ROLE_PASSWORD",
        "ERASURE_LIST",
        "LOG_ANCHORS",
        "PYTEST_XDIST_WORKER",
    }
    done = subprocess.run(
        [sys.executable, "manage.py", *command],
        cwd=settings.BASE_DIR,
        env={
            **for_child(without=unset),
            "DATABASE_URL": _url(database),
            "REDIS_URL": settings.REDIS_URL,
        },
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise BackupError(f"The rehearsal failed: {last_line(done.stderr.encode())}")
    return done.stdout


def _url(database: str) -> str:
    given = connection.settings_dict
    user, password = (quote(str(given[part] or ""), safe="") for part in ("USER", "PASSWORD"))
    host = quote(str(given["HOST"] or ""), safe="[]:")
    port = f":{given['PORT']}" if given["PORT"] else ""
    sslmode = given["OPTIONS"].get("sslmode")
    options = f"?sslmode={sslmode}" if sslmode else ""
    return f"postgresql://{user}:{password}@{host}{port}/{quote(database)}{options}"
