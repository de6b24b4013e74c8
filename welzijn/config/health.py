"""Health endpoints: liveness of the process and readiness of its services."""

import redis
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache


@never_cache
@login_not_required
def live(request: HttpRequest) -> JsonResponse:
    """Answer 200 as long as the process runs."""
    return JsonResponse({"live": True})


@never_cache
@login_not_required
def ready(request: HttpRequest) -> JsonResponse:
    """Answer 200 when PostgreSQL responds, else 503.

    Redis is reported but does not count: only the sending of messages needs it.
    """
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        database = True
    except DatabaseError:
        database = False
    try:
        client = redis.Redis.from_url(settings.REDIS_URL, socket_connect_timeout=1)
        broker = bool(client.ping())
        client.close()
    except redis.RedisError:
        broker = False
    return JsonResponse(
        {"live": True, "ready": database, "database": database, "broker": broker},
        status=200 if database else 503,
    )
