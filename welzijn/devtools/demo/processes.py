"""The demo's processes: restarted when they end, stopped with the runner."""

import functools
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from welzijn.devtools.local_services.supervisor import terminate_with_parent

_MOST_STARTS = 3  # within a minute; more restarts wouldn't help
_LOG_LIMIT = 5_000_000  # bytes


class ProcessError(RuntimeError):
    """A process keeps ending. The text is one sentence for the user."""


@dataclass
class Process:
    """A process of the demo."""

    name: str
    arguments: Sequence[str]
    environment: Mapping[str, str]
    log: Path
    when_orphaned: signal.Signals = signal.SIGTERM  # sent by the kernel when the runner is killed
    _running: subprocess.Popen[bytes] | None = None
    _starts: list[float] = field(default_factory=list)

    def start(self) -> None:
        """Start it in its own session, so that Ctrl-C reaches only the runner."""
        if self.log.exists() and self.log.stat().st_size > _LOG_LIMIT:
            self.log.unlink()
        self._starts.append(time.monotonic())
        # Safe: the runner has one thread.
        before = functools.partial(terminate_with_parent, os.getpid(), self.when_orphaned)
        with self.log.open("ab") as output:
            self._running = subprocess.Popen(
                [sys.executable, *self.arguments],
                env={**os.environ, **self.environment},
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,
                preexec_fn=before,  # noqa: PLW1509
            )

    def restart_if_ended(self) -> bool:
        """Start it again if it ended; return whether it had. Raises ProcessError."""
        if self._running is None or self._running.poll() is None:
            return False
        recent = [start for start in self._starts if time.monotonic() - start < 60]
        if len(recent) >= _MOST_STARTS:
            raise ProcessError(
                f"The {self.name} ended {len(recent)} times within a minute; "
                f"it said: {self.last_log_line()} (all of it is in {self.log})"
            )
        self.start()
        return True

    def ended(self) -> bool:
        """Whether it has ended."""
        return self._running is not None and self._running.poll() is not None

    def ask_to_stop(self) -> None:
        """Send SIGTERM."""
        if self._running and self._running.poll() is None:
            self._running.terminate()

    def wait(self, *, seconds: float) -> None:
        """Wait for its end; kill it after `seconds`."""
        if self._running is None:
            return
        try:
            self._running.wait(timeout=seconds)
        except subprocess.TimeoutExpired:
            # Its children too: they are in its session.
            os.killpg(self._running.pid, signal.SIGKILL)
            self._running.wait()

    def last_log_line(self) -> str:
        """The last line of its log."""
        try:
            lines = self.log.read_text("utf-8", "replace").strip().splitlines()
        except FileNotFoundError:
            lines = []
        return lines[-1].strip() if lines else "nothing"


def stop(processes: Sequence[Process], *, seconds: float = 15) -> None:
    """Stop all processes and wait for them."""
    for process in processes:
        process.ask_to_stop()
    deadline = time.monotonic() + seconds
    for process in processes:
        process.wait(seconds=max(0.1, deadline - time.monotonic()))
