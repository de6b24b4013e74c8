"""The screen of what sweeps set aside."""

from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from organisations.administration import stuck_rows
from organisations.administration.tabs import administration_tabs
from organisations.partnerships.models import Partnership
from organisations.roles.decorators import needs
from organisations.roles.permissions import Permission


@require_GET
@needs(Permission.MANAGE_ROLES)
def stuck(request: HttpRequest) -> HttpResponse:
    """List what the system could not do, and when it tries again."""
    partnership = cast(Partnership, request.partnership)  # type: ignore[attr-defined]
    return render(
        request,
        "organisations/administration/stuck.html",
        {"stuck": stuck_rows.of(partnership), "tabs": administration_tabs("stuck")},
    )
