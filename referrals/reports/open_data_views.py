"""Open data: the catalogue and its files, for everybody, where the municipality chose so."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from organisations.partnerships.models import Partnership
from referrals.reports import open_data
from welzijn.core import csv_export

_SECONDS = 3600
_Open = list[open_data.Dataset]


def _public(view: Callable[..., HttpResponse]) -> Any:
    """Open a view to everybody and to the pages of others; 404 where nothing is open."""

    @login_not_required
    @require_safe
    @wraps(view)
    def opened(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        partnership: Partnership | None = getattr(request, "partnership", None)
        found = open_data.datasets(partnership) if partnership else []
        if not found:
            raise Http404
        response = view(request, partnership, found, **kwargs)
        response["Access-Control-Allow-Origin"] = "*"
        response["Cache-Control"] = f"public, max-age={_SECONDS}"
        return response

    return opened


@_public
def catalogue(request: HttpRequest, partnership: Partnership, found: _Open) -> HttpResponse:
    """Describe what is open, in DCAT-AP as JSON-LD."""
    base = request.build_absolute_uri(reverse("open_data"))
    return JsonResponse(
        open_data.catalogue(partnership, found, base),
        content_type="application/ld+json",
        json_dumps_params={"ensure_ascii": False, "indent": 1},
    )


@_public
def dataset(
    request: HttpRequest,
    partnership: Partnership,
    found: list[open_data.Dataset],
    *,
    municipality_code: str,
) -> HttpResponse:
    """Return every published figure of a municipality, a figure a line."""
    del request
    one = next((one for one in found if one.code == municipality_code), None)
    if one is None:
        raise Http404
    name = f"{partnership.slug}-{one.code}.csv"
    return csv_export.response(name, open_data.rows(partnership, one))
