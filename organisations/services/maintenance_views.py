"""The page of who keeps services: still right, change, stopped; room and waiting time."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from organisations.directory import confirming
from organisations.directory.capacity import count_open_work
from organisations.directory.models import Service
from organisations.roles.decorators import here, needs
from organisations.roles.permissions import Permission
from organisations.services import maintenance
from organisations.services.maintenance_forms import MaintainerForm, RoomForm
from welzijn.core.working_days import local_date


@dataclass(frozen=True, slots=True)
class MaintainedRow:
    """A service on the page: whether it is due or ended, its places in use, and its form."""

    service: Service
    due: bool
    ended: bool
    in_use: int
    form: RoomForm


@require_GET
@never_cache
@needs(Permission.BE_STAFF)
def maintained_services(request: HttpRequest) -> HttpResponse:
    """List the services that the user keeps; what has to be confirmed stands first."""
    partnership, user = here(request)
    today = local_date(timezone.now())
    services = list(maintenance.maintained_by(user, partnership, today))
    busy = count_open_work(partnership.pk).by_service if services else {}
    rows = [
        MaintainedRow(
            service=one,
            due=not _ended(one)
            and confirming.is_due(one.confirmed_on, partnership.confirm_services_months, today),
            ended=_ended(one),
            in_use=busy.get(one.pk, 0),
            form=_room_form(one),
        )
        for one in services
    ]
    return render(
        request,
        "organisations/services/maintained.html",
        {
            "due": [row for row in rows if row.due],
            "others": [row for row in rows if not row.due and not row.ended],
            "ended": [row for row in rows if row.ended],
            "may_bring": user.has_perm(Permission.KEEP_OFFER, partnership),
            "months": partnership.confirm_services_months,
            "sees_places": request.user.has_perm(Permission.SEE_PLACES, partnership),
        },
    )


def _ended(service: Service) -> bool:
    return service.until is not None and service.until < local_date(timezone.now())


def _room_form(service: Service, data: Any = None) -> RoomForm:
    return RoomForm(
        data,
        prefix=service.slug,
        initial={"capacity": service.capacity, "waiting_weeks": service.waiting_weeks or None},
    )


@require_POST
@needs(Permission.BE_STAFF)
def answer(request: HttpRequest, slug: str) -> HttpResponse:
    """Answer for one service: still right (ja), no place any more (vol), stopped, offered again."""
    service = _own(request, slug)
    _partnership, user = here(request)
    today = local_date(timezone.now())
    what = request.POST.get("antwoord", "")
    if what == "ja":
        maintenance.confirm(service=service, by=user, today=today)
        message = _("{name}: bevestigd. Dank u wel.")
    elif what == "vol":
        maintenance.set_room(
            service=service, capacity=0, waiting_weeks=service.waiting_weeks, by=user, today=today
        )
        message = _("{name}: geen plek meer. Vanaf nu sturen de regels er niemand heen.")
    elif what == "gestopt":
        maintenance.stop(service=service, by=user, today=today)
        message = _("{name} is gestopt. Onderaan deze pagina kunt u het weer aanbieden.")
    elif what == "weer":
        maintenance.resume(service=service, by=user, today=today)
        message = _("{name} staat er weer bij.")
    else:
        messages.error(request, _("Kies een van de knoppen."))
        return redirect("services_kept")
    messages.success(request, message.format(name=service.name))
    return redirect("services_kept")


@require_POST
@needs(Permission.BE_STAFF)
def room(request: HttpRequest, slug: str) -> HttpResponse:
    """Save the places and waiting time of one service."""
    service = _own(request, slug)
    _partnership, user = here(request)
    form = _room_form(service, request.POST)
    if not form.is_valid():
        return render(
            request,
            "organisations/services/maintained_change.html",
            _change_context(request, service, form, _maintainer_form(service)),
            status=422,
        )
    maintenance.set_room(
        service=service,
        capacity=form.cleaned_data["capacity"],
        waiting_weeks=form.cleaned_data["waiting_weeks"],
        by=user,
        today=local_date(timezone.now()),
    )
    messages.success(request, _("{name}: opgeslagen.").format(name=service.name))
    return redirect(f"{reverse('services_kept')}#aanbod-{service.slug}")


@require_http_methods(["GET", "POST"])
@needs(Permission.BE_STAFF)
def change(request: HttpRequest, slug: str) -> HttpResponse:
    """Change who keeps a service and its website; room and waiting time stand beside it."""
    service = _own(request, slug)
    _partnership, user = here(request)
    form = _maintainer_form(service, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            maintenance.change(
                service=service,
                keeper=form.cleaned_data["keeper"],
                url=form.cleaned_data["url"],
                by=user,
                today=local_date(timezone.now()),
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("{name}: opgeslagen.").format(name=service.name))
            return redirect("services_kept")
    return render(
        request,
        "organisations/services/maintained_change.html",
        _change_context(request, service, _room_form(service), form),
        status=422 if form.is_bound and not form.is_valid() else 200,
    )


def _change_context(
    request: HttpRequest, service: Service, room_form: RoomForm, form: MaintainerForm
) -> dict[str, Any]:
    partnership, user = here(request)
    return {
        "service": service,
        "room": room_form,
        "form": form,
        # Administrators and coordinators change the rest in the partnership's own screens.
        "edits": user.has_perm(Permission.KEEP_OFFER, partnership),
    }


def _maintainer_form(service: Service, data: Any = None) -> MaintainerForm:
    initial = {"keeper": service.keeper_id, "url": service.url}
    return MaintainerForm(data, service=service, initial=initial)


def _own(request: HttpRequest, slug: str) -> Service:
    """Return a service of this partnership that the user keeps; 404, or 403 for another's."""
    partnership, user = here(request)
    service = get_object_or_404(
        Service.objects.select_related("organisation", "partnership"),
        partnership=partnership,
        slug=slug,
    )
    if not maintenance.may_maintain(user, partnership, service):
        raise PermissionDenied
    return service
