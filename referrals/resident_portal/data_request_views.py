"""Requests of residents for access or erasure, at /beheer/inzage/verzoeken/."""

from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from intake.questions.status import WrongMomentError
from organisations.roles.decorators import here, needs
from organisations.roles.permissions import Permission
from referrals.privacy.models import DataRequest
from referrals.privacy.officer_log import record_look
from referrals.privacy.views import officer_of, tabs
from referrals.resident_portal import data_export, data_requests
from referrals.resident_portal.data_export_views import as_file
from referrals.resident_portal.data_request_forms import RefuseForm, RequestForm
from welzijn.audit.models import AccessEvent
from welzijn.audit.reasons import Reason


@never_cache
@require_http_methods(["GET", "POST"])
@needs(Permission.SAMPLE_LOG)
def index(request: HttpRequest) -> HttpResponse:
    """Show the requests, those that are due first; record one."""
    partnership, user = here(request)
    form = RequestForm(request.POST if request.method == "POST" else None, partnership=partnership)
    if form.is_bound and form.is_valid():
        assert form.question is not None
        received = data_requests.receive(
            question=form.question,
            kind=DataRequest.Kind(form.cleaned_data["kind"]),
            proof=DataRequest.Proof(form.cleaned_data["proof"]),
            received_on=form.cleaned_data["received_on"],
            by=user,
            now=timezone.now(),
        )
        return redirect("data_request", received.pk)
    _look(request, AccessEvent.Action.LIST, Reason.DATA_REQUEST_READ)
    known = DataRequest.objects.filter(partnership=partnership).select_related("question")
    return render(
        request,
        "referrals/resident_portal/data_requests.html",
        {
            "tabs": tabs("data_requests"),
            "form": form,
            "waiting": known.filter(status=DataRequest.Status.OPEN),
            "answered": known.exclude(status=DataRequest.Status.OPEN).order_by("-answered_at"),
        },
        status=422 if form.is_bound else 200,
    )


@never_cache
@require_http_methods(["GET", "POST"])
@needs(Permission.SAMPLE_LOG)
def one(request: HttpRequest, data_request_id: UUID) -> HttpResponse:
    """Answer one request: the file, erasing, or a refusal with its reason."""
    partnership, user = here(request)
    received = get_object_or_404(
        DataRequest.objects.select_related("question", "answered_by"),
        pk=data_request_id,
        partnership=partnership,
    )
    now = timezone.now()
    choice = request.POST.get("wat", "")
    form = RefuseForm(request.POST if choice == "weiger" else None)
    try:
        if choice == "inzage":
            parts = data_requests.give_access(
                received=received, by=user, member=officer_of(user, partnership), now=now
            )
            page = render_to_string(
                "referrals/resident_portal/download_file.html",
                {"parts": data_export.as_sections(parts), "partnership": partnership},
                request,
            )
            return as_file(page, "text/html", "html")
        if choice == "wis":
            with transaction.atomic():
                _look(request, AccessEvent.Action.CHANGE, Reason.DATA_REQUEST_HANDLED)
                data_requests.erase(received=received, by=user, now=now)
            messages.success(request, _("Gewist. Het bewijs staat bij Wat is gewist."))
            return redirect("data_requests")
        if form.is_bound and form.is_valid():
            with transaction.atomic():
                _look(request, AccessEvent.Action.CHANGE, Reason.DATA_REQUEST_HANDLED, received)
                data_requests.refuse(
                    received=received, reason=form.cleaned_data["reason"], by=user, now=now
                )
            messages.success(request, _("Vastgelegd."))
            return redirect("data_requests")
    except WrongMomentError as error:
        messages.error(request, str(error))
        return redirect("data_request", received.pk)
    _look(request, AccessEvent.Action.READ, Reason.DATA_REQUEST_READ, received)
    return render(
        request,
        "referrals/resident_portal/data_request.html",
        {"asked": received, "form": form},
        status=422 if form.is_bound else 200,
    )


def _look(
    request: HttpRequest,
    action: AccessEvent.Action,
    reason: Reason,
    received: DataRequest | None = None,
) -> None:
    """Record what the officer does with requests; of one request its asker reads it too."""
    partnership, user = here(request)
    record_look(
        officer=user,
        member=officer_of(user, partnership),
        action=action,
        what="data request",
        reason=reason,
        now=timezone.now(),
        question=received.question if received else None,
    )
