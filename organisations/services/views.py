"""Pages of services: for residents by life domain and search, for staff as a table."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from organisations.directory.capacity import count_open_work
from organisations.directory.models import PyramidLayer, Service
from organisations.front_door import configuration as front_door
from organisations.front_door.configuration import FrontDoor
from organisations.partnerships.translations import any_untranslated
from organisations.roles.decorators import here, needs
from organisations.roles.permissions import Permission
from organisations.services import catalogue, details, glossary, json_ld, maintenance
from organisations.services.forms import OfferFilter
from organisations.services.words_form import Found, WordsForm
from welzijn.core.working_days import local_date


def front_door_view(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Make a view public and pass it the host's front door; 404 on the bare host.

    Before a partnership is live only its staff see it. Not cached: which service somebody looked at
    is private.
    """

    @login_not_required
    @wraps(view)
    def opened(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        partnership = getattr(request, "partnership", None)
        if partnership is None:
            raise Http404
        try:
            door = front_door.of(partnership)
        except front_door.NotOpenError:
            raise Http404 from None
        if not partnership.live and not _is_staff(request):
            raise Http404
        partnership.reading_now = door.reads_now(timezone.now())
        response = view(request, door, *args, **kwargs)
        response["Cache-Control"] = "no-store"
        return response

    return opened


def _is_staff(request: HttpRequest) -> bool:
    return request.user.has_perm(Permission.BE_STAFF, request.partnership)  # type: ignore[attr-defined]


def _today() -> date:
    return local_date(timezone.now())


@front_door_view
@require_http_methods(["GET", "HEAD", "POST"])
def services(request: HttpRequest, door: FrontDoor) -> HttpResponse:
    """List services: for staff as a table, for residents by life domain and search.

    The search is a POST: what somebody types may be sensitive, and a URL stays in the browser's
    history and in logs. Words that may mean danger show the emergency numbers at once. The text is
    not stored.
    """
    if _is_staff(request) and "inwoner" not in request.GET and request.method != "POST":
        return _for_staff(request, door)
    found = catalogue.available_services(door, _today())
    form = WordsForm(request.POST if request.method == "POST" else None)
    heard: Found | None = None
    if form.is_bound and form.is_valid():
        heard = form.found_among(found, request.partnership, door)  # type: ignore[attr-defined]
        heard.services.sort(key=lambda one: not door.is_confirmed(one))
    counted = [(domain, len(catalogue.services_on(found, domain))) for domain in door.domains]
    return render(
        request,
        "organisations/services/index.html",
        {
            "form": form,
            "heard": heard,
            "unsure": _unsure(door),
            "nets": door.safety_nets,
            "domains": [(domain, number) for domain, number in counted if number],
            "in_dutch": any_untranslated(
                [
                    *_texts(heard.services if heard else []),
                    *(d.explanation for d, number in counted if number),
                ]
            ),
            "partnership": request.partnership,  # type: ignore[attr-defined]
        },
        status=400 if form.is_bound and not form.is_valid() else 200,
    )


def _for_staff(request: HttpRequest, door: FrontDoor) -> HttpResponse:
    """Render the table. Only practitioners see how many places are in use."""
    partnership, user = here(request)
    found = catalogue.available_services(door, _today())
    chosen = OfferFilter(request.GET or None, door=door, services=found)
    shown = chosen.matching(found)
    now = {s.key: s for s in door.services_now(count_open_work(door.partnership_id))}
    return render(
        request,
        "organisations/services/staff.html",
        {
            "filters": chosen,
            "rows": [
                (
                    service,
                    layer_words(service),
                    details.audience_words(service),
                    now[service.slug].room,
                    door.is_confirmed(service),
                )
                for service in shown
            ],
            "sees_places": request.user.has_perm(Permission.SEE_PLACES, partnership),
            "keeps_partnership": request.user.has_perm(Permission.KEEP_PARTNERSHIP, partnership),
            "keeps_services": maintenance.maintains_any(user, partnership, door),
            "total": len(found),
            "filtered": bool(request.GET),
        },
    )


@front_door_view
@require_safe
def domain(request: HttpRequest, door: FrontDoor, slug: str) -> HttpResponse:
    """List the services of one life domain, lightest layers first."""
    chosen = door.domain_by_slug.get(slug)
    if chosen is None:
        raise Http404
    found = catalogue.services_on(catalogue.available_services(door, _today()), chosen)
    groups = [
        (_NEAR_FIRST[near](), [s for s in found if (s.layer <= PyramidLayer.COMMUNITY) == near])
        for near in (True, False)
    ]
    shown = [one for _heading, group in groups for one in group]
    data = json_ld.services([(one, _address(request, one)) for one in shown])
    response = render(
        request,
        "organisations/services/domain.html",
        {
            "json_ld": json_ld.script(data),
            "domain": chosen,
            "unsure": _unsure(door),
            "groups": [(heading, group) for heading, group in groups if group],
            "texts": " ".join(s.description for s in found),
            "in_dutch": any_untranslated([chosen.explanation, *_texts(found)]),
            "partnership": request.partnership,  # type: ignore[attr-defined]
        },
    )
    return json_ld.allow(response, data)


def _address(request: HttpRequest, found: Service) -> str:
    return request.build_absolute_uri(reverse("service", args=[found.slug]))


_NEAR_FIRST: dict[bool, Callable[[], str]] = {
    True: lambda: _("Dichtbij, in de buurt"),
    False: lambda: _("Hulp van een beroepskracht"),
}


@front_door_view
@require_safe
def service(request: HttpRequest, door: FrontDoor, slug: str) -> HttpResponse:
    """Show one service: organisation, audience, neighbourhoods and waiting time."""
    found = next((s for s in catalogue.available_services(door, _today()) if s.slug == slug), None)
    if found is None:
        raise Http404
    data = json_ld.service(found, url=_address(request, found))
    response = render(
        request,
        "organisations/services/service.html",
        {
            "json_ld": json_ld.script(data),
            "service": found,
            "rows": details.rows_of(found, door),
            "in_dutch": any_untranslated([*_texts([found]), found.organisation.description]),
            "partnership": request.partnership,  # type: ignore[attr-defined]
        },
    )
    return json_ld.allow(response, data)


def _texts(services: Iterable[Service]) -> Iterator[str]:
    return (service.description for service in services)


def _unsure(door: FrontDoor) -> set[UUID]:
    """Return the services that nobody confirmed for too long."""
    return {one.pk for one in door.services if not door.is_confirmed(one)}


@needs(Permission.BE_STAFF)
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """Show life domains by layer, with gaps and overlaps."""
    partnership = request.partnership  # type: ignore[attr-defined]
    door = front_door.of(partnership)
    found = catalogue.available_services(door, _today())
    return render(
        request,
        "organisations/services/overview.html",
        {
            "rows": catalogue.overview(door, found),
            "layers": [(layer.value, layer.label) for layer in PyramidLayer],
            "places": door.places,
            "picture": catalogue.by_place(door, found),
            "agreements": partnership.offeragreements.filter(ended_on=None).count(),
        },
    )


@front_door_view
@require_safe
def words(request: HttpRequest, door: FrontDoor) -> HttpResponse:
    """Show the glossary of the partnership."""
    terms = glossary.terms_of(request.partnership)  # type: ignore[attr-defined]
    if not terms:
        raise Http404
    return render(
        request,
        "organisations/services/words.html",
        {"terms": terms, "in_dutch": any_untranslated(term.meaning for term in terms)},
    )


def layer_words(service: Service) -> str:
    """Return the number and name of a service's layer."""
    return f"{service.layer}. {PyramidLayer(service.layer).label}"
