"""The pages under /samenwerken/: each lists what is kept and, for who may, adds to it."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from organisations.directory.models import PyramidLayer
from organisations.learning_sessions.permissions import reach
from organisations.partnerships.models import Partnership
from organisations.roles.decorators import here, needs
from organisations.roles.permissions import Permission
from organisations.working_together import figures, rights
from organisations.working_together.forms import (
    ActionForm,
    AgreementForm,
    SuccessForm,
    TaskForm,
    TaskStateForm,
    WayForm,
)
from welzijn.accounts.models import User

STAFF = Permission.BE_STAFF
_FOLDER = "organisations/working_together"
_SHOWN = 100


def tabs(current: str) -> list[dict[str, Any]]:
    """Return the tabs, with the one named `current` marked."""
    return [
        {"label": label, "url": url, "current": name == current}
        for name, label, url in (
            ("way", _("Werkwijze"), "/samenwerken/"),
            ("agreements", _("Afspraken over aanbod"), "/samenwerken/afspraken/"),
            ("tasks", _("Taken die verschuiven"), "/samenwerken/taken/"),
            ("actions", _("Acties"), "/samenwerken/acties/"),
            ("group_work", _("Groepswerk"), "/samenwerken/groepswerk/"),
        )
    ]


def may(allowed: Callable[[User, Partnership], bool], request: HttpRequest) -> bool:
    partnership, user = here(request)
    return allowed(user, partnership)


def _require(allowed: Callable[[User, Partnership], bool], request: HttpRequest) -> None:
    if not may(allowed, request):
        raise PermissionDenied


def page(request: HttpRequest, name: str, form: Any, context: dict[str, Any]) -> HttpResponse:
    return render(
        request,
        f"{_FOLDER}/{name}.html",
        {"form": form, "tabs": tabs(name), "today": timezone.localdate(), **context},
        status=422 if form is not None and form.is_bound else 200,
    )


@require_safe
@needs(STAFF)
def way(request: HttpRequest) -> HttpResponse:
    """Show how the partners work together, and what they are glad of."""
    partnership, user = here(request)
    reaches = reach(user, partnership)
    return page(
        request,
        "way",
        None,
        {
            "partnership": partnership,
            "way": partnership.wayofworkings.select_related("by").first(),
            "successes": [
                (one, reaches.covers(one.neighbourhood_id))
                for one in partnership.sharedsuccesss.select_related("neighbourhood", "by")[:_SHOWN]
            ],
            "keeps": bool(reaches),
        },
    )


@require_http_methods(["GET", "POST"])
@needs(STAFF)
def change_way(request: HttpRequest) -> HttpResponse:
    """Write the text on the way of working; what stood there stays as a row."""
    _require(rights.keeps_way_of_working, request)
    partnership, user = here(request)
    last = partnership.wayofworkings.first()
    form = WayForm(
        request.POST if request.method == "POST" else None,
        initial={"text": last.text if last else ""},
        partnership=partnership,
        user=user,
    )
    if form.is_bound and form.is_valid():
        partnership.wayofworkings.create(text=form.cleaned_data["text"], by=user, at=timezone.now())
        messages.success(request, _("De werkwijze is opgeslagen."))
        return redirect("working_together")
    return page(request, "write", form, {"page_heading": _("Werkwijze"), "button": _("Opslaan")})


@require_http_methods(["GET", "POST"])
@needs(STAFF)
def add_success(request: HttpRequest) -> HttpResponse:
    """Share a success; a wijkaanjager of the own neighbourhood."""
    _require(rights.keeps_way_of_working, request)
    partnership, user = here(request)
    form = SuccessForm(
        request.POST if request.method == "POST" else None, partnership=partnership, user=user
    )
    if form.is_bound and form.is_valid():
        partnership.sharedsuccesss.create(**form.cleaned_data, by=user, at=timezone.now())
        messages.success(request, _("Het succes is gedeeld."))
        return redirect("working_together")
    return page(request, "write", form, {"page_heading": _("Succes delen"), "button": _("Delen")})


@require_POST
@needs(STAFF)
def remove_success(request: HttpRequest, success_id: UUID) -> HttpResponse:
    """Remove a success, by who keeps its neighbourhood."""
    partnership, user = here(request)
    found = get_object_or_404(partnership.sharedsuccesss, pk=success_id)
    if not reach(user, partnership).covers(found.neighbourhood_id):
        raise PermissionDenied
    found.delete()
    messages.success(request, _("Het succes is verwijderd."))
    return redirect("working_together")


@require_http_methods(["GET", "POST"])
@needs(Permission.SEE_CASELOAD)
def actions(request: HttpRequest) -> HttpResponse:
    """List the joint actions of the coordinators, and add one."""
    partnership, user = here(request)
    form = ActionForm(
        request.POST if request.method == "POST" else None, partnership=partnership, user=user
    )
    if form.is_bound and form.is_valid():
        partnership.jointactions.create(**form.cleaned_data, by=user, at=timezone.now())
        messages.success(request, _("De actie staat op de lijst."))
        return redirect("joint_actions")
    found = partnership.jointactions.select_related("organisation", "by")[:_SHOWN]
    return page(request, "actions", form, {"actions": found})


@require_POST
@needs(Permission.SEE_CASELOAD)
def action_done(request: HttpRequest, action_id: UUID) -> HttpResponse:
    """Tick an action off, or open it again."""
    partnership, _user = here(request)
    found = get_object_or_404(partnership.jointactions, pk=action_id)
    found.done_on = None if request.POST.get("klaar") == "nee" else timezone.localdate()
    found.save(update_fields=["done_on"])
    messages.success(
        request, _("De actie is klaar.") if found.done_on else _("De actie staat weer open.")
    )
    return redirect("joint_actions")


@require_http_methods(["GET", "POST"])
@needs(STAFF)
def agreements(request: HttpRequest) -> HttpResponse:
    """List notes and agreements on overlap and gaps; coordinators add them."""
    partnership, user = here(request)
    coordinates = may(rights.coordinates, request)
    form = None
    if coordinates:
        slug = request.GET.get("leefgebied", "")
        picked = {
            "life_domain": next(
                (d for d in partnership.life_domains.all() if d.slug == slug), None
            ),
            "layer": request.GET.get("laag", ""),
        }
        form = AgreementForm(
            request.POST if request.method == "POST" else None,
            initial={key: value for key, value in picked.items() if value},
            partnership=partnership,
            user=user,
        )
        if form.is_bound and form.is_valid():
            partnership.offeragreements.create(**form.cleaned_data, by=user, at=timezone.now())
            messages.success(request, _("Het staat erbij."))
            return redirect("offer_agreements")
    elif request.method == "POST":
        raise PermissionDenied
    found = partnership.offeragreements.filter(ended_on=None).select_related("life_domain", "by")
    shown = [(one, PyramidLayer(one.layer).label) for one in found[:_SHOWN]]
    return page(request, "agreements", form, {"agreements": shown, "coordinates": coordinates})


@require_POST
@needs(Permission.SEE_CASELOAD)
def end_agreement(request: HttpRequest, agreement_id: UUID) -> HttpResponse:
    """End a note or agreement; it stays as a row."""
    partnership, _user = here(request)
    found = get_object_or_404(partnership.offeragreements, pk=agreement_id, ended_on=None)
    found.ended_on = timezone.localdate()
    found.save(update_fields=["ended_on"])
    messages.success(request, _("Dit geldt niet meer."))
    return redirect("offer_agreements")


@require_http_methods(["GET", "POST"])
@needs(STAFF)
def movable_tasks(request: HttpRequest) -> HttpResponse:
    """List the tasks that could move to a residents' initiative, and how many stand where."""
    partnership, user = here(request)
    coordinates = may(rights.coordinates, request)
    form = None
    if coordinates:
        form = TaskForm(
            request.POST if request.method == "POST" else None, partnership=partnership, user=user
        )
        if form.is_bound and form.is_valid():
            partnership.movabletasks.create(
                **form.cleaned_data, since=timezone.localdate(), by=user, at=timezone.now()
            )
            messages.success(request, _("De taak staat erbij."))
            return redirect("movable_tasks")
    elif request.method == "POST":
        raise PermissionDenied
    found = partnership.movabletasks.select_related("service__organisation", "to")[:_SHOWN]
    return page(
        request,
        "tasks",
        form,
        {"tasks": found, "counts": figures.tasks(partnership), "coordinates": coordinates},
    )


@require_http_methods(["GET", "POST"])
@needs(Permission.SEE_CASELOAD)
def task_state(request: HttpRequest, task_id: UUID) -> HttpResponse:
    """Change how far a task is, and who takes it over."""
    partnership, user = here(request)
    found = get_object_or_404(partnership.movabletasks.select_related("service"), pk=task_id)
    form = TaskStateForm(
        request.POST if request.method == "POST" else None,
        initial={"state": found.state, "to": found.to_id},
        partnership=partnership,
        user=user,
    )
    if form.is_bound and form.is_valid():
        if found.state != form.cleaned_data["state"]:
            found.since = timezone.localdate()
        found.state, found.to = form.cleaned_data["state"], form.cleaned_data["to"]
        found.save(update_fields=["state", "to", "since"])
        messages.success(request, _("De stand is opgeslagen."))
        return redirect("movable_tasks")
    return page(request, "write", form, {"page_heading": found.what, "button": _("Opslaan")})
