"""Finds the development tools by dotted path: the product never imports them.

They exist in a checkout and are left out of the production image. The two paths below are the only
places in the product that name them.
"""

from importlib import import_module
from importlib.util import find_spec
from typing import Protocol, cast

APP = "welzijn.devtools"
LOCAL_SERVICES = "welzijn.devtools.local_services"


class LocalServices(Protocol):
    """What the product uses of the package that runs PostgreSQL and Redis for a checkout."""

    def database_url(self) -> str:
        """The URL of the local PostgreSQL."""

    def redis_url(self) -> str:
        """The URL of the local Redis."""

    def secret_key(self) -> str:
        """This checkout's own secret key."""

    def start_if_needed(self, *, postgres: bool, redis: bool) -> None:
        """Start the services that don't run yet."""

    def explain(self, error: Exception) -> str | None:
        """A sentence for the user about `error`, if the local services caused it."""


def local_services() -> LocalServices | None:
    """The local services, or None where they are not installed."""
    if not _exists(LOCAL_SERVICES):
        return None
    return cast("LocalServices", import_module(LOCAL_SERVICES))


def apps() -> list[str]:
    """The Django apps of the development tools; none where they are not installed."""
    return [APP] if _exists(APP) else []


def _exists(module: str) -> bool:
    try:
        return find_spec(module) is not None
    except ModuleNotFoundError:  # its parent package is missing
        return False
