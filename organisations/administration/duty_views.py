"""The screen of duty: who is notified of possible danger, also out of hours."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from organisations.administration.forms import DutyForm
from organisations.administration.tabs import administration_tabs
from organisations.roles import duty as duty_plan
from organisations.roles.decorators import here, needs
from organisations.roles.permissions import Permission

MANAGE = Permission.MANAGE_ROLES


@require_http_methods(["GET", "POST"])
@needs(MANAGE)
def duty(request: HttpRequest) -> HttpResponse:
    """List and add duties."""
    partnership, _user = here(request)
    form = DutyForm(request.POST or None, partnership=partnership)
    if request.method == "POST" and form.is_valid():
        form.instance.partnership = partnership
        form.save()
        messages.success(request, _("De dienst staat erin."))
        if form.also_on_duty:
            names = ", ".join(form.also_on_duty)
            messages.info(
                request, _("In deze tijd hebben ook dienst: {names}.").format(names=names)
            )
        return redirect("administration_duty")
    coming = partnership.duties.filter(ends_at__gt=timezone.now()).select_related("user")
    return render(
        request,
        "organisations/administration/duty.html",
        {
            "form": form,
            "duties": coming,
            "gaps": duty_plan.gaps(partnership=partnership, now=timezone.now()),
            "tabs": administration_tabs("duty"),
            "now": timezone.now(),
        },
        status=422 if form.is_bound and not form.is_valid() else 200,
    )


@require_POST
@needs(MANAGE)
def end_duty(request: HttpRequest, duty_id: UUID) -> HttpResponse:
    """Delete a duty; one that runs now only with the answer to whether that is meant."""
    partnership, _user = here(request)
    found = get_object_or_404(partnership.duties.select_related("user"), pk=duty_id)
    runs = found.starts_at <= timezone.now() < found.ends_at
    if runs and request.POST.get("zeker") != "ja":
        messages.error(
            request,
            _("Deze dienst is intussen begonnen. Kijk of u {name} nu wilt weghalen.").format(
                name=found.user.name
            ),
        )
        return redirect("administration_duty")
    found.delete()
    messages.success(request, _("De dienst is verwijderd."))
    return redirect("administration_duty")
