"""Somebody says themselves when they are away and who stands in, and comes back earlier."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from organisations.roles import availability
from organisations.roles.decorators import here, needs
from organisations.roles.permissions import Permission
from referrals.caseload.absence_forms import OwnAbsenceForm

WORK = Permission.WORK


@require_http_methods(["GET", "POST"])
@never_cache
@needs(WORK)
def own(request: HttpRequest) -> HttpResponse:
    """Show the user's own absences and for whom they stand in; record one."""
    partnership, user = here(request)
    today = timezone.localdate()
    colleagues = availability.possible_stand_ins(user=user, partnership=partnership, on=today)
    form = OwnAbsenceForm(request.POST if request.method == "POST" else None, colleagues=colleagues)
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        try:
            availability.record(
                partnership=partnership,
                user=user,
                stand_in=given["vervanger"],
                since=given["van"],
                until=given["tot"],
                by=user,
                now=timezone.now(),
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(
                request, _("Opgeslagen. {name} vervangt u.").format(name=given["vervanger"].name)
            )
            return redirect("own_absence")
    current = availability.current(partnership=partnership, on=today)
    return render(
        request,
        "referrals/caseload/own_absence.html",
        {
            "form": form,
            "mine": current.filter(user=user),
            "theirs": current.filter(stand_in=user),
        },
        status=422 if form.is_bound else 200,
    )


@require_POST
@needs(WORK)
def end_own(request: HttpRequest, absence_id: UUID) -> HttpResponse:
    """End the user's own absence before its last day."""
    partnership, user = here(request)
    current = availability.current(partnership=partnership, on=timezone.localdate())
    absence = get_object_or_404(current.filter(user=user), pk=absence_id)
    availability.end(absence=absence)
    messages.success(request, _("U staat weer op aanwezig."))
    return redirect("own_absence")
