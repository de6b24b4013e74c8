"""The offer: for everybody by life domain and by words, for staff with layers, room and gaps."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from organisations.directory.capacity import how_busy
from organisations.directory.models import PyramidLayer, Service
from organisations.front_door import configuration as front_door
from organisations.front_door.configuration import FrontDoor
from organisations.partnerships.translations import any_in_dutch, spoken
from organisations.roles.decorators import needs
from organisations.roles.permissions import Permission
from organisations.routing.facts import AGE_BANDS
from organisations.services import catalogue, glossary, hsds
from organisations.services.forms import OfferFilter, WordsForm
from organisations.triage_hints.danger_patterns import find_danger
from welzijn.core.working_days import local_date


def at_an_open_door(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Open a view to everybody, with the front door of the host; 404 on the bare host.

    Before a partnership is open only its staff see it. Nothing is kept in a cache: which offer
    somebody looked at is nobody else's business.
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


@at_an_open_door
@require_http_methods(["GET", "HEAD", "POST"])
def services(request: HttpRequest, door: FrontDoor) -> HttpResponse:
    """What there is: for staff the whole table, for everybody life domains and a search.

    Words are sent by POST: what somebody types may say a lot about them, and an address stays
    behind in a browser's history and in logs. Words that may mean danger bring the numbers
    forward at once; nothing is kept of them, for nobody has asked us anything yet.
    """
    if _is_staff(request) and "inwoner" not in request.GET and request.method != "POST":
        return _for_staff(request, door)
    found = catalogue.offered(door, _today())
    form = WordsForm(request.POST if request.method == "POST" else None)
    results: list[Service] | None = None
    danger = False
    if form.is_bound and form.is_valid():
        results = catalogue.search(found, form.cleaned_data["words"])
        danger = find_danger(form.cleaned_data["words"]) is not None
    counted = [(domain, len(catalogue.about(found, domain))) for domain in door.domains]
    return render(
        request,
        "organisations/services/index.html",
        {
            "form": form,
            "results": results,
            "danger": danger,
            "domains": [(domain, number) for domain, number in counted if number],
            "in_dutch": any_in_dutch(
                [*_texts(results or []), *(d.explanation for d, number in counted if number)]
            ),
            "partnership": request.partnership,  # type: ignore[attr-defined]
        },
        status=400 if form.is_bound and not form.is_valid() else 200,
    )


def _for_staff(request: HttpRequest, door: FrontDoor) -> HttpResponse:
    """The whole table. Who helps nobody sees whether there is room, and not how many go there."""
    found = catalogue.offered(door, _today())
    chosen = OfferFilter(request.GET or None, door=door, services=found)
    shown = chosen.matching(found)
    now = {s.key: s for s in door.services_now(how_busy(door.partnership_id))}
    return render(
        request,
        "organisations/services/staff.html",
        {
            "filters": chosen,
            "rows": [
                (service, layer_words(service), audience_words(service), now[service.slug].room)
                for service in shown
            ],
            "sees_places": request.user.has_perm(Permission.SEE_PLACES, request.partnership),  # type: ignore[attr-defined]
            "total": len(found),
            "filtered": bool(request.GET),
        },
    )


@at_an_open_door
@require_safe
def domain(request: HttpRequest, door: FrontDoor, slug: str) -> HttpResponse:
    """What there is on one life domain, closest to home first."""
    chosen = door.domain_by_slug.get(slug)
    if chosen is None:
        raise Http404
    found = catalogue.about(catalogue.offered(door, _today()), chosen)
    groups = [
        (_NEAR_FIRST[near](), [s for s in found if (s.layer <= PyramidLayer.COMMUNITY) == near])
        for near in (True, False)
    ]
    return render(
        request,
        "organisations/services/domain.html",
        {
            "domain": chosen,
            "groups": [(heading, group) for heading, group in groups if group],
            "texts": " ".join(s.description for s in found),
            "in_dutch": any_in_dutch([chosen.explanation, *_texts(found)]),
            "partnership": request.partnership,  # type: ignore[attr-defined]
        },
    )


_NEAR_FIRST: dict[bool, Callable[[], str]] = {
    True: lambda: _("Dichtbij, in de buurt"),
    False: lambda: _("Met hulp van iemand die het vak kent"),
}


@at_an_open_door
@require_safe
def service(request: HttpRequest, door: FrontDoor, slug: str) -> HttpResponse:
    """One offer: what it is, of whom, for whom, where, and how long the wait is."""
    found = next((s for s in catalogue.offered(door, _today()) if s.slug == slug), None)
    if found is None:
        raise Http404
    return render(
        request,
        "organisations/services/service.html",
        {
            "service": found,
            "rows": _told(found, door),
            "in_dutch": any_in_dutch([*_texts([found]), found.organisation.description]),
            "partnership": request.partnership,  # type: ignore[attr-defined]
        },
    )


def _texts(services: Iterable[Service]) -> Iterator[str]:
    return (service.description for service in services)


def _told(found: Service, door: FrontDoor) -> list[tuple[str, str]]:
    about = spoken(found.organisation.description).text
    who = "\n".join(filter(None, [found.organisation.name, about]))
    places = ", ".join(place.name for place in found.neighbourhoods.all())
    if found.waiting_weeks:
        wait = ngettext(
            "U wacht nu ongeveer %(weeks)s week.",
            "U wacht nu ongeveer %(weeks)s weken.",
            found.waiting_weeks,
        ) % {"weeks": found.waiting_weeks}
    elif found.capacity is None or _has_room(found, door):
        wait = _("U kunt er zo terecht.")
    else:
        wait = _("Er is nu geen plek. Stel uw vraag wel: wij kijken samen met u wat kan.")
    rows = [(_("Van wie?"), who), (_("Voor wie?"), capfirst(audience_words(found)))]
    if places:
        rows.append((_("Waar?"), places))
    return [*rows, (_("Wanneer?"), wait)]


def _has_room(found: Service, door: FrontDoor) -> bool:
    return door.service_now(found, how_busy(door.partnership_id)).has_room


@needs(Permission.BE_STAFF)
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """Life domains against layers, with gaps and overlap named."""
    door = front_door.of(request.partnership)  # type: ignore[attr-defined]
    rows = catalogue.overview(door, catalogue.offered(door, _today()))
    return render(
        request,
        "organisations/services/overview.html",
        {"rows": rows, "layers": [(layer.value, layer.label) for layer in PyramidLayer]},
    )


@at_an_open_door
@require_safe
def words(request: HttpRequest, door: FrontDoor) -> HttpResponse:
    """The words that this partnership has agreed on."""
    terms = glossary.terms_of(request.partnership)  # type: ignore[attr-defined]
    if not terms:
        raise Http404
    return render(
        request,
        "organisations/services/words.html",
        {"terms": terms, "in_dutch": any_in_dutch(term.meaning for term in terms)},
    )


@at_an_open_door
@require_safe
def as_hsds(request: HttpRequest, door: FrontDoor) -> HttpResponse:
    """The offer for other systems, as a page of HSDS."""
    found = catalogue.offered(door, _today())
    response = JsonResponse(
        hsds.page(request.partnership, found),  # type: ignore[attr-defined]
        json_dumps_params={"ensure_ascii": False},
    )
    response["HSDS-Version"] = hsds.VERSION
    return response


def layer_words(service: Service) -> str:
    """The layer of the pyramid as staff read it."""
    return f"{service.layer}. {PyramidLayer(service.layer).label}"


def audience_words(service: Service) -> str:
    """For whom it is; neighbouring age bands become one: '12 tot en met 26 jaar'."""
    bands = [band for band in AGE_BANDS if band in service.audience]
    if not bands or len(bands) == len(AGE_BANDS):
        return _("iedereen")
    order = list(AGE_BANDS)
    spans: list[list[str]] = []
    for band in bands:
        if spans and order.index(band) == order.index(spans[-1][-1]) + 1:
            spans[-1].append(band)
        else:
            spans.append([band])
    return _(" en ").join(_span(span[0], span[-1]) for span in spans)


def _span(first: str, last: str) -> str:
    youngest = first.rstrip("+").split("-")[0]
    if last.endswith("+"):
        return _("{age} jaar en ouder").format(age=youngest)
    oldest = last.split("-")[1]
    if youngest == "0":
        return _("tot en met {age} jaar").format(age=oldest)
    return _("{first} tot en met {last} jaar").format(first=youngest, last=oldest)
