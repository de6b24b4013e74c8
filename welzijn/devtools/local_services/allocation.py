"""Ports, passwords and the secret key of the local services, allocated once per data folder.

Stored in `allocation.json`. Nothing is started here.
"""

import json
import random
import secrets
import socket
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from welzijn.devtools.local_services.data_folder import (
    EmbeddedError,
    data_folder,
    exclusive_lock,
    write_atomically,
)

DATABASE = "welzijn"
USER = "welzijn"
HOST = "127.0.0.1"
# Below the range from which Linux hands out ports for outgoing connections (32768 and up).
_PORTS = range(21_000, 32_000)


@dataclass(frozen=True)
class Allocation:
    """The values of one data folder."""

    postgres_port: int
    postgres_password: str
    redis_port: int
    redis_password: str
    secret_key: str


def allocation(folder: Path | None = None) -> Allocation:
    """The allocation of the data folder, made at the first call."""
    folder = folder or data_folder()
    found = _read(folder)
    if found:
        return found
    with exclusive_lock(folder / "allocation.lock"):
        found = _read(folder)
        if found:
            return found
        postgres_port = _free_port()
        made = Allocation(
            postgres_port=postgres_port,
            postgres_password=secrets.token_urlsafe(24),
            redis_port=_free_port(but_not=postgres_port),
            redis_password=secrets.token_urlsafe(24),
            secret_key=secrets.token_urlsafe(64),
        )
        _write(folder, made)
        return made


def reassign_postgres_port(folder: Path) -> Allocation:
    """Allocate another port to PostgreSQL; its own is used by another program."""
    with exclusive_lock(folder / "allocation.lock"):
        old = _read(folder) or allocation(folder)
        new = replace(old, postgres_port=_free_port(but_not=old.redis_port))
        _write(folder, new)
        return new


def reassign_redis_port(folder: Path) -> Allocation:
    """Allocate another port to Redis; its own is used by another program."""
    with exclusive_lock(folder / "allocation.lock"):
        old = _read(folder) or allocation(folder)
        new = replace(old, redis_port=_free_port(but_not=old.postgres_port))
        _write(folder, new)
        return new


def database_url() -> str:
    """The URL of the local PostgreSQL, whether it runs or not."""
    found = allocation()
    return f"postgresql://{USER}:{found.postgres_password}@{HOST}:{found.postgres_port}/{DATABASE}"


def redis_url() -> str:
    """The URL of the local Redis, whether it runs or not."""
    found = allocation()
    return f"redis://:{found.redis_password}@{HOST}:{found.redis_port}/0"


def secret_key() -> str:
    """This checkout's secret key; constant, so that sessions survive a restart."""
    return allocation().secret_key


def port_is_free(port: int) -> bool:
    """Whether `port` of the loopback address is free."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        # As the servers do: lingering connections of an earlier server don't count.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
        return True


def _free_port(*, but_not: int = 0) -> int:
    # Random, so that checkouts that allocate at the same time rarely collide.
    while True:
        port = random.SystemRandom().choice(_PORTS)
        if port != but_not and port_is_free(port):
            return port


def _read(folder: Path) -> Allocation | None:
    try:
        return Allocation(**json.loads((folder / "allocation.json").read_text("utf-8")))
    except FileNotFoundError:
        return None
    except (ValueError, TypeError) as error:
        # An existing cluster wouldn't accept new passwords.
        if (folder / "postgres").exists():
            raise EmbeddedError(
                f"{folder / 'allocation.json'} can't be read: put it back from a backup, "
                "or choose another data folder with WELZIJN_DATA."
            ) from error
        return None


def _write(folder: Path, made: Allocation) -> None:
    write_atomically(folder / "allocation.json", json.dumps(asdict(made), indent=1) + "\n")
