"""The coordinator's page about who is away and who stands in, and the hours of colleagues."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from organisations.roles import availability
from organisations.roles.availability_models import Absence, WorkingHours
from organisations.roles.decorators import here, needs
from organisations.roles.permissions import Permission
from referrals.caseload.absence_forms import AbsenceForm, HoursForm
from referrals.caseload.tabs import tabs

SEE = Permission.SEE_CASELOAD


@require_http_methods(["GET", "POST"])
@never_cache
@needs(SEE)
def away(request: HttpRequest) -> HttpResponse:
    """Show who is away, and record an absence of a colleague of one's own organisation."""
    partnership, user = here(request)
    today = timezone.localdate()
    own = availability.own_colleagues(by=user, partnership=partnership, on=today)
    form = AbsenceForm(request.POST or None, colleagues=own)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            availability.record(
                partnership=partnership,
                user=data["wie"],
                stand_in=data["vervanger"],
                since=data["van"],
                until=data["tot"],
                by=user,
                now=timezone.now(),
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(
                request,
                _("Opgeslagen. {stand_in} vervangt {name}.").format(
                    stand_in=data["vervanger"].name, name=data["wie"].name
                ),
            )
            return redirect("caseload_away")
    return _render(request, form, HoursForm(colleagues=own))


@require_POST
@needs(SEE)
def hours(request: HttpRequest) -> HttpResponse:
    """Set the hours of a colleague of one's own organisation."""
    partnership, user = here(request)
    own = availability.own_colleagues(by=user, partnership=partnership, on=timezone.localdate())
    form = HoursForm(request.POST, colleagues=own)
    if form.is_valid():
        data = form.cleaned_data
        availability.set_hours(
            partnership=partnership,
            user=data["collega"],
            hours=data["uren"],
            most=data["vragen"],
        )
        messages.success(
            request, _("De uren van {name} zijn opgeslagen.").format(name=data["collega"].name)
        )
        return redirect("caseload_away")
    return _render(request, AbsenceForm(colleagues=own), form)


def _render(request: HttpRequest, form: AbsenceForm, hours_form: HoursForm) -> HttpResponse:
    partnership, user = here(request)
    today = timezone.localdate()
    own = availability.own_colleagues(by=user, partnership=partnership, on=today)
    bound: list[forms.Form] = [one for one in (form, hours_form) if one.is_bound]
    return render(
        request,
        "referrals/caseload/away.html",
        {
            "form": form,
            "hours_form": hours_form,
            "absences": availability.current(partnership=partnership, on=today),
            "hours": WorkingHours.objects.filter(partnership=partnership, user__in=own)
            .select_related("user")
            .order_by("user__name"),
            "own": {colleague.pk for colleague in own},
            "today": today,
            "tabs": tabs(request, "away"),
        },
        status=422 if bound else 200,
    )


@require_POST
@needs(SEE)
def end(request: HttpRequest, absence_id: UUID) -> HttpResponse:
    """End the absence of a colleague of one's own organisation before its last day."""
    partnership, user = here(request)
    own = availability.own_colleagues(by=user, partnership=partnership, on=timezone.localdate())
    absence = get_object_or_404(
        Absence.objects.filter(partnership=partnership, user__in=own), pk=absence_id
    )
    availability.end(absence=absence)
    messages.success(request, _("De afwezigheid is gestopt."))
    return redirect("caseload_away")
