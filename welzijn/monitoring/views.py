"""The page that Prometheus reads."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET
from prometheus_client import REGISTRY, CollectorRegistry, exposition
from prometheus_client.multiprocess import MultiProcessCollector

from welzijn.monitoring import multiprocess
from welzijn.monitoring.gauges import DatabaseCollector


@never_cache
@require_GET
@login_not_required
def metrics(request: HttpRequest) -> HttpResponse:
    """Answer with all figures to who sends METRICS_TOKEN as bearer token, else 404.

    404 rather than 401: without the token the page doesn't exist. Raises Http404.
    """
    given = request.headers.get("Authorization", "")
    token = settings.METRICS_TOKEN
    if not token or not constant_time_compare(given, f"Bearer {token}"):
        raise Http404
    content = exposition.generate_latest(_requests()) + exposition.generate_latest(_database())
    return HttpResponse(content, content_type=exposition.CONTENT_TYPE_LATEST)


def _requests() -> CollectorRegistry:
    """Return the counts of requests: of all processes of this server, or of this one."""
    if not multiprocess.folder():
        return REGISTRY
    registry = CollectorRegistry()
    MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    return registry


def _database() -> CollectorRegistry:
    registry = CollectorRegistry()
    registry.register(DatabaseCollector())
    return registry
