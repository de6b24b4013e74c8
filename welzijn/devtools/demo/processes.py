"""The demo's processes: started together, started again when one dies, gone when the runner is."""

import functools
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from welzijn.devtools.local_services.keeper import die_with_parent

_ENOUGH = 3  # starts within a minute; after that something is wrong that a start doesn't mend
_LOG_LIMIT = 5_000_000  # bytes


class ProcessError(RuntimeError):
    """A process doesn't stay up. Its text is one sentence for a person."""


@dataclass
class Process:
    """One program of the demo."""

    name: str
    arguments: Sequence[str]
    environment: Mapping[str, str]
    log: Path
    _running: subprocess.Popen[bytes] | None = None
    _starts: list[float] = field(default_factory=list)

    def start(self) -> None:
        """Start it in a session of its own, so that Ctrl-C reaches the runner alone."""
        if self.log.exists() and self.log.stat().st_size > _LOG_LIMIT:
            self.log.unlink()
        self._starts.append(time.monotonic())
        with self.log.open("ab") as output:
            self._running = subprocess.Popen(
                [sys.executable, *self.arguments],
                env={**os.environ, **self.environment},
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,
                # The runner starts its processes from its one thread.
                preexec_fn=functools.partial(die_with_parent, os.getpid(), signal.SIGTERM),  # noqa: PLW1509
            )

    def restart_if_ended(self) -> bool:
        """Start it again if it ended; give whether that was so. Raises ProcessError."""
        if self._running is None or self._running.poll() is None:
            return False
        lately = [start for start in self._starts if time.monotonic() - start < 60]
        if len(lately) >= _ENOUGH:
            raise ProcessError(
                f"The {self.name} ended {len(lately)} times within a minute; "
                f"it said: {self.last_words()} (all of it is in {self.log})"
            )
        self.start()
        return True

    def ended(self) -> bool:
        """Whether it doesn't run any more."""
        return self._running is not None and self._running.poll() is not None

    def ask_to_stop(self) -> None:
        """Tell it to finish what it is doing and end."""
        if self._running and self._running.poll() is None:
            self._running.terminate()

    def wait(self, *, seconds: float) -> None:
        """Wait until it has ended; end it the hard way after `seconds`."""
        if self._running is None:
            return
        try:
            self._running.wait(timeout=seconds)
        except subprocess.TimeoutExpired:
            # With it, what it started: they are in its session.
            os.killpg(self._running.pid, signal.SIGKILL)
            self._running.wait()

    def last_words(self) -> str:
        """The last line that it said."""
        try:
            said = self.log.read_text("utf-8", "replace").strip().splitlines()
        except FileNotFoundError:
            said = []
        return said[-1].strip() if said else "nothing"


def stop(processes: Sequence[Process], *, seconds: float = 15) -> None:
    """Stop all of them at once and wait for it."""
    for process in processes:
        process.ask_to_stop()
    deadline = time.monotonic() + seconds
    for process in processes:
        process.wait(seconds=max(0.1, deadline - time.monotonic()))
