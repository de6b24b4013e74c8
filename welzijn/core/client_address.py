"""From which address a request comes, also where a proxy stands in between."""

from django.conf import settings
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str:
    """The address that limits are counted by; never shown, logged or stored as it is.

    Behind our own proxies (`TRUSTED_PROXY_COUNT` of them) it is what the outermost of them saw:
    counted from the right of X-Forwarded-For, because everything further left is what a client says
    of itself. Without a proxy the header is not read at all. A header that is too short falls back
    on the connection's own address.
    """
    connection: str = request.META.get("REMOTE_ADDR", "")
    proxies: int = settings.TRUSTED_PROXY_COUNT
    if not proxies:
        return connection
    passed = [part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")]
    return passed[-proxies] or connection if len(passed) >= proxies else connection
