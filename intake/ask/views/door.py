"""What every public page needs: a partnership that is open, and no copy left behind."""

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


@dataclass(frozen=True, slots=True)
class Door:
    """The front door that a request came to, at this moment."""

    partnership: Partnership
    front: FrontDoor
    now: datetime


PublicView = Callable[Concatenate[HttpRequest, Door, ...], HttpResponse]


def public_page(view: PublicView) -> Callable[..., HttpResponse]:
    """Open a view to everybody, with the front door of the host; 404 on the bare host.

    A partnership that is not open yet says so with 503. Nothing of these pages is stored in a
    browser or on the way (`no-store`): what somebody typed is not for who sits there next.
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
        if not partnership.live:
            return not_stored(render(request, "intake/ask/front_closed.html", status=503))
        now = timezone.now()
        # The frame's foot says whether somebody is there.
        partnership.reading_now = front.reads_now(now)  # type: ignore[attr-defined]
        return not_stored(view(request, Door(partnership, front, now), *args, **kwargs))

    return opened


def render_page(
    request: HttpRequest, template: str, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    """A page of the conversation, its frame included in the form of address of `je`."""
    with in_form(bool(context.get("je"))):
        return render(request, template, context, status=status)


def not_stored(response: HttpResponse) -> HttpResponse:
    """Keep it out of every cache, the browser's own history included."""
    response["Cache-Control"] = "no-store"
    return response
