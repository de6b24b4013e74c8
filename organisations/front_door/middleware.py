"""Find the partnership of a request by its host."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.http.request import split_domain_port
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from organisations.front_door import configuration
from organisations.partnerships.models import Partnership
from organisations.partnerships.translations import texts_of
from organisations.rehearsal import closed_pages
from organisations.roles import memberships

# The last known partnership of each host, for the page shown while the database is down.
last_known: dict[str, Partnership] = {}


def host_name(host: str) -> str:
    """Return a Host header as partnerships are known by: lower case, no port, no final dot."""
    return split_domain_port(host)[0].removesuffix(".")


def partnership_of_host(host: str) -> Partnership | None:
    """Return the partnership of a host name without port: its own, or `slug.localhost`."""
    slug, _, rest = host.partition(".")
    found = Partnership.objects.filter(
        Q(hostname=host) | (Q(slug=slug) if rest == "localhost" else Q(pk=None))
    ).first()
    if found is not None:
        last_known[host] = found
    return found


def remember_partnerships() -> None:
    """Remember every live partnership by host, for the page shown while the database is down.

    Called when a web server process starts. A database that is already down is no error.
    """
    try:
        for partnership in Partnership.objects.filter(live=True):
            last_known[f"{partnership.slug}.localhost"] = partnership
            if partnership.hostname:
                last_known[partnership.hostname] = partnership
    except DatabaseError:
        pass
    finally:
        connection.close()


def reads_now(partnership: Partnership) -> bool:
    """Whether the desk reads questions at this moment; False without a triage team."""
    if partnership.triage_team_id is None:
        return False
    return configuration.of(partnership).reads_now(timezone.now())


class FrontDoorMiddleware:
    """Set `request.partnership`; None on the bare host, which lists the partnerships.

    Takes one query; none for static files, the health page and the quick exit.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Set the partnership, and cache memberships during the request."""
        request.partnership = None  # type: ignore[attr-defined]
        # The quick exit must work while the database is down.
        without = (f"/{settings.STATIC_URL.strip('/')}/", "/gezond/", "/snel-weg/")
        if not request.path.startswith(without):
            found = partnership_of_host(host_name(request.get_host()))
            request.partnership = found  # type: ignore[attr-defined]
            if found is not None:
                # Lazy: only the frame of residents' pages needs it.
                found.reading_now = SimpleLazyObject(partial(reads_now, found))  # type: ignore[attr-defined]
        with memberships.cached_memberships(), texts_of(request.partnership):  # type: ignore[attr-defined]
            return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], _args: Any, _kwargs: Any
    ) -> HttpResponse | None:
        """Keep a rehearsing partnership to its own people; by now the user is known."""
        return closed_pages.refusal(request, view)
