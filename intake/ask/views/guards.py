"""What every public page needs: a partnership that is open, and no cached copy."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from typing import Any, Concatenate

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from intake.people.forms_of_address import in_form
from organisations.front_door import configuration as front_door
from organisations.front_door.configuration import FrontDoor
from organisations.partnerships.models import Partnership
from organisations.rehearsal import rehearsing


@dataclass(frozen=True, slots=True)
class Door:
    """The front door of a request, and the moment of the request."""

    partnership: Partnership
    front: FrontDoor
    now: datetime


PublicView = Callable[Concatenate[HttpRequest, Door, ...], HttpResponse]


def public_page(view: PublicView) -> Callable[..., HttpResponse]:
    """Make a view public and pass it the front door of the host; 404 on the bare host.

    A partnership that is not open yet answers 503, but for its own people while it rehearses. Pages
    are never cached (`no-store`), so that the next user of a shared computer can't see what was
    typed.
    """

    @login_not_required
    @wraps(view)
    def opened(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        partnership: Partnership | None = request.partnership  # type: ignore[attr-defined]
        if partnership is None:
            raise Http404
        try:
            front = front_door.of(partnership)
        except front_door.NotOpenError:
            return not_stored(render(request, "intake/ask/front_closed.html", status=503))
        if not rehearsing.may_enter(request.user, partnership):
            return not_stored(render(request, "intake/ask/front_closed.html", status=503))
        now = timezone.now()
        # The footer says whether questions are being read now.
        partnership.reading_now = front.reads_now(now)  # type: ignore[attr-defined]
        return not_stored(view(request, Door(partnership, front, now), *args, **kwargs))

    return opened


def render_page(
    request: HttpRequest, template: str, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    """Render a page, its frame included, in the form of address that `je` asks for."""
    with in_form(bool(context.get("je"))):
        return render(request, template, context, status=status)


def not_stored(response: HttpResponse) -> HttpResponse:
    """Keep a response out of every cache, the browser's history included."""
    response["Cache-Control"] = "no-store"
    return response
