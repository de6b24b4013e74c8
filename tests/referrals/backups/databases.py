"""A database of its own beside the test's, and manage.py on it."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import psycopg

from tests.platform.processes import CHECKOUT
from welzijn.devtools import local_services
from welzijn.devtools.local_services import postgres


@dataclass(frozen=True)
class Database:
    """A database of the session's server."""

    name: str
    environment: dict[str, str] = field(default_factory=dict)

    @property
    def url(self) -> str:
        return f"{local_services.database_url().rsplit('/', 1)[0]}/{self.name}"

    def manage(self, *command: str, **given: str) -> "subprocess.CompletedProcess[str]":
        """Run manage.py as an administrator would."""
        services = {"DATABASE_URL": self.url, "REDIS_URL": local_services.redis_url()}
        return subprocess.run(
            [sys.executable, "manage.py", *command],
            cwd=CHECKOUT,
            env={**os.environ, **services, **self.environment, **given},
            capture_output=True,
            text=True,
            check=False,
        )

    def rows(self, statement: str) -> list[tuple[object, ...]]:
        with psycopg.connect(self.url) as connection:
            return connection.execute(statement).fetchall()

    def text(self) -> str:
        """Return all that it holds, as a dump."""
        pg_dump = postgres.installation() / "bin" / "pg_dump"
        done = subprocess.run([pg_dump, "--inserts", self.url], capture_output=True, check=True)
        return done.stdout.decode()


@contextmanager
def empty_database(name: str) -> Iterator[Database]:
    """Make an empty database, and drop it at the end."""
    name = f"{name}_{os.getpid()}"
    with psycopg.connect(local_services.database_url(), autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        connection.execute(f"CREATE DATABASE {name}")
        try:
            yield Database(name)
        finally:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")
