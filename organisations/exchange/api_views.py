"""The HSDS API: public, read-only, paged as its OpenAPI profile says.

Parameters that the profile defines and that can't be read are answered with 400 and a reason.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeVar
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.timezone import is_naive, make_aware
from django.views.decorators.http import require_safe

from organisations.directory.models import Service
from organisations.exchange import hsds_models as hsds
from organisations.exchange.hsds_locations import at_locations
from organisations.exchange.hsds_writing import Directory, written
from organisations.exchange.openapi import document
from organisations.front_door.configuration import FrontDoor
from organisations.partnerships.models import Partnership
from organisations.services.catalogue import search
from organisations.services.views import front_door_view

T = TypeVar("T")
PER_PAGE, MOST_PER_PAGE = 50, 500
_TRUE, _FALSE = {"true", "1"}, {"false", "0", ""}


class WrongParameterError(ValueError):
    """A parameter that can't be read."""


def _api(view: Callable[..., HttpResponse]) -> Any:
    """Open a view to everybody, with the directory; answer a wrong parameter with 400."""

    @require_safe
    @front_door_view
    def opened(request: HttpRequest, door: FrontDoor, **kwargs: Any) -> HttpResponse:
        partnership: Partnership = request.partnership  # type: ignore[attr-defined]
        try:
            response = view(request, Directory(partnership, door), **kwargs)
        except WrongParameterError as error:
            response = _json({"error": str(error)}, status=400)
        response["HSDS-Version"] = hsds.VERSION
        # Public data: any site may read it.
        response["Access-Control-Allow-Origin"] = "*"
        return response

    return opened


def _json(data: Any, status: int = 200) -> JsonResponse:
    return JsonResponse(data, safe=False, status=status, json_dumps_params={"ensure_ascii": False})


@_api
def information(request: HttpRequest, _directory: Directory) -> HttpResponse:
    """Say which version and profile this API has."""
    about = hsds.ApiInformation(
        version=hsds.VERSION,
        profile=hsds.PROFILE,
        openapi_url=request.build_absolute_uri("/hsds/openapi.json"),
    )
    return _json(about.model_dump(mode="json"))


@_api
def openapi(request: HttpRequest, directory: Directory) -> HttpResponse:
    """Describe this API."""
    return _json(document(directory.partnership.name, request.build_absolute_uri("/")))


@_api
def services(request: HttpRequest, directory: Directory) -> HttpResponse:
    """List services: those that match every parameter given."""
    found = _matching(request, directory)
    if _flag(request, "minimal"):
        minimal = [hsds.MinimalService(id=s.pk, modified_date=directory.modified(s)) for s in found]
        return _page(request, minimal, lambda one: one, per_page=MOST_PER_PAGE)
    write = directory.full if _flag(request, "full") else directory.summary
    return _page(request, found, write)


@_api
def services_whole(request: HttpRequest, directory: Directory) -> HttpResponse:
    """Give all services whole on one page, at the address that was there first."""
    return _page(request, directory.services, directory.full, per_page=MOST_PER_PAGE)


@_api
def service(_request: HttpRequest, directory: Directory, id_: str) -> HttpResponse:
    """Give one service with all that hangs on it."""
    return _one(directory.services, id_, directory.full)


@_api
def organisations(request: HttpRequest, directory: Directory) -> HttpResponse:
    """List organisations."""
    found = directory.organisations
    asked = _text(request, "search").casefold()
    if asked:
        found = [o for o in found if asked in f"{o.name} {o.description}".casefold()]
    whole = _flag(request, "full_service")
    if whole or _flag(request, "full"):
        return _page(request, found, lambda one: directory.full_organisation(one, whole=whole))
    return _page(request, found, directory.organisation)


@_api
def organisation(request: HttpRequest, directory: Directory, id_: str) -> HttpResponse:
    """Give one organisation with its services."""
    whole = _flag(request, "full_service")
    return _one(
        directory.organisations, id_, lambda one: directory.full_organisation(one, whole=whole)
    )


@_api
def taxonomies(request: HttpRequest, directory: Directory) -> HttpResponse:
    """List the lists of terms."""
    return _page(request, _named(request, directory.taxonomies.values()), lambda one: one)


@_api
def taxonomy(_request: HttpRequest, directory: Directory, id_: str) -> HttpResponse:
    """Give one list of terms."""
    return _one(directory.taxonomies.values(), id_, lambda one: one)


@_api
def taxonomy_terms(request: HttpRequest, directory: Directory) -> HttpResponse:
    """List terms. No term has a parent: `top_only` gives all, `parent_id` none."""
    found = _named(request, directory.terms.values())
    of, parent = _id(request, "taxonomy_id"), _id(request, "parent_id")
    _flag(request, "top_only")
    found = [t for t in found if (of is None or t.taxonomy_id == of) and parent is None]
    return _page(request, found, lambda one: one)


@_api
def taxonomy_term(_request: HttpRequest, directory: Directory, id_: str) -> HttpResponse:
    """Give one term."""
    return _one(directory.terms.values(), id_, lambda one: one)


@_api
def service_at_locations(request: HttpRequest, directory: Directory) -> HttpResponse:
    """List services by neighbourhood: those that match every parameter given."""
    if _text(request, "proximity"):
        raise WrongParameterError("proximity: these locations have no coordinates; use postcode")
    _flag(request, "full")  # a location holds no more than the list shows
    postcode = _text(request, "postcode").replace(" ", "").upper()
    among = [place.id for place in directory.door.places_of(postcode)] if postcode else None
    found = at_locations(directory, _matching(request, directory), among)
    return _page(request, found, lambda one: one)


@_api
def service_at_location(_request: HttpRequest, directory: Directory, id_: str) -> HttpResponse:
    """Give one service at one neighbourhood."""
    return _one(at_locations(directory, directory.services), id_, lambda one: one)


def _matching(request: HttpRequest, directory: Directory) -> list[Service]:
    found = list(directory.services)
    if asked := _text(request, "search"):
        found = search(found, asked)
    term, of = _id(request, "taxonomy_term_id"), _id(request, "taxonomy_id")
    by, after = _id(request, "organization_id"), _moment(request, "modified_after")
    if by is not None:
        found = [s for s in found if s.organisation_id == by]
    if after is not None:
        found = [s for s in found if directory.modified(s) >= after]
    if term is not None or of is not None:
        found = [
            s
            for s in found
            if any(
                (term is None or one.taxonomy_term.id == term)
                and (of is None or one.taxonomy_term.taxonomy_id == of)
                for one in directory.full(s).attributes
                if one.taxonomy_term is not None
            )
        ]
    return found


def _named(request: HttpRequest, parts: Iterable[Any]) -> list[Any]:
    asked = _text(request, "search").casefold()
    return [one for one in parts if asked in f"{one.name} {one.description}".casefold()]


def _page(
    request: HttpRequest,
    found: Sequence[T],
    write: Callable[[T], hsds.Part],
    per_page: int = PER_PAGE,
) -> HttpResponse:
    size = min(_number(request, "per_page", per_page), MOST_PER_PAGE)
    number = _number(request, "page", 1)
    pages = max(1, -(-len(found) // size))
    if _text(request, "format") == "ndjson":
        lines = [json.dumps(one, ensure_ascii=False) for one in written(map(write, found))]
        return HttpResponse(
            "".join(f"{line}\n" for line in lines), content_type="application/x-ndjson"
        )
    shown = found[(number - 1) * size : number * size]
    return _json(
        {
            "total_items": len(found),
            "total_pages": pages,
            "page_number": number,
            "size": len(shown),
            "first_page": number == 1,
            "last_page": number >= pages,
            "empty": not shown,
            "contents": written(map(write, shown)),
        }
    )


def _one(parts: Iterable[T], wanted: str, write: Callable[[T], hsds.Part]) -> HttpResponse:
    for one in parts:
        if str(one.id) == wanted.lower():  # type: ignore[attr-defined]
            return _json(written([write(one)])[0])
    raise Http404(wanted)


def _text(request: HttpRequest, name: str) -> str:
    return request.GET.get(name, "").replace("\x00", "")[:300]


def _flag(request: HttpRequest, name: str) -> bool:
    given = _text(request, name).lower()
    if given not in _TRUE | _FALSE:
        raise WrongParameterError(f"{name}: true or false")
    return given in _TRUE


def _number(request: HttpRequest, name: str, default: int) -> int:
    given = _text(request, name)
    if not given:
        return default
    if not (given.isascii() and given.isdigit()) or not 1 <= int(given[:9]) <= 1_000_000:
        raise WrongParameterError(f"{name}: a whole number from 1")
    return int(given[:9])


def _id(request: HttpRequest, name: str) -> UUID | None:
    given = _text(request, name)
    try:
        return UUID(given) if given else None
    except ValueError:
        raise WrongParameterError(f"{name}: a UUID") from None


def _moment(request: HttpRequest, name: str) -> Any:
    given = _text(request, name)
    if not given:
        return None
    try:
        found = parse_datetime(given)
        if found is None and (day := parse_date(given)):
            found = parse_datetime(f"{day}T00:00:00")
    except ValueError:
        found = None
    if found is None:
        raise WrongParameterError(f"{name}: a date and time, such as 2026-11-24T09:00:00Z")
    return make_aware(found) if is_naive(found) else found
