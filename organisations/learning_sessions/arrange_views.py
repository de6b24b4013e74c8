"""What a wijkaanjager or coordinator arranges: plan, change, cancel and mail about a session."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from organisations.front_door import configuration as front_door
from organisations.learning_sessions import arranging, mailing, schedule, sign_up
from organisations.learning_sessions.forms import CancelForm, MailForm, SessionForm
from organisations.learning_sessions.permissions import Reach, reach
from organisations.learning_sessions.views import current_places, find, show
from organisations.partnerships.models import Partnership
from organisations.roles.decorators import here, needs
from organisations.roles.permissions import Permission
from welzijn.accounts.models import User


@needs(Permission.SEE_NEIGHBOURHOOD)
@require_http_methods(["GET", "POST"])
@never_cache
def plan(request: HttpRequest) -> HttpResponse:
    """Plan a session that no recurrence gives."""
    partnership, user = here(request)
    may = _reach(user, partnership)
    places = partnership.neighbourhoods.filter(
        pk__in=[place.pk for place in current_places(partnership) if may.covers(place.pk)]
    ).order_by("name")
    form = SessionForm(
        request.POST if request.method == "POST" else None,
        calendar=front_door.of(partnership).calendar,
        places=places,
        whole=may.everywhere,
    )
    if form.is_bound and form.is_valid():
        made = arranging.plan(
            partnership=partnership,
            neighbourhood=form.cleaned_data["neighbourhood"],
            details=form.details(),
            by=user,
            now=timezone.now(),
        )
        messages.success(request, _("De sessie is gepland. U kunt nu het team mailen."))
        return redirect("learning_session", made.session)
    return _form(request, form, _("Leersessie plannen"), _("Inplannen"))


@needs(Permission.SEE_NEIGHBOURHOOD)
@require_http_methods(["GET", "POST"])
@never_cache
def change(request: HttpRequest, session_uid: UUID) -> HttpResponse:
    """Change theme, day, time, place or the case that is asked for."""
    partnership, user = here(request)
    found = _own(user, partnership, session_uid)
    form = SessionForm(
        request.POST if request.method == "POST" else None,
        calendar=front_door.of(partnership).calendar,
        session=found,
    )
    if form.is_bound and form.is_valid():
        row = arranging.change(
            partnership=partnership,
            session=found,
            details=form.details(),
            by=user,
            now=timezone.now(),
        )
        messages.success(request, _("De sessie is gewijzigd."))
        return redirect("learning_session", row.session)
    return _form(request, form, _("Leersessie wijzigen"), _("Opslaan"), found)


@needs(Permission.SEE_NEIGHBOURHOOD)
@require_POST
def cancel(request: HttpRequest, session_uid: UUID) -> HttpResponse:
    """Cancel a session; who signed up is told."""
    partnership, user = here(request)
    found = _own(user, partnership, session_uid)
    form = CancelForm(request.POST)
    if not form.is_valid():
        return show(request, found, cancel=form)
    arranging.cancel(
        partnership=partnership,
        session=found,
        why=form.cleaned_data["why"],
        by=user,
        now=timezone.now(),
    )
    messages.success(request, _("De sessie is afgezegd. Wie zich aanmeldde, krijgt bericht."))
    return redirect("learning_session", found.uid)


@needs(Permission.SEE_NEIGHBOURHOOD)
@require_POST
def hold(request: HttpRequest, session_uid: UUID) -> HttpResponse:
    """Hold a cancelled session after all."""
    partnership, user = here(request)
    found = _own(user, partnership, session_uid)
    arranging.hold_after_all(partnership=partnership, session=found, by=user, now=timezone.now())
    messages.success(request, _("De sessie gaat toch door. Wie zich aanmeldde, krijgt bericht."))
    return redirect("learning_session", found.uid)


@needs(Permission.SEE_NEIGHBOURHOOD)
@require_POST
def mail(request: HttpRequest, session_uid: UUID) -> HttpResponse:
    """Mail the team, or who signed up."""
    partnership, user = here(request)
    found = _own(user, partnership, session_uid)
    now = timezone.now()
    come = sign_up.attendees(partnership=partnership, sessions=[found]).get(found.uid, [])
    team = mailing.team_of(found.neighbourhood_id, partnership.pk, now)
    form = MailForm(request.POST, team=len(team), attendees=len(come))
    if not form.is_valid():
        return show(request, found, mail=form)
    if found.off:
        messages.warning(request, _("Deze sessie gaat niet door. Er is niets gemaild."))
        return redirect("learning_session", found.uid)
    number = arranging.mail(
        partnership=partnership,
        session=found,
        to=mailing.To(form.cleaned_data["to"]),
        by=user,
        now=now,
    )
    if number:
        sent = ngettext("{n} collega krijgt een mail.", "{n} collega's krijgen een mail.", number)
        messages.success(request, sent.format(n=number))
    else:
        messages.warning(request, _("Er is nog niemand om te mailen."))
    return redirect("learning_session", found.uid)


def _reach(user: User, partnership: Partnership) -> Reach:
    found = reach(user, partnership)
    if not found:
        raise PermissionDenied
    return found


def _own(user: User, partnership: Partnership, uid: UUID) -> schedule.Session:
    """Return a session that this user may arrange. Raises Http404 or PermissionDenied."""
    session = find(partnership, str(uid))
    if not reach(user, partnership).holds(session):
        raise PermissionDenied
    return session


def _form(
    request: HttpRequest,
    form: SessionForm,
    heading: str,
    button: str,
    session: schedule.Session | None = None,
) -> HttpResponse:
    return render(
        request,
        "organisations/learning_sessions/form.html",
        {"form": form, "heading": heading, "button": button, "session": session},
        status=422 if form.is_bound else 200,
    )
