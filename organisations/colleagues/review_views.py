"""Screens: everybody by organisation with their last sign-in, and that as a file."""

from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from organisations.colleagues import review
from organisations.roles.decorators import here, needs
from organisations.roles.permissions import Permission
from welzijn.core import csv_export, xlsx_export


@require_GET
@never_cache
@needs(Permission.MANAGE_ROLES)
def overview(request: HttpRequest) -> HttpResponse:
    """Show people by organisation: roles, last sign-in, second factor."""
    partnership, _user = here(request)
    rows = review.people(partnership)
    return render(
        request,
        "organisations/colleagues/overview.html",
        {
            "groups": [
                (name, list(group)) for name, group in groupby(rows, key=lambda r: r.organisation)
            ],
            "without_factor": sum(not row.second_factor for row in rows if not row.invited),
            "quiet": sum(row.quiet for row in rows),
            "total": len({row.user_id for row in rows}),
        },
    )


@require_POST
@never_cache
@needs(Permission.MANAGE_ROLES)
def download(request: HttpRequest) -> HttpResponse:
    """Give the overview as a file, for the yearly review."""
    partnership, _user = here(request)
    rows = review.table(review.people(partnership))
    if request.POST.get("soort") == "csv":
        return csv_export.response("mensen.csv", rows)
    return xlsx_export.response("mensen.xlsx", _("Mensen en rollen"), rows)
