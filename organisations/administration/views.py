"""Screens of the functional administrator: people and roles."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from organisations.administration.forms import FilterForm, InviteForm, RoleForm
from organisations.administration.tabs import administration_tabs
from organisations.partnerships.models import Partnership
from organisations.roles import commands as role_commands
from organisations.roles import neighbourhood_leads, proposals
from organisations.roles.decorators import here, needs
from organisations.roles.known_accounts import name_here
from organisations.roles.models import Membership, Role
from organisations.roles.permissions import Permission
from welzijn.accounts.models import User

MANAGE = Permission.MANAGE_ROLES
_WORKS_WITH_TEAMS = frozenset({Role.COORDINATOR, Role.PROFESSIONAL})


@require_GET
@needs(MANAGE)
def people(request: HttpRequest) -> HttpResponse:
    """List people with their roles."""
    partnership, _user = here(request)
    filters = FilterForm(request.GET or None, partnership=partnership)
    held = (
        Membership.objects.active()
        .filter(partnership=partnership)
        .select_related("user", "organisation", "team", "neighbourhood", "municipality")
        .order_by("user__name", "user_id", "role")
    )
    if filters.is_bound and filters.is_valid():
        wanted = filters.cleaned_data
        if wanted["zoek"]:
            held = held.filter(
                Q(user__name__icontains=wanted["zoek"]) | Q(user__email__icontains=wanted["zoek"])
            )
        if wanted["organisatie"]:
            held = held.filter(organisation=wanted["organisatie"])
        if wanted["rol"]:
            held = held.filter(role=wanted["rol"])
    return render(
        request,
        "organisations/administration/people.html",
        {
            "people": _by_person(partnership, held),
            "filters": filters,
            "without_lead": neighbourhood_leads.without(partnership, timezone.localdate()),
            "tabs": administration_tabs("people"),
        },
    )


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A person with the name to show, their roles here and the teams they work in or with."""

    user: User
    name: str
    roles: list[Membership]
    teams: list[str]
    teams_of_organisation: list[str]


def _by_person(partnership: Partnership, held: Iterable[Membership]) -> list[PersonRow]:
    """Return each person once, also where a filter shows only some of their roles."""
    found: dict[UUID, tuple[User, list[Membership]]] = {}
    for membership in held:
        found.setdefault(membership.user_id, (membership.user, []))[1].append(membership)
    own: dict[UUID, list[str]] = {}
    in_teams = Membership.objects.active().filter(partnership=partnership, team__isnull=False)
    for user_id, team in in_teams.order_by("team__name").values_list("user_id", "team__name"):
        own.setdefault(user_id, []).append(team)
    by_organisation: dict[UUID, list[str]] = {}
    teams = partnership.teams.exclude(until__lt=timezone.localdate()).order_by("name")
    for organisation_id, team in teams.values_list("organisations", "name"):
        by_organisation.setdefault(organisation_id, []).append(team)
    rows = []
    for user, roles in found.values():
        mine = list(dict.fromkeys(own.get(user.pk, [])))
        works_at = {m.organisation_id: None for m in roles if m.role in _WORKS_WITH_TEAMS}
        near = [team for one in works_at for team in by_organisation.get(one, [])]
        others = [team for team in dict.fromkeys(near) if team not in mine]
        rows.append(PersonRow(user, name_here(user, roles), roles, mine, others))
    return rows


@require_http_methods(["GET", "POST"])
@needs(MANAGE)
def invite(request: HttpRequest) -> HttpResponse:
    """Invite a new colleague with a first role."""
    partnership, user = here(request)
    form = InviteForm(request.POST or None, initial=_asked(request), partnership=partnership)
    if request.method == "POST" and form.is_valid():
        wanted = form.cleaned_data
        candidate = proposals.Candidate(wanted["email"], wanted["name"], wanted["function"])
        if confirmation := _granted(form, candidate, partnership, user):
            messages.success(request, confirmation)
            return redirect("administration_people")
    return _form_page(request, form, _("Nodig een collega uit"), _("Nodig uit"))


@require_http_methods(["GET", "POST"])
@needs(MANAGE)
def grant(request: HttpRequest, user_id: UUID) -> HttpResponse:
    """Grant another role to a colleague."""
    partnership, user = here(request)
    somebody = _colleague(partnership, user_id)
    form = RoleForm(request.POST or None, initial=_asked(request), partnership=partnership)
    if request.method == "POST" and form.is_valid():
        candidate = proposals.Candidate.of(somebody)
        if confirmation := _granted(form, candidate, partnership, user):
            messages.success(request, confirmation)
            return redirect("administration_people")
    return _form_page(request, form, _("Nieuwe rol voor een collega"), _("Geef deze rol"), somebody)


def _asked(request: HttpRequest) -> dict[str, str]:
    """Return the role whose fields are asked for."""
    return {"role": request.GET.get("role", "")}


def _granted(form: Form, candidate: proposals.Candidate, partnership: Partnership, by: User) -> str:
    """Grant or propose the role of a form; return what to say, or "" with errors in the form."""
    wanted, now = form.cleaned_data, timezone.now()
    role = Role(wanted["role"])
    try:
        with transaction.atomic():
            if role_commands.takes_two(role, reads_new=wanted["reads_new"]):
                proposals.propose(
                    candidate=candidate,
                    partnership=partnership,
                    organisation=wanted["organisation"],
                    role=role,
                    reads_new=wanted["reads_new"],
                    team=wanted["team"],
                    municipality=wanted["municipality"],
                    by=by,
                    now=now,
                )
                return _(
                    "De rol is voorgesteld. Hij geldt zodra een ander van deze organisatie hem "
                    "goedkeurt."
                )
            role_commands.grant(
                user=role_commands.account_for(
                    email=candidate.email,
                    name=candidate.name,
                    function=candidate.function,
                    partnership=partnership,
                    role=role,
                    by=by,
                    now=now,
                ),
                partnership=partnership,
                organisation=wanted["organisation"],
                role=role,
                neighbourhood=wanted["neighbourhood"],
                by=by,
                now=now,
            )
    except ValidationError as error:
        form.add_error(None, error)
        return ""
    return _("De rol is gegeven. Een nieuw account krijgt een mail.")


def _form_page(
    request: HttpRequest, form: Form, title: str, button: str, somebody: User | None = None
) -> HttpResponse:
    return render(
        request,
        "organisations/administration/form.html",
        {"form": form, "page_heading": title, "button": button, "somebody": somebody},
        status=422 if form.is_bound and not form.is_valid() else 200,
    )


def _colleague(partnership: Partnership, user_id: UUID) -> User:
    return get_object_or_404(
        User, pk=user_id, pk__in=Membership.objects.filter(partnership=partnership).values("user")
    )


@require_POST
@needs(MANAGE)
def end(request: HttpRequest, membership_id: UUID) -> HttpResponse:
    """End a role at once."""
    partnership, user = here(request)
    membership = get_object_or_404(Membership, pk=membership_id, partnership=partnership)
    try:
        role_commands.end(membership=membership, by=user, now=timezone.now())
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        confirmation = _(
            "De rol is gestopt: {name} is geen {role} meer bij {organisation}."
        ).format(
            name=name_here(membership.user, [membership]),
            role=membership.get_role_display(),
            organisation=membership.organisation,
        )
        messages.success(request, confirmation)
    return redirect("administration_people")


@require_POST
@needs(MANAGE)
def invite_again(request: HttpRequest, user_id: UUID) -> HttpResponse:
    """Send the invitation again to somebody who has not chosen a password yet."""
    partnership, user = here(request)
    somebody = _colleague(partnership, user_id)
    if somebody.has_usable_password():
        messages.info(request, _("Deze collega heeft al een wachtwoord."))
    else:
        role_commands.invite(user=somebody, partnership=partnership, by=user, now=timezone.now())
        messages.success(request, _("De uitnodiging is opnieuw verstuurd."))
    return redirect("administration_people")
