"""The benchmark's services: PostgreSQL, Redis, mail server, workers and two beats.

Real processes below one temporary folder, durable as in production (PostgreSQL with fsync, Redis
with its append-only file), so that killing them tests recovery.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import psycopg
import redis

from welzijn.devtools.bench.reminders.processes import children, kill, start
from welzijn.devtools.local_services import postgres as embedded_postgres
from welzijn.devtools.local_services import redis as embedded_redis
from welzijn.devtools.local_services.allocation import DATABASE, HOST, USER, Allocation, allocation

_CELERY_APP = f"{__package__}.worker"
_START_TIMEOUT = 60.0  # seconds


class Cluster:
    """Starts, kills and restarts the services. workers: number of senders, in two processes."""

    def __init__(self, folder: Path, *, workers: int, lease: float, delay: float) -> None:
        self.folder, self._workers = folder, workers
        self._allocated: Allocation = allocation(folder)
        self.smtp_port = _free_port()
        self.sent_log = folder / "sent.log"
        self._delay = delay
        self._running: dict[str, subprocess.Popen[bytes]] = {}
        self.environment = {
            "WELZIJN_DATA": str(folder),
            "DATABASE_URL": self.database_url,
            "REDIS_URL": f"redis://:{self._allocated.redis_password}@{HOST}:"
            f"{self._allocated.redis_port}/0",
            "SECRET_KEY": self._allocated.secret_key,
            "WELZIJN_TEST": "1",
            "WELZIJN_DEMO": "",
            "EMAIL_HOST": HOST,
            "EMAIL_PORT": str(self.smtp_port),
            "BENCH_LEASE": str(lease),
            "DJANGO_SETTINGS_MODULE": "welzijn.settings",
            "LOG_LEVEL": "WARNING",
        }

    @property
    def database_url(self) -> str:
        """The URL of the PostgreSQL, without a database name."""
        found = self._allocated
        return f"postgresql://{USER}:{found.postgres_password}@{HOST}:{found.postgres_port}/"

    def open(self) -> None:
        """Start the services and the mail server, and make an empty database."""
        self.start_postgres()
        with self.connect("postgres") as connection:
            connection.execute(f"CREATE DATABASE {DATABASE}")
        self.environment["DATABASE_URL"] = self.database_url + DATABASE
        self.start_redis()
        self._start(
            "sink",
            [
                *("-m", f"{__package__}.smtp_sink"),
                str(self.smtp_port),
                str(self.sent_log),
                str(self._delay),
            ],
        )
        _wait_for(lambda: _answers(self.smtp_port))

    def load(self, dump: Path) -> None:
        """Restore the tables of a dump into the empty database."""
        psql = embedded_postgres.installation() / "bin" / "psql"
        url = self.environment["DATABASE_URL"]
        subprocess.run(
            [str(psql), "--quiet", "--set=ON_ERROR_STOP=1", "-1", f"--file={dump}", url],
            check=True,
            stdout=subprocess.DEVNULL,
        )

    def close(self) -> None:
        """End everything, senders first."""
        for name in sorted(self._running, key=lambda name: name == "postgres"):
            how = signal.SIGQUIT if name == "postgres" else signal.SIGKILL
            kill(self._running[name], how)

    def connect(self, database: str = DATABASE) -> psycopg.Connection[tuple[object, ...]]:
        """Connect outside Django."""
        return psycopg.connect(self.database_url + database, autocommit=True, connect_timeout=5)

    # --- Services ----------------------------------------------------------------------------
    def start_postgres(self) -> None:
        """Start PostgreSQL and wait until it answers."""
        command = embedded_postgres.prepare(self.folder, self._allocated, throwaway=False)
        self._running["postgres"] = start(command, log=self._log("postgres"))
        _wait_for(self._postgres_answers)

    def start_redis(self) -> None:
        """Start Redis and wait until it answers."""
        command = embedded_redis.prepare(self.folder, self._allocated, throwaway=False)
        self._running["redis"] = start(command, log=self._log("redis"))
        _wait_for(self._redis_answers)

    def start_senders(self) -> None:
        """Start two worker processes that share the senders, and two beats."""
        for number, name in enumerate(self.worker_names):
            share = (self._workers + 1 - number) // 2
            self.start_worker(name, share)
        for name in ("beat1", "beat2"):
            self.start_beat(name)

    @property
    def worker_names(self) -> tuple[str, ...]:
        """The names of the worker processes."""
        return ("worker1", "worker2") if self._workers > 1 else ("worker1",)

    def start_worker(self, name: str, senders: int) -> None:
        """Start a Celery worker with `senders` child processes."""
        self._start(
            name,
            [
                *("-m", "celery", "-A", _CELERY_APP, "worker"),
                *("--loglevel=ERROR", f"--concurrency={senders}", f"--hostname={name}@bench"),
                *("--without-gossip", "--without-mingle"),
            ],
        )

    def start_beat(self, name: str) -> None:
        """Start a beat with a schedule file of its own."""
        self._start(
            name,
            [
                *("-m", "celery", "-A", _CELERY_APP, "beat"),
                *("--loglevel=ERROR", f"--schedule={self.folder / name}", "--pidfile="),
            ],
        )

    def whole_environment(self) -> dict[str, str]:
        """The environment of a process that uses these services."""
        return {**os.environ, **self.environment}

    # --- Faults: each returns the maximum number of sends in flight -----------------------------
    def kill_sender(self, pick: Callable[[list[int]], int]) -> int:
        """kill -9 one child process; its worker starts another."""
        pids = [pid for name in self.worker_names for pid in children(self._running[name])]
        if not pids:
            return 0
        try:
            os.kill(pick(pids), signal.SIGKILL)
        except ProcessLookupError:
            return 0
        return 1

    def kill_worker(self, name: str) -> int:
        """kill -9 a whole worker with its children, and start it again."""
        process = self._running[name]
        senders = len(children(process))
        kill(process)
        self.start_worker(name, (self._workers + 1 - self.worker_names.index(name)) // 2)
        return senders

    def kill_beat(self, name: str) -> int:
        """kill -9 a beat, and start it again."""
        kill(self._running[name])
        self.start_beat(name)
        return 0

    def kill_redis(self) -> int:
        """kill -9 Redis, and start it again. No mail is sent through it."""
        kill(self._running["redis"])
        self.start_redis()
        return 0

    def stop_redis(self) -> None:
        """kill -9 Redis without a restart."""
        kill(self._running.pop("redis"))

    def flush_redis(self) -> int:
        """Delete everything in the broker."""
        self._redis().flushall()
        return 0

    def restart_postgres(self) -> int:
        """Crash PostgreSQL and start it again; it recovers from its log."""
        kill(self._running["postgres"], signal.SIGQUIT)
        self.start_postgres()
        return self._workers

    def log_tails(self) -> str:
        """The end of each service's log, for when the benchmark fails."""
        lines = [
            f"--- {log.name}\n{log.read_text(errors='replace')[-1500:]}\n"
            for log in sorted(self.folder.glob("*.log"))
            if log != self.sent_log
        ]
        return "".join(lines)

    # --- Internals ---------------------------------------------------------------------------
    def stop_senders(self) -> None:
        """kill -9 workers and beats."""
        for name in [*self.worker_names, "beat1", "beat2"]:
            kill(self._running.pop(name))

    def _start(self, name: str, arguments: list[str]) -> None:
        self._running[name] = start(
            [sys.executable, *arguments], log=self._log(name), environment=self.environment
        )

    def _log(self, name: str) -> Path:
        return self.folder / f"{name}.log"

    def _redis(self) -> redis.Redis:
        return redis.Redis.from_url(self.environment["REDIS_URL"], socket_timeout=5)

    def _redis_answers(self) -> bool:
        try:
            return bool(self._redis().ping())
        except redis.RedisError:
            return False

    def _postgres_answers(self) -> bool:
        try:
            self.connect("postgres").close()
        except psycopg.OperationalError:
            return False
        return True


def _wait_for(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + _START_TIMEOUT
    while not condition():
        if time.monotonic() > deadline:
            raise TimeoutError("a part of the bench did not start")
        time.sleep(0.05)


def _answers(port: int) -> bool:
    try:
        socket.create_connection((HOST, port), timeout=1).close()
    except OSError:
        return False
    return True


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])
