"""Starts the local services and stops them when no process uses them any more."""

import contextlib
import fcntl
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from welzijn.devtools.local_services import postgres, redis
from welzijn.devtools.local_services.allocation import (
    DATABASE,
    HOST,
    USER,
    Allocation,
    allocation,
    port_is_free,
    reassign_postgres_port,
    reassign_redis_port,
)
from welzijn.devtools.local_services.data_folder import (
    EmbeddedError,
    data_folder,
    disk_full_error,
    exclusive_lock,
    explain_disk_errors,
    is_locked,
    lock_within,
    mentions_full_disk,
    open_lock,
)

POSTGRES = "postgres"
REDIS = "redis"
_SECONDS_TO_START = 90  # PostgreSQL may have to recover after a power cut
_BEGINS = "LOG:  starting PostgreSQL"  # the first log line of each start
_SUPERVISOR = Path(__file__).with_name("supervisor.py")

# Per data folder the descriptor that holds this process's lock as a user of the services.
_uses: dict[Path, int] = {}
_uses_guard = threading.Lock()


@dataclass(frozen=True)
class _Service:
    name: str
    stop_signal: int
    port: Callable[[Allocation], int]
    move: Callable[[Path], Allocation]
    answers: Callable[[Allocation], bool]

    def command(self, folder: Path, allocated: Allocation, *, throwaway: bool) -> list[str]:
        prepare = postgres.prepare if self.name == POSTGRES else redis.prepare
        return prepare(folder, allocated, throwaway=throwaway)


def start_if_needed(*, postgres: bool = True, redis: bool = True, throwaway: bool = False) -> None:
    """Start the services that aren't running, and use them until this process ends.

    Of several concurrent callers one starts them and the others wait. The services stop when the
    last process that called this has ended, however it ended. If another program uses a port, a new
    one is allocated: read `database_url()` and `redis_url()` after this call.

    `throwaway` is for tests: a server started with it isn't durable.

    Raises EmbeddedError, whose text is one sentence for the user.
    """
    if not (postgres or redis):
        return
    folder = data_folder()
    _use(folder)
    with exclusive_lock(folder / "start.lock"):
        for service, wanted in ((_POSTGRES, postgres), (_REDIS, redis)):
            if wanted and not is_locked(_lock(folder, service.name)):
                _start(folder, service, throwaway=throwaway)


def release(*, wait: bool = False) -> None:
    """Stop using the services; they stop if this was the last user.

    With `wait` this returns when they have stopped or are found to have other users.
    """
    folder = data_folder()
    with _uses_guard:
        descriptor = _uses.pop(folder, None)
    if descriptor is not None:
        os.close(descriptor)
    while wait and any(is_locked(_lock(folder, name)) for name in (POSTGRES, REDIS)):
        if _used_by_others(folder):
            return
        time.sleep(0.05)


def _used_by_others(folder: Path) -> bool:
    # Users hold a shared lock. A supervisor that is stopping its server holds an exclusive one, so
    # that even a shared lock fails.
    probe = open_lock(folder / "users.lock")
    try:
        fcntl.flock(probe, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(probe)
        return False
    try:
        fcntl.flock(probe, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(probe)
    return False


def _use(folder: Path) -> None:
    with _uses_guard:
        if folder in _uses:
            return
        descriptor = open_lock(folder / "users.lock")
        # A supervisor that is stopping its server holds the lock until the server has exited.
        if not lock_within(descriptor, fcntl.LOCK_SH, seconds=60):
            os.close(descriptor)
            raise EmbeddedError(
                f"The services in {folder} have been stopping for a minute: end what still runs "
                "there, or choose another folder with WELZIJN_DATA."
            )
        _uses[folder] = descriptor


def _lock(folder: Path, name: str) -> Path:
    return folder / f"{name}.lock"


def _log(folder: Path, name: str) -> Path:
    return folder / f"{name}.log"


def _start(folder: Path, service: _Service, *, throwaway: bool) -> None:
    allocated = _with_free_port(folder, service)
    command = service.command(folder, allocated, throwaway=throwaway)
    log = _log(folder, service.name)
    with explain_disk_errors(folder), log.open("ab") as output:
        beginning = output.tell()
        supervisor = subprocess.Popen(
            [
                *(sys.executable, "-S", "-E", str(_SUPERVISOR)),
                *("--lock", str(_lock(folder, service.name))),
                *("--users", str(folder / "users.lock")),
                *("--stop-signal", str(int(service.stop_signal)), "--"),
                *command,
            ],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            cwd="/",
            start_new_session=True,  # not reached by Ctrl-C in the terminal
        )
    deadline = time.monotonic() + _SECONDS_TO_START
    while not service.answers(allocated):
        ended = supervisor.poll() is not None
        if ended or time.monotonic() > deadline:
            if not ended:
                supervisor.terminate()
                supervisor.wait()
            output_text = _output_since(log, beginning)
            if mentions_full_disk(output_text):
                raise disk_full_error(folder)
            raise EmbeddedError(
                f"The embedded {service.name} did not start: {_error_line(output_text)} "
                f"(everything it said is in {log})"
            )
        time.sleep(0.03)
    # Reaps the supervisor if it ends before this process.
    threading.Thread(target=supervisor.wait, daemon=True).start()


def _with_free_port(folder: Path, service: _Service) -> Allocation:
    allocated = allocation(folder)
    # The server of a killed supervisor needs a moment to stop, so wait before reassigning.
    for _ in range(40):
        if port_is_free(service.port(allocated)):
            return allocated
        time.sleep(0.05)
    return service.move(folder)


def _output_since(log: Path, beginning: int) -> str:
    with log.open("rb") as file:
        file.seek(beginning)
        return file.read().decode("utf-8", "replace").strip()


def is_caused_by_full_disk(error: Exception) -> bool:
    """Whether a full disk caused this database error.

    The error may say so. A server that can't write its WAL crashes, and the error is then a lost
    connection: in that case the server's log is checked.
    """
    if mentions_full_disk(str(error)):
        return True
    log = _log(data_folder(), POSTGRES)
    with contextlib.suppress(OSError):
        return mentions_full_disk(log.read_text("utf-8", "replace").rpartition(_BEGINS)[2])
    return False


def explain(error: Exception) -> str | None:
    """A sentence for the user about `error` if the services or their full disk caused it."""
    from django.db import DatabaseError

    if isinstance(error, EmbeddedError):
        return str(error)
    own_database = not os.environ.get("DATABASE_URL")
    if own_database and isinstance(error, DatabaseError) and is_caused_by_full_disk(error):
        return str(disk_full_error(data_folder()))
    return None


def _error_line(output_text: str) -> str:
    lines = output_text.splitlines()
    telling = [line for line in lines if "FATAL" in line or "rror" in line] or lines
    return telling[-1].strip() if telling else "it said nothing."


def _postgres_answers(allocated: Allocation) -> bool:
    import psycopg

    try:
        with psycopg.connect(
            host=HOST,
            port=allocated.postgres_port,
            user=USER,
            password=allocated.postgres_password,
            dbname="postgres",
            connect_timeout=5,
            autocommit=True,
        ) as connection:
            wanted = "SELECT 1 FROM pg_database WHERE datname = %s"
            if not connection.execute(wanted, [DATABASE]).fetchone():
                connection.execute(f"CREATE DATABASE {DATABASE}")
    except psycopg.OperationalError:
        return False
    return True


def _redis_answers(allocated: Allocation) -> bool:
    from redis import Redis
    from redis.exceptions import RedisError

    client = Redis(
        host=HOST, port=allocated.redis_port, password=allocated.redis_password, socket_timeout=5
    )
    try:
        return bool(client.ping())
    except RedisError:
        return False
    finally:
        client.close()


_POSTGRES = _Service(
    POSTGRES, signal.SIGINT, lambda a: a.postgres_port, reassign_postgres_port, _postgres_answers
)
_REDIS = _Service(
    REDIS, signal.SIGTERM, lambda a: a.redis_port, reassign_redis_port, _redis_answers
)
