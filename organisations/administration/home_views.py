"""The start page after signing in, one's own profile, and signing in to the demo."""

from typing import cast
from uuid import UUID

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from organisations.administration.navigation import navigation_for
from organisations.partnerships.models import Partnership
from organisations.roles.models import Membership, Role
from organisations.roles.permissions import roles_at
from welzijn.accounts.models import User


@require_GET
@never_cache
def home_for_staff(request: HttpRequest) -> HttpResponse:
    """Redirect to the first navigation entry; without a role here, list partnerships to choose."""
    user = cast(User, request.user)
    partnership: Partnership | None = getattr(request, "partnership", None)
    places = navigation_for(user, partnership)
    if partnership is not None and not partnership.live and _sets_up(user, partnership):
        return redirect("partnership_start")
    if places:
        return redirect(places[0][1])
    own = Partnership.objects.filter(
        pk__in=Membership.objects.active().filter(user=user).values("partnership")
    )
    return render(request, "organisations/administration/no_role_here.html", {"partnerships": own})


def _sets_up(user: User, partnership: Partnership) -> bool:
    """Whether somebody is setting a partnership up: its administrator, before its door opens."""
    if partnership.triage_team_id is None:
        return False
    return any(m.role == Role.ADMINISTRATOR for m in roles_at(user, partnership))


@require_GET
@never_cache
def profile(request: HttpRequest) -> HttpResponse:
    """Show name, function and roles, with links to change password or second factor."""
    user = cast(User, request.user)
    rows = [
        (_("Naam"), user.name),
        (_("Functie"), user.function or "-"),
        (_("E-mailadres"), user.email),
    ]
    memberships = roles_at(user, getattr(request, "partnership", None))
    return render(request, "account/profile.html", {"rows": rows, "memberships": memberships})


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def demo_login(request: HttpRequest) -> HttpResponse:
    """Sign in with one click. 404 outside the demo."""
    partnership: Partnership | None = getattr(request, "partnership", None)
    if not settings.WELZIJN_DEMO or partnership is None:
        raise Http404
    memberships = (
        Membership.objects.active()
        .filter(partnership=partnership)
        .select_related("user", "organisation", "team", "neighbourhood", "municipality")
        .order_by("user__name", "role")
    )
    if request.method == "POST":
        try:
            wanted = UUID(request.POST.get("user", ""))
        except ValueError:
            raise Http404 from None
        user = get_object_or_404(User, pk=wanted, pk__in=memberships.values("user"))
        login(request, user, backend="allauth.account.auth_backends.AuthenticationBackend")
        UserSession.objects.create_from_request(request)  # for the list of sessions
        return redirect("home_for_staff")
    people: dict[User, list[Membership]] = {}
    for membership in memberships:
        people.setdefault(membership.user, []).append(membership)
    return render(
        request, "organisations/administration/demo_login.html", {"people": people.items()}
    )
