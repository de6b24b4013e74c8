"""What came of a session: themes, cases and tips, kept by who arranges it and read by all staff."""

from datetime import timedelta
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from organisations.front_door import configuration as front_door
from organisations.learning_sessions import schedule, sign_up
from organisations.learning_sessions.forms import OutcomeForm
from organisations.learning_sessions.permissions import reach
from organisations.learning_sessions.views import current_places
from organisations.partnerships.models import Partnership
from organisations.roles.decorators import here, needs
from organisations.roles.permissions import Permission

# So long after a session its tips can still be written down for the first time.
BACK = timedelta(days=62)
_SHOWN = 50


def held(partnership: Partnership) -> list[schedule.Session]:
    """Return the sessions of the last two months that were held, newest first."""
    now = timezone.now()
    found = schedule.upcoming(
        partnership=partnership,
        neighbourhoods=current_places(partnership),
        calendar=front_door.of(partnership).calendar,
        now=now - BACK,
        ahead=BACK,
    )
    return [one for one in reversed(found) if one.ends <= now and not one.off]


@require_safe
@needs(Permission.BE_STAFF)
def outcomes(request: HttpRequest) -> HttpResponse:
    """List what came of sessions, and those of which nothing was written down yet."""
    partnership, user = here(request)
    told = list(partnership.session_outcomes.select_related("neighbourhood")[:_SHOWN])
    known = {str(one.session) for one in told}
    may = reach(user, partnership)
    return render(
        request,
        "organisations/learning_sessions/outcomes.html",
        {
            "outcomes": [(one, may.covers(one.neighbourhood_id)) for one in told],
            "waiting": [s for s in held(partnership) if s.uid not in known and may.holds(s)],
        },
    )


@require_http_methods(["GET", "POST"])
@needs(Permission.SEE_NEIGHBOURHOOD)
def outcome(request: HttpRequest, session_uid: UUID) -> HttpResponse:
    """Write down what came of a session; 404 for one that has not been."""
    partnership, user = here(request)
    row = partnership.session_outcomes.filter(session=session_uid).first()
    session = next((s for s in held(partnership) if s.uid == str(session_uid)), None)
    if row is None and session is None:
        raise Http404
    place = row.neighbourhood_id if row else session.neighbourhood_id if session else None
    if not reach(user, partnership).covers(place):
        raise PermissionDenied
    if row is not None:
        initial = {"theme": row.theme, "cases": row.cases, "tips": row.tips}
    else:
        assert session is not None
        brought = sign_up.cases(partnership=partnership, session=session)
        initial = {"theme": session.theme, "cases": "; ".join(one.case for one in brought)}
    form = OutcomeForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_bound and form.is_valid():
        facts = {} if session is None else {"day": session.day, "name": session.name}
        partnership.session_outcomes.update_or_create(
            session=session_uid,
            defaults={**form.cleaned_data, **facts, "by": user, "at": timezone.now()},
            create_defaults={
                **form.cleaned_data,
                **facts,
                "neighbourhood_id": place,
                "by": user,
                "at": timezone.now(),
            },
        )
        messages.success(request, _("De opbrengst is opgeslagen."))
        return redirect("learning_outcomes")
    return render(
        request,
        "organisations/learning_sessions/outcome.html",
        {"form": form, "name": row.name if row else session and session.name},
        status=422 if form.is_bound else 200,
    )
