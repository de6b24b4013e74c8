"""Who is away and who stands in: the coordinator's page with hours of colleagues, and one's own."""

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

from organisations.partnerships.models import Partnership
from organisations.roles import availability
from organisations.roles.availability_models import Absence, WorkingHours
from organisations.roles.decorators import here, needs
from organisations.roles.permissions import Permission
from referrals.caseload.absence_forms import AbsenceForm, HoursForm, OwnAbsenceForm
from referrals.caseload.tabs import tabs
from welzijn.accounts.models import User

SEE, WORK = Permission.SEE_CASELOAD, Permission.WORK


@require_http_methods(["GET", "POST"])
@never_cache
@needs(SEE)
def away(request: HttpRequest) -> HttpResponse:
    """Show who is away, and record an absence of a colleague of one's own organisation."""
    partnership, user = here(request)
    today = timezone.localdate()
    own = availability.own_colleagues(by=user, partnership=partnership, on=today)
    form = AbsenceForm(request.POST if request.method == "POST" else None, colleagues=own)
    if form.is_bound and (absence := _recorded(form, partnership, by=user)):
        messages.success(
            request,
            _("Opgeslagen. {stand_in} vervangt {name}.").format(
                stand_in=absence.stand_in.name, name=absence.user.name
            ),
        )
        return redirect("caseload_away")
    return _render(request, form, HoursForm(colleagues=own))


def _recorded(
    form: AbsenceForm | OwnAbsenceForm, partnership: Partnership, *, by: User
) -> Absence | None:
    """Record the absence of a bound form, of the colleague chosen or of `by`; None if refused."""
    if not form.is_valid():
        return None
    given = form.cleaned_data
    try:
        return availability.record(
            partnership=partnership,
            user=given.get("wie", by),
            stand_in=given["vervanger"],
            since=given["van"],
            until=given["tot"],
            by=by,
            now=timezone.now(),
        )
    except ValidationError as error:
        form.add_error(None, error)
    return None


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


@require_http_methods(["GET", "POST"])
@never_cache
@needs(WORK)
def own(request: HttpRequest) -> HttpResponse:
    """Show the user's own absences and for whom they stand in; record one."""
    partnership, user = here(request)
    today = timezone.localdate()
    colleagues = availability.possible_stand_ins(user=user, partnership=partnership, on=today)
    form = OwnAbsenceForm(request.POST if request.method == "POST" else None, colleagues=colleagues)
    if form.is_bound and (absence := _recorded(form, partnership, by=user)):
        messages.success(
            request, _("Opgeslagen. {name} vervangt u.").format(name=absence.stand_in.name)
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
