"""Processes that use the embedded services of a data folder."""

import os
import subprocess
import sys
from pathlib import Path

from tests.platform.processes import CHECKOUT

# Starts the services, says where they are, and stays until its standard input closes.
USER = """
import sys
from welzijn.devtools import local_services
local_services.start_if_needed(throwaway="--durable" not in sys.argv)
print(local_services.database_url(), local_services.redis_url(), flush=True)
sys.stdin.read()
"""


class User(subprocess.Popen[str]):
    """A process that uses the services of one data folder."""

    def __init__(self, data: Path, *options: str) -> None:
        super().__init__(
            [sys.executable, "-c", USER, *options],
            cwd=CHECKOUT,
            env={**os.environ, "WELZIJN_DATA": str(data)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def urls(self) -> list[str]:
        """Give the two URLs, once the services answer."""
        assert self.stdout
        assert self.stderr
        line = self.stdout.readline()
        assert line, self.stderr.read()
        return line.split()

    def leave(self) -> None:
        """End as a process ends that is done."""
        self.communicate("")
