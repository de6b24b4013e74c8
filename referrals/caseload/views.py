"""Screens of the coordinator and the wijkaanjager: the list, one question, the balance."""

from collections.abc import Sequence
from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from intake.questions.models import Question
from intake.questions.status import WrongMomentError
from organisations.directory.models import Team
from organisations.front_door import configuration as front_door
from organisations.partnerships.models import Neighbourhood, Partnership
from organisations.roles.decorators import needs
from organisations.roles.models import Membership, Role
from organisations.roles.permissions import Permission, roles_at
from referrals.caseload import balance, listing
from referrals.caseload.forms import AssignForm, CaseloadFilter, DivideForm, MoveForm
from referrals.casework import assign as casework_assign
from referrals.casework_base.acting_membership import NotAllowedError
from referrals.routing_review.models import Correction
from welzijn.accounts.models import User
from welzijn.design_system.templatetags.look import moment

SEE = Permission.SEE_CASELOAD
_FILTERS = ("zoek", "status", "organisatie", "wijk", "leefgebied", "ingang", "laat", "wie")


def _here(request: HttpRequest) -> tuple[Partnership, User]:
    return cast(Partnership, request.partnership), cast(User, request.user)  # type: ignore[attr-defined]


@require_GET
@never_cache
@needs(SEE)
def index(request: HttpRequest) -> HttpResponse:
    """The open work of the whole partnership; filters, orders, searches, pages."""
    partnership, user = _here(request)
    filters = CaseloadFilter(request.GET, partnership=partnership)
    page = listing.show(
        user=user,
        partnership=partnership,
        wanted=filters.wanted(after=request.GET.get("na", ""), before=request.GET.get("voor", "")),
        now=timezone.now(),
    )
    return render(
        request,
        "referrals/caseload/index.html",
        {
            "page": page,
            "calendar": page.calendar,
            "filters": filters,
            "chips": _chips(request, filters),
            "tabs": _tabs("index"),
            **_links(request, page),
        },
    )


@require_GET
@never_cache
@needs(SEE)
def balance_page(request: HttpRequest) -> HttpResponse:
    """How the open work is spread over organisations and people."""
    partnership, user = _here(request)
    return render(
        request,
        "referrals/caseload/balance.html",
        {
            "balance": balance.of(user=user, partnership=partnership, now=timezone.now()),
            "tabs": _tabs("balance"),
        },
    )


@require_GET
@never_cache
@needs(SEE)
def one(request: HttpRequest, question_id: UUID) -> HttpResponse:
    """One question without the person: where it is, why, and the ways to assign or move it."""
    partnership, user = _here(request)
    return _one(request, _listed(user, partnership, question_id))


@require_POST
@needs(SEE)
def assign_to(request: HttpRequest, question_id: UUID) -> HttpResponse:
    """Give it to a colleague of whoever leads."""
    partnership, user = _here(request)
    question = _listed(user, partnership, question_id)
    form = AssignForm(request.POST, question=question)
    if form.is_valid():
        try:
            casework_assign.assign(
                question=question, to=form.cleaned_data["to"], by=user, now=timezone.now()
            )
        except (NotAllowedError, WrongMomentError) as error:
            form.add_error(None, str(error))
        else:
            name = form.cleaned_data["to"].name
            messages.success(request, _("Toegewezen aan {name}.").format(name=name))
            return redirect("caseload_one", question.pk)
    return _one(request, question, assigning=form)


@require_POST
@needs(SEE)
def move(request: HttpRequest, question_id: UUID) -> HttpResponse:
    """Give it another lead, with a reason."""
    partnership, user = _here(request)
    question = _listed(user, partnership, question_id)
    form = MoveForm(request.POST, question=question)
    if form.is_valid():
        try:
            moved = casework_assign.move_lead(
                question=question,
                to=form.organisation(),
                by=user,
                now=timezone.now(),
                ground=form.ground_given(),
                why=Correction.Why(form.cleaned_data["why"]),
            )
        except (NotAllowedError, WrongMomentError) as error:
            form.add_error(None, str(error))
        else:
            who = moved.lead_team or moved.lead
            messages.success(request, _("Verplaatst. De vraag ligt nu bij {who}.").format(who=who))
            return redirect("caseload_one", question.pk)
    return _one(request, question, moving=form)


@require_http_methods(["GET", "POST"])
@needs(SEE)
def divide(request: HttpRequest, worker_id: UUID) -> HttpResponse:
    """All of a colleague's work to another, in one step: somebody is ill or leaves."""
    partnership, user = _here(request)
    worker = get_object_or_404(
        User.objects.filter(
            pk__in=Membership.objects.filter(partnership=partnership).values("user")
        ),
        pk=worker_id,
    )
    form = DivideForm(request.POST or None, worker=worker, partnership=partnership)
    if request.method == "POST" and form.is_valid():
        try:
            handed = casework_assign.hand_on_everything(
                worker=worker,
                to=form.cleaned_data["to"],
                partnership=partnership,
                by=user,
                now=timezone.now(),
            )
        except NotAllowedError as error:
            form.add_error(None, str(error))
        else:
            messages.success(
                request,
                ngettext("{n} vraag verdeeld.", "{n} vragen verdeeld.", handed).format(n=handed),
            )
            return redirect("caseload_balance")
    open_ones = (
        Question.objects.listed_for(user)
        .filter(partnership=partnership, assigned_to=worker)
        .open()
        .count()
    )
    return render(
        request,
        "referrals/caseload/divide.html",
        {"form": form, "worker": worker, "number": open_ones},
    )


@require_GET
@never_cache
@needs(Permission.SEE_NEIGHBOURHOOD)
def neighbourhood(request: HttpRequest) -> HttpResponse:
    """One neighbourhood: its open work, its team. One's own first."""
    partnership, user = _here(request)
    places = _own_places(user, partnership)
    slug = request.GET.get("wijk", "")
    if slug and slug not in {place.slug for place in places}:
        raise Http404
    place = next((p for p in places if p.slug == slug), places[0] if places else None)
    if place is None:
        raise Http404
    now = timezone.now()
    wanted = listing.Wanted(
        neighbourhood=place.slug,
        after=request.GET.get("na", ""),
        before=request.GET.get("voor", ""),
    )
    page = listing.show(user=user, partnership=partnership, wanted=wanted, now=now, screen="wijk")
    return render(
        request,
        "referrals/caseload/neighbourhood.html",
        {
            "place": place,
            "tabs": [
                {"label": p.name, "url": f"?wijk={p.slug}", "current": p.pk == place.pk}
                for p in places
            ],
            "page": page,
            "calendar": page.calendar,
            "teams": _teams(partnership, place),
            "coordinates": any(m.role == Role.COORDINATOR for m in roles_at(user, partnership)),
            **_links(request, page),
        },
    )


def _own_places(user: User, partnership: Partnership) -> list[Neighbourhood]:
    """A wijkaanjager's own neighbourhoods first; a coordinator's are all of them."""
    mine = roles_at(user, partnership)
    own = {m.neighbourhood_id for m in mine if m.role == Role.NEIGHBOURHOOD_LEAD}
    found = partnership.neighbourhoods.order_by("name")
    if not any(m.role == Role.COORDINATOR for m in mine):
        found = found.filter(pk__in=[pk for pk in own if pk])
    return sorted(found, key=lambda place: place.pk not in own)


def _teams(partnership: Partnership, place: Neighbourhood) -> list[tuple[Team, Sequence[str]]]:
    """The teams that work there, each with its people and their organisations."""
    teams = list(partnership.teams.filter(neighbourhoods=place, until__isnull=True))
    members = (
        Membership.objects.active()
        .filter(team__in=teams)
        .select_related("user", "organisation")
        .order_by("user__name")
    )
    return [
        (team, [f"{m.user.name}, {m.organisation}" for m in members if m.team_id == team.pk])
        for team in teams
    ]


def _listed(user: User, partnership: Partnership, question_id: UUID) -> Question:
    """A question that this user may see the row of; else 404."""
    return get_object_or_404(
        Question.objects.listed_for(user)
        .filter(partnership=partnership)
        .select_related("partnership__triage_team", "lead", "lead_team", "assigned_to")
        .select_related("neighbourhood", "service")
        .defer("words", "opening_answers", "result_words", "search"),
        pk=question_id,
    )


def _one(
    request: HttpRequest,
    question: Question,
    *,
    assigning: AssignForm | None = None,
    moving: MoveForm | None = None,
) -> HttpResponse:
    partnership, user = _here(request)
    decision = question.decisions.select_related("rule_set", "organisation", "team").last()
    return render(
        request,
        "referrals/caseload/one.html",
        {
            "question": question,
            "calendar": front_door.of(partnership).calendar,
            "domains": [d.name for d in question.life_domains.all()],
            "decision": decision,
            "readable": Question.objects.visible_to(user).filter(pk=question.pk).exists(),
            "steps": [
                {
                    "when": moment(entry.at),
                    "title": entry.get_kind_display(),
                    "who": entry.organisation,
                }
                for entry in question.timeline.select_related("organisation").defer("text", "note")[
                    :30
                ]
            ],
            "assigning": assigning or AssignForm(question=question),
            "moving": moving or MoveForm(question=question),
        },
        status=400 if assigning or moving else 200,
    )


def _tabs(current: str) -> list[dict[str, Any]]:
    return [
        {"label": _("Lijst"), "url": "/caseload/", "current": current == "index"},
        {"label": _("Verdeling"), "url": "/caseload/verdeling/", "current": current == "balance"},
    ]


def _links(request: HttpRequest, page: listing.Page) -> dict[str, str]:
    """The addresses of the neighbouring pages, with all filters kept."""
    query = request.GET.copy()
    links = {}
    for name, parameter, key in (
        ("next_url", "na", page.after),
        ("previous_url", "voor", page.before),
    ):
        query.pop("na", None)
        query.pop("voor", None)
        if key:
            query[parameter] = key
            links[name] = f"?{query.urlencode()}"
    return links


def _chips(request: HttpRequest, filters: CaseloadFilter) -> list[tuple[str, str]]:
    """The filters that are on, each with the address that leaves it out."""
    partnership, _user = _here(request)
    filters.is_valid()
    chips = []
    for name in _FILTERS:
        value = filters.cleaned_data.get(name)
        if not value:
            continue
        query = request.GET.copy()
        for gone in (name, "na", "voor"):
            query.pop(gone, None)
        chips.append((_chip(partnership, filters, name, value), f"?{query.urlencode()}"))
    return chips


def _chip(partnership: Partnership, filters: CaseloadFilter, name: str, value: Any) -> str:
    if name == "wie":
        mine = Membership.objects.filter(user=value, partnership=partnership)
        found = mine.select_related("user").first()
        return found.user.name if found else _("medewerker")
    field = filters.fields[name]
    choices = dict(getattr(field, "choices", ()))
    return f"{field.label}: {choices.get(value, value)}"
