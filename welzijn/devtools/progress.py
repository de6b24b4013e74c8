"""Progress lines in a terminal or a log. Standard library only: the installer uses it."""

import sys
import time


class Step:
    """Prints the title of a step, its progress and its duration."""

    def __init__(self, title: str, total: int = 0) -> None:
        self._title = title
        self._total = total
        self._done: set[str] = set()
        self._start = time.monotonic()
        self._printed_at = self._start
        self._live = sys.stdout.isatty()

    def __enter__(self) -> "Step":
        print(f"  {self._title} ...", end="\r" if self._live else "\n", flush=True)
        return self

    def count(self, name: str) -> None:
        """Count `name` as done; counting it again changes nothing."""
        self._done.add(name)
        every = 0.1 if self._live else 10
        if self._total and time.monotonic() - self._printed_at > every:
            self._printed_at = time.monotonic()
            line = f"  {self._title}: {min(len(self._done), self._total)} of {self._total} ({name})"
            print(line.ljust(76)[:76], end="\r" if self._live else "\n", flush=True)

    def __exit__(self, kind: object, *_: object) -> None:
        if kind is None:
            took = time.monotonic() - self._start
            print(f"  {self._title}: done in {took:.1f} s".ljust(76), flush=True)
