"""Find the processes that belong to a data folder, and wait for a condition."""

import os
import time
from collections.abc import Callable
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]


def processes_of(data: Path) -> dict[int, list[str]]:
    """Return id and command line of each process that serves or uses the data folder.

    Recognised by the path of the folder in their command line or environment.
    """
    found = {}
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit() or int(entry.name) == os.getpid():
            continue
        try:
            command = (entry / "cmdline").read_bytes().decode(errors="replace")
            environment = (entry / "environ").read_bytes().decode(errors="replace")
        except (FileNotFoundError, ProcessLookupError, PermissionError):
            continue
        # A zombie has no command line any more.
        if command and (str(data) in command or f"WELZIJN_DATA={data}\0" in environment):
            found[int(entry.name)] = command.rstrip("\0").split("\0")
    return found


def pid_of(data: Path, program: str) -> int:
    """Return the process id of the one server `program` of this data folder."""
    (pid,) = [pid for pid, command in processes_of(data).items() if command[0].endswith(program)]
    return pid


def runs(data: Path, word: str) -> list[int]:
    """Return the ids of this data folder's processes with `word` in their command lines."""
    return [pid for pid, words in processes_of(data).items() if any(word in w for w in words)]


def eventually(condition: Callable[[], object], seconds: float = 300) -> bool:
    """Whether `condition` comes true before `seconds` are over; returns as soon as it does.

    A product that works is only late on a machine that others use: five minutes cost it nothing.
    """
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)  # between two looks; nothing waits for a fixed time
    return True
