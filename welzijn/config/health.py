"""The health page: whether the process lives, and whether its parts answer."""

import redis
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache


@never_cache
@login_not_required
def live(request: HttpRequest) -> JsonResponse:
    """200 as long as the process answers."""
    return JsonResponse({"live": True})


@never_cache
@login_not_required
def ready(request: HttpRequest) -> JsonResponse:
    """200 when PostgreSQL answers, else 503. A Redis that is down is said, but is no reason to stop
    sending people here: everything but the sending of messages works without it."""
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
