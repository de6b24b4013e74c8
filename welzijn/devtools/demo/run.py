"""`make demo`: PostgreSQL, Redis, web, worker and beat as real processes, with invented people.

    python -m welzijn.devtools.demo.run [--port N] [--empty] [--with-parent]

When the runner ends, however it ends, everything that it started ends too.
"""

import argparse
import contextlib
import ctypes
import fcntl
import os
import signal
import socket
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from types import FrameType

from welzijn.devtools import local_services
from welzijn.devtools.demo.processes import Process, ProcessError, stop
from welzijn.devtools.install import refuse_port_in_use
from welzijn.devtools.install_errors import InstallError
from welzijn.devtools.progress import Step

_SECONDS_UNTIL_UP = 60


class _Stopped(BaseException):
    """The runner was asked to stop."""


_asked_to_stop: list[int] = []
"""Signals received. Python drops an exception raised by a signal handler during a destructor or a
weak reference's callback, which is likely during imports, so `_wait` checks this list as well."""


def main() -> int:
    """Run the demo until it is stopped; return the exit code."""
    parser = argparse.ArgumentParser(description="Shows Voordeur with invented people.")
    parser.add_argument("--port", type=int, default=int(os.environ.get("PORT") or 8000))
    parser.add_argument("--empty", action="store_true", help="no partnerships, no people")
    parser.add_argument("--with-parent", action="store_true", help="end when the parent ends")
    options = parser.parse_args()
    if options.with_parent:
        _end_with_parent()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _stop)
    sys.unraisablehook = _ignore_stop
    try:
        refuse_port_in_use(options.port)
        with _exclusive(local_services.data_folder()):
            _run(options.port, empty=options.empty)
    except _Stopped:
        print("\nStopped. Everything is kept; `make demo` goes on from here.", flush=True)
    except (local_services.EmbeddedError, ProcessError, InstallError) as error:
        print(f"\n{error}", file=sys.stderr, flush=True)
        return 1
    except OSError as error:
        # Any file may fail to be written on a full disk.
        if not local_services.mentions_full_disk(str(error)):
            raise
        print(
            f"\n{local_services.disk_full_error(local_services.data_folder())}",
            file=sys.stderr,
            flush=True,
        )
        return 1
    finally:
        local_services.release(wait=True)
    return 0


def _run(port: int, *, empty: bool) -> None:
    os.environ["WELZIJN_DEMO"] = "1"
    os.environ["DJANGO_SETTINGS_MODULE"] = "welzijn.settings"
    with Step("PostgreSQL and Redis"):
        _start_services()
    _load(local_services.data_folder(), empty=empty)
    processes = _processes(port, local_services.data_folder())
    try:
        with Step("Web, worker and beat"):
            for process in processes:
                process.start()
            _wait_until_up(port, processes)
        _print_addresses(port)
        while True:
            _wait(1)
            _start_services()
            for process in processes:
                if process.restart_if_ended():
                    print(f"  The {process.name} had ended and was started again.", flush=True)
    finally:
        # A second Ctrl-C must not interrupt the shutdown.
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)
        stop(processes)


def _start_services() -> None:
    local_services.start_if_needed(
        postgres=not os.environ.get("DATABASE_URL"), redis=not os.environ.get("REDIS_URL")
    )


def _load(folder: Path, *, empty: bool) -> None:
    import django
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import CommandError
    from django.db import DatabaseError, connection

    try:
        django.setup()
        _load_content(folder, empty=empty)
    except (CommandError, ImproperlyConfigured) as error:
        raise ProcessError(str(error)) from error
    except DatabaseError as error:
        if local_services.is_caused_by_full_disk(error):
            raise local_services.disk_full_error(folder) from error
        raise
    connection.close()


def _load_content(folder: Path, *, empty: bool) -> None:
    from welzijn.devtools.demo import content

    waiting = content.migrations_to_apply()
    if waiting:
        with Step("Tables", total=waiting) as progress:
            content.make_tables(on_applied=progress.count)
    loaded = content.LoadLog(folder)
    for step in [] if empty else loaded.missing():
        with Step(step.title):
            step.run()
        loaded.mark_done(step)


def _processes(port: int, folder: Path) -> list[Process]:
    logs = folder / "logs"
    logs.mkdir(exist_ok=True)
    bind = [f"127.0.0.1:{port}", *([f"[::1]:{port}"] if _has_ipv6() else [])]
    web = {"WEB_BIND": ",".join(bind)}
    gunicorn = ("-m", "gunicorn", "-c", "python:welzijn.config.gunicorn")
    celery = ("-m", "celery", "-A", "welzijn.celery")
    # Threads, because they end with the one process that the kernel kills.
    worker = (*celery, "worker", "--loglevel=WARNING", "--pool=threads", "--concurrency=2")
    schedule = f"--schedule={folder / 'celerybeat'}"
    beat = (*celery, "beat", "--loglevel=WARNING", schedule, "--pidfile=")
    return [
        Process("web server", gunicorn, web, logs / "web.log"),
        # Celery told to stop first waits for its tasks or its broker, for ever if one hangs, and
        # nobody is left to kill it. What a worker was doing is leased, so killing loses nothing.
        Process("worker", worker, {}, logs / "worker.log", when_orphaned=signal.SIGKILL),
        Process("beat", beat, {}, logs / "beat.log", when_orphaned=signal.SIGKILL),
    ]


def _wait_until_up(port: int, processes: list[Process]) -> None:
    deadline = time.monotonic() + _SECONDS_UNTIL_UP
    while not _is_ready(port):
        for process in processes:
            if process.ended():
                raise ProcessError(
                    f"The {process.name} did not start; it said: {process.last_log_line()} "
                    f"(all of it is in {process.log})"
                )
        if time.monotonic() > deadline:
            raise ProcessError(
                f"The web server gave no answer within {_SECONDS_UNTIL_UP} seconds: "
                f"see {processes[0].log}."
            )
        _wait(0.1)


def _is_ready(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/gezond/", timeout=5) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


def _print_addresses(port: int) -> None:
    from welzijn.devtools.demo import addresses

    print(addresses.text(port), flush=True)


def _has_ipv6() -> bool:
    try:
        with socket.socket(socket.AF_INET6) as probe:
            probe.bind(("::1", 0))
    except OSError:
        return False
    return True


def _end_with_parent() -> None:
    """Stop when the parent process (make) ends, even if it is killed."""
    if sys.platform == "linux":
        from welzijn.devtools.local_services.supervisor import PR_SET_PDEATHSIG

        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM, 0, 0, 0)


def _stop(number: int, _frame: FrameType | None) -> None:
    _asked_to_stop.append(number)
    raise _Stopped


def _ignore_stop(unraisable: "sys.UnraisableHookArgs") -> None:
    """Don't report a dropped stop as an error: `_wait` handles it."""
    if not isinstance(unraisable.exc_value, _Stopped):
        sys.__unraisablehook__(unraisable)


def _wait(seconds: float) -> None:
    """Sleep; raise _Stopped if a stop was requested but its exception was dropped."""
    time.sleep(seconds)
    if _asked_to_stop:
        raise _Stopped


@contextlib.contextmanager
def _exclusive(folder: Path) -> Iterator[None]:
    """Refuse to run twice on the same data folder."""
    with (folder / "demo.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise ProcessError(
                "The demo runs already in this checkout: stop it first, "
                "or give this one a folder of its own with WELZIJN_DATA."
            ) from None
        yield


if __name__ == "__main__":
    sys.exit(main())
