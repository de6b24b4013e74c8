"""Where the embedded services are to be found: ports, passwords and the secret key, made once.

They stand in `allocation.json` of the data folder. Nothing is started here.
"""

import json
import random
import secrets
import socket
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from welzijn.devtools.local_services.folder import EmbeddedError, data_folder, only_one, write_whole

DATABASE = "welzijn"
USER = "welzijn"
HOST = "127.0.0.1"
# Below the range from which Linux hands out ports for outgoing connections (32768 and up).
_PORTS = range(21_000, 32_000)


@dataclass(frozen=True)
class Allocation:
    """What was made up for one data folder."""

    postgres_port: int
    postgres_password: str
    redis_port: int
    redis_password: str
    secret_key: str


def allocation(folder: Path | None = None) -> Allocation:
    """Give the allocation of the data folder, made at the first call; the same ever after."""
    folder = folder or data_folder()
    found = _read(folder)
    if found:
        return found
    with only_one(folder / "allocation.lock"):
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


def move_postgres(folder: Path) -> Allocation:
    """Give PostgreSQL another port, because another program took the one it had."""
    with only_one(folder / "allocation.lock"):
        old = _read(folder) or allocation(folder)
        new = replace(old, postgres_port=_free_port(but_not=old.redis_port))
        _write(folder, new)
        return new


def move_redis(folder: Path) -> Allocation:
    """Give Redis another port, because another program took the one it had."""
    with only_one(folder / "allocation.lock"):
        old = _read(folder) or allocation(folder)
        new = replace(old, redis_port=_free_port(but_not=old.postgres_port))
        _write(folder, new)
        return new


def database_url() -> str:
    """Give the URL of the embedded PostgreSQL, whether it runs or not."""
    found = allocation()
    return f"postgresql://{USER}:{found.postgres_password}@{HOST}:{found.postgres_port}/{DATABASE}"


def redis_url() -> str:
    """Give the URL of the embedded Redis, whether it runs or not."""
    found = allocation()
    return f"redis://:{found.redis_password}@{HOST}:{found.redis_port}/0"


def secret_key() -> str:
    """Give this checkout's own secret key, so that sessions outlive a restart."""
    return allocation().secret_key


def port_is_free(port: int) -> bool:
    """Whether a server could listen on `port` of the loopback address now."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        # As the servers do: connections of an earlier server that linger don't count.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
        return True


def _free_port(*, but_not: int = 0) -> int:
    # Drawn at random: several checkouts that allocate at once should not meet.
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
        # New passwords would shut out the cluster that is there.
        if (folder / "postgres").exists():
            raise EmbeddedError(
                f"{folder / 'allocation.json'} can't be read: put it back from a backup, "
                "or choose another data folder with WELZIJN_DATA."
            ) from error
        return None


def _write(folder: Path, made: Allocation) -> None:
    write_whole(folder / "allocation.json", json.dumps(asdict(made), indent=1) + "\n")
