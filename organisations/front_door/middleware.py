"""Which front door a request came to, by its host."""

from collections.abc import Callable
from functools import partial

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from organisations.front_door import configuration
from organisations.partnerships.models import Partnership
from organisations.roles import memberships

# The last known desk of each host, for the page that says that the database is down.
last_known: dict[str, Partnership] = {}


def partnership_of_host(host: str) -> Partnership | None:
    """The partnership of a host name (without port): its own address, or `slug.localhost`."""
    slug, _, rest = host.partition(".")
    found = Partnership.objects.filter(
        Q(hostname=host) | (Q(slug=slug) if rest == "localhost" else Q(pk=None))
    ).first()
    if found is not None:
        last_known[host] = found
    return found


def learn_desks() -> None:
    """Know the desk of every front door from the start of a process on, for when the database goes.

    Called where a web server's process begins; a database that is down already is no reason not to.
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
    """Whether somebody reads along at this moment; False where the partnership isn't open."""
    if partnership.triage_team_id is None:
        return False
    return configuration.of(partnership).reads_now(timezone.now())


class FrontDoorMiddleware:
    """Puts `request.partnership` in place: None on the bare host that lists the partnerships.

    Takes one query; static files, the health page and the quick exit need none.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Set the partnership and go on."""
        request.partnership = None  # type: ignore[attr-defined]
        # The quick exit takes somebody away from here at once, also while the database is down.
        without = (f"/{settings.STATIC_URL.strip('/')}/", "/gezond/", "/snel-weg/")
        if not request.path.startswith(without):
            host = request.get_host().rsplit(":", 1)[0].lower()
            found = partnership_of_host(host)
            request.partnership = found  # type: ignore[attr-defined]
            if found is not None:
                # Only the frame of residents' pages asks for it.
                found.reading_now = SimpleLazyObject(partial(reads_now, found))  # type: ignore[attr-defined]
        with memberships.read_once():
            return self.get_response(request)
