"""Learning sessions: the next dates for staff, and a feed for their calendars."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from organisations import front_door, learning_sessions
from organisations.models import Neighbourhood, Partnership
from organisations.permission import needs
from organisations.rules import Permission

SHOWN = 12


@needs(Permission.BE_STAFF)
@require_safe
def next_sessions(request: HttpRequest) -> HttpResponse:
    """When each neighbourhood learns together, and the dates to come."""
    partnership: Partnership = request.partnership  # type: ignore[attr-defined]
    places = _places(partnership)
    sessions = learning_sessions.upcoming(
        partnership=partnership,
        neighbourhoods=places,
        calendar=front_door.of(partnership).calendar,
        now=timezone.now(),
    )
    recurrences = [("", s) for s in partnership.learning_sessions]
    recurrences += [(place.name, s) for place in places for s in place.learning_sessions]
    return render(
        request,
        "organisations/learning/sessions.html",
        {
            "sessions": sessions[:SHOWN],
            "recurrences": [
                (where, recurrence["name"], learning_sessions.in_words(recurrence))
                for where, recurrence in recurrences
            ],
            "feeds": [place for place in places if place.learning_sessions],
        },
    )


@login_not_required
@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    """The calendar feed of a partnership, or of one neighbourhood (`?wijk=`).

    Without signing in, since a calendar program can't; it holds names, places and times of
    meetings of professionals, and nothing about a resident.
    """
    partnership: Partnership | None = getattr(request, "partnership", None)
    if partnership is None:
        raise Http404
    try:
        door = front_door.of(partnership)
    except front_door.NotOpenError:
        raise Http404 from None
    places = _places(partnership)
    wanted = request.GET.get("wijk", "")
    if wanted:
        places = [place for place in places if place.slug == wanted]
        if not places:
            raise Http404
    now = timezone.now()
    sessions = learning_sessions.upcoming(
        partnership=partnership, neighbourhoods=places, calendar=door.calendar, now=now
    )
    response = HttpResponse(
        learning_sessions.as_ical(partnership, sessions, now),
        content_type="text/calendar; charset=utf-8",
    )
    response["Content-Disposition"] = 'inline; filename="leersessies.ics"'
    return response


def _places(partnership: Partnership) -> list[Neighbourhood]:
    today = timezone.localdate()
    return [
        place
        for place in partnership.neighbourhoods.order_by("name")
        if place.until is None or place.until >= today
    ]
