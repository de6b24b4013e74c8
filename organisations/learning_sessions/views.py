"""Learning sessions: the next dates for staff, and a feed for their calendars."""

from collections.abc import Sequence
from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from organisations.front_door import configuration as front_door
from organisations.learning_sessions import schedule, sign_up
from organisations.partnerships.models import Neighbourhood, Partnership
from organisations.roles.decorators import needs
from organisations.roles.permissions import Permission
from welzijn.accounts.models import User

SHOWN = 12


@needs(Permission.BE_STAFF)
@require_safe
def next_sessions(request: HttpRequest) -> HttpResponse:
    """List recurrences by neighbourhood, and the next sessions."""
    partnership: Partnership = request.partnership  # type: ignore[attr-defined]
    places = _places(partnership)
    sessions = schedule.upcoming(
        partnership=partnership,
        neighbourhoods=places,
        calendar=front_door.of(partnership).calendar,
        now=timezone.now(),
    )
    recurrences = [("", s) for s in partnership.learning_sessions]
    recurrences += [(place.name, s) for place in places for s in place.learning_sessions]
    return render(
        request,
        "organisations/learning_sessions/sessions.html",
        {
            "sessions": _shown(request, partnership, sessions[:SHOWN]),
            "now": timezone.now(),
            "sees_names": request.user.has_perm(Permission.SEE_NEIGHBOURHOOD, partnership),
            "recurrences": [
                (where, recurrence["name"], schedule.describe_recurrence(recurrence))
                for where, recurrence in recurrences
            ],
            "feeds": [place for place in places if place.learning_sessions],
        },
    )


def _shown(
    request: HttpRequest, partnership: Partnership, sessions: Sequence[schedule.Session]
) -> list[tuple[schedule.Session, list[User], bool]]:
    """Return each session with its attendees, and whether the current user is one."""
    come = sign_up.attendees(partnership=partnership, sessions=sessions)
    return [(s, come.get(s.uid, []), request.user in come.get(s.uid, [])) for s in sessions]


@needs(Permission.BE_STAFF)
@require_POST
def attend(request: HttpRequest) -> HttpResponse:
    """Sign up for a session, or cancel."""
    partnership: Partnership = request.partnership  # type: ignore[attr-defined]
    now = timezone.now()
    wanted = request.POST.get("sessie", "")
    session = next(
        (
            s
            for s in schedule.upcoming(
                partnership=partnership,
                neighbourhoods=_places(partnership),
                calendar=front_door.of(partnership).calendar,
                now=now,
            )
            if s.uid == wanted
        ),
        None,
    )
    if session is None:
        raise Http404
    user = cast(User, request.user)
    if request.POST.get("komt") == "nee":
        sign_up.cancel_sign_up(partnership=partnership, session=session, user=user)
        messages.success(request, _("U bent afgemeld."))
        return redirect("learning_sessions")
    try:
        sign_up.sign_up(partnership=partnership, session=session, user=user, now=now)
    except sign_up.NotHeldError as error:
        messages.warning(request, str(error))
    else:
        messages.success(request, _("U bent aangemeld."))
    return redirect("learning_sessions")


@login_not_required
@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    """Serve the calendar feed of a partnership, or of one neighbourhood (`?wijk=`).

    Public, since a calendar program can't sign in. It holds names, places and times of meetings of
    professionals, and nothing about a resident.
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
    sessions = schedule.upcoming(
        partnership=partnership, neighbourhoods=places, calendar=door.calendar, now=now
    )
    response = HttpResponse(
        schedule.as_ical(partnership, sessions, now),
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
