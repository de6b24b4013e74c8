"""Supervises one server for as long as any process uses it. Run as a script, by path.

    supervisor.py --lock FILE --users FILE --stop-signal N -- COMMAND...

It holds `--lock` while it runs, which tells others that the server runs, starts COMMAND as a child
process and watches `--users`. Every process that uses the server holds a shared flock on that
file; the kernel releases it however the process ends. When no user is left, the supervisor stops
the server and exits. If the supervisor is killed, the kernel sends the stop signal to the server
(PR_SET_PDEATHSIG). If the server exits, so does the supervisor.

Standard library only, for a fast start.
"""

import argparse
import contextlib
import ctypes
import fcntl
import os
import signal
import subprocess
import sys
import time
from types import FrameType

PR_SET_PDEATHSIG = 1
SECONDS_TO_STOP = 20


def terminate_with_parent(parent: int, stop_signal: int) -> None:
    """Have the kernel send `stop_signal` to this process when `parent` ends (Linux)."""
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, stop_signal, 0, 0, 0)
    if os.getppid() != parent:  # the parent ended before this call
        os._exit(1)


def keep(*, lock: str, users: str, stop_signal: int, command: list[str]) -> int:
    """Run `command` until it ends or no process holds `users`; return its exit code.

    Returns 75 without starting anything if another supervisor holds `lock`.
    """
    own = os.open(lock, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(own, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return 75
    watched = os.open(users, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    asked_to_stop = False

    def stop(_number: int, _frame: FrameType | None) -> None:
        nonlocal asked_to_stop
        asked_to_stop = True

    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, stop)
    supervisor = os.getpid()
    server = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        preexec_fn=lambda: terminate_with_parent(supervisor, stop_signal),  # noqa: PLW1509 (one thread)
    )
    while server.poll() is None:
        if not asked_to_stop:
            # Held until this process exits, so that a new user waits and starts a new server
            # instead of using one that is stopping.
            with contextlib.suppress(BlockingIOError):
                fcntl.flock(watched, fcntl.LOCK_EX | fcntl.LOCK_NB)
                asked_to_stop = True
        if asked_to_stop:
            server.send_signal(stop_signal)
            try:
                server.wait(timeout=SECONDS_TO_STOP)
            except subprocess.TimeoutExpired:
                server.kill()
                server.wait()
            break
        time.sleep(0.1)
    return server.returncode


def main() -> int:
    """Parse the arguments and supervise the server."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--lock", required=True)
    parser.add_argument("--users", required=True)
    parser.add_argument("--stop-signal", type=int, required=True)
    parser.add_argument("command", nargs="+")
    options = parser.parse_args()
    return keep(
        lock=options.lock,
        users=options.users,
        stop_signal=options.stop_signal,
        command=options.command,
    )


if __name__ == "__main__":
    sys.exit(main())
