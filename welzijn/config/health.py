"""Health endpoints: liveness of the process and readiness of what a page needs."""

import threading
from functools import cache

import redis
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.staticfiles.storage import staticfiles_storage
from django.db import DatabaseError, connection, transaction
from django.db.migrations.loader import MigrationLoader
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache

from organisations.triage_hints import artefact

# A probe that hangs would take a thread of the server; PostgreSQL gives up before the proxy does.
_TIMEOUT = "2s"
# One look at a time: however often the page is asked for, there is one small write at once.
_looking = threading.Lock()


@never_cache
@login_not_required
def live(request: HttpRequest) -> JsonResponse:
    """Answer 200 as long as the process runs."""
    return JsonResponse({"live": True})


@never_cache
@login_not_required
def ready(request: HttpRequest) -> JsonResponse:
    """Answer 200 when pages can be served and questions written down, else 503.

    Redis is reported but does not count: only the sending of messages needs it. Nor does the
    listener's model: without it pages work, and propose nothing.
    """
    found = readiness()
    return JsonResponse(
        {
            "live": True,
            "ready": all(found.values()),
            **found,
            "broker": _broker(),
            "listener": artefact.is_current(),
        },
        status=200 if all(found.values()) else 503,
    )


def missing() -> list[str]:
    """Return the names of what is not ready."""
    return [name for name, there in readiness().items() if not there]


def readiness() -> dict[str, bool]:
    """Look at each thing that every page needs."""
    with _looking:
        database = _answers()
        return {
            "database": database,
            "migrations": database and _migrated(),
            "writable": database and _writable(),
            "static": _static(),
        }


def _answers() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return False
    return True


def _migrated() -> bool:
    """Whether the database has every migration of this version. A newer one may have more."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT app, name FROM django_migrations")
            return _known_migrations() <= set(cursor.fetchall())
    except DatabaseError:
        return False


@cache
def _known_migrations() -> frozenset[tuple[str, str]]:
    loader = MigrationLoader(None)
    replaced = {key for one in loader.disk_migrations.values() for key in one.replaces}
    return frozenset(set(loader.disk_migrations) - replaced)


def _writable() -> bool:
    """Whether a row can be committed: not on a full disk, nor on a standby."""
    table = connection.ops.quote_name(str(settings.CACHES["default"]["LOCATION"]))
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL statement_timeout = '{_TIMEOUT}'")
            cursor.execute(
                f"INSERT INTO {table} (cache_key, value, expires)"  # noqa: S608 (our own setting)
                " VALUES ('readiness', '', now() + interval '1 day')"
                " ON CONFLICT (cache_key) DO UPDATE SET expires = EXCLUDED.expires"
            )
    except DatabaseError:
        return False
    return True


def _static() -> bool:
    """Whether the names of the static files are known; without them every page is an error."""
    hashed = getattr(staticfiles_storage, "hashed_files", None)
    return hashed is None or any(name.endswith(".css") for name in hashed)


def _broker() -> bool:
    try:
        client = redis.Redis.from_url(settings.REDIS_URL, socket_connect_timeout=1)
        answer = bool(client.ping())
        client.close()
    except redis.RedisError:
        return False
    return answer
