"""Keeps one server running for as long as anybody uses it. Run as a script, by path.

    keeper.py --lock FILE --users FILE --stop-signal N -- COMMAND...

It holds `--lock` for its whole life (so others can see that the server runs), starts COMMAND as its
child, and watches `--users`: every process that uses the server holds that file with a shared
flock, which the kernel lets go however the process ends. When nobody holds it any more, the keeper
stops the server and ends. When the keeper itself is killed, the kernel sends the stop signal to the
server (PR_SET_PDEATHSIG). When the server ends by itself, so does the keeper.

Standard library only and no import of this project: it starts in a few hundredths of a second.
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


def die_with_parent(parent: int, stop_signal: int) -> None:
    """Ask the kernel to send `stop_signal` to this process when `parent` ends (Linux)."""
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, stop_signal, 0, 0, 0)
    if os.getppid() != parent:  # it ended before the kernel was asked
        os._exit(1)


def keep(*, lock: str, users: str, stop_signal: int, command: list[str]) -> int:
    """Run `command` until it ends or until nobody holds `users`; give its exit code.

    Gives 75 without starting anything where another keeper holds `lock`.
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
    keeper = os.getpid()
    server = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        preexec_fn=lambda: die_with_parent(keeper, stop_signal),  # noqa: PLW1509 (one thread)
    )
    while server.poll() is None:
        if not asked_to_stop:
            # Once held, the file stays held until this process is gone: who comes in the
            # meantime waits, and then starts a new server instead of using a dying one.
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
    """Read the arguments and keep the server."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--lock", required=True)
    parser.add_argument("--users", required=True)
    parser.add_argument("--stop-signal", type=int, required=True)
    parser.add_argument("command", nargs="+")
    asked = parser.parse_args()
    return keep(
        lock=asked.lock, users=asked.users, stop_signal=asked.stop_signal, command=asked.command
    )


if __name__ == "__main__":
    sys.exit(main())
