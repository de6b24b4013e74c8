"""Learning sessions: the next dates for staff, and a feed for their calendars."""

from collections.abc import Sequence
from typing import cast
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from organisations.front_door import configuration as front_door
from organisations.learning_sessions import mailing, schedule, sign_up
from organisations.learning_sessions.forms import BringForm, CancelForm, MailForm
from organisations.learning_sessions.permissions import reach
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
    places = current_places(partnership)
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
            "may_plan": bool(reach(cast(User, request.user), partnership)),
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
    """Sign up for a session, with a case or without, or cancel."""
    partnership: Partnership = request.partnership  # type: ignore[attr-defined]
    now = timezone.now()
    session = find(partnership, request.POST.get("sessie", ""))
    user = cast(User, request.user)
    page = redirect("learning_session", session.uid) if "case" in request.POST else None
    if request.POST.get("komt") == "nee":
        sign_up.cancel_sign_up(partnership=partnership, session=session, user=user)
        messages.success(request, _("U bent afgemeld."))
        return page or redirect("learning_sessions")
    form = BringForm(request.POST)
    if not form.is_valid():
        return show(request, session, bring=form)
    case = form.cleaned_data["case"] if page else None
    try:
        sign_up.sign_up(partnership=partnership, session=session, user=user, now=now, case=case)
    except sign_up.NotHeldError as error:
        messages.warning(request, str(error))
    else:
        messages.success(request, _("U bent aangemeld."))
    return page or redirect("learning_sessions")


@needs(Permission.BE_STAFF)
@require_safe
def session_page(request: HttpRequest, session_uid: UUID) -> HttpResponse:
    """Show one session: what it is about, who comes, which cases; and what one may arrange."""
    partnership: Partnership = request.partnership  # type: ignore[attr-defined]
    return show(request, find(partnership, str(session_uid)))


def show(
    request: HttpRequest,
    session: schedule.Session,
    *,
    bring: BringForm | None = None,
    mail: MailForm | None = None,
    cancel: CancelForm | None = None,
) -> HttpResponse:
    """Render the page of a session, with the forms that were refused."""
    partnership: Partnership = request.partnership  # type: ignore[attr-defined]
    user = cast(User, request.user)
    now = timezone.now()
    come = sign_up.attendees(partnership=partnership, sessions=[session]).get(session.uid, [])
    cases = sign_up.cases(partnership=partnership, session=session)
    own = next((row for row in cases if row.user_id == user.pk), None)
    arranges = reach(user, partnership).holds(session)
    coming = session.ends > now
    if arranges and coming:
        team = len(mailing.team_of(session.neighbourhood_id, partnership.pk, now))
        mail = mail or MailForm(team=team, attendees=len(come))
        cancel = cancel or CancelForm()
    refused = [form for form in (bring, mail, cancel) if form is not None and form.errors]
    return render(
        request,
        "organisations/learning_sessions/session.html",
        {
            "session": session,
            "come": come,
            "mine": user in come,
            "cases": cases,
            "coming": coming,
            "arranges": arranges and coming,
            "sees_names": arranges,
            "bring": bring or BringForm(initial={"case": own.case if own else ""}),
            "mail": mail,
            "cancel": cancel,
            "refused": refused[0] if refused else None,
        },
        status=422 if refused else 200,
    )


def find(partnership: Partnership, uid: str) -> schedule.Session:
    """Return a session of today or later. Raises Http404."""
    sessions = schedule.upcoming(
        partnership=partnership,
        neighbourhoods=current_places(partnership),
        calendar=front_door.of(partnership).calendar,
        now=timezone.now(),
    )
    found = next((session for session in sessions if session.uid == uid), None)
    if found is None:
        raise Http404
    return found


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
    places = current_places(partnership)
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


def current_places(partnership: Partnership) -> list[Neighbourhood]:
    """Return the neighbourhoods that exist today, by name."""
    today = timezone.localdate()
    return [
        place
        for place in partnership.neighbourhoods.order_by("name")
        if place.until is None or place.until >= today
    ]
