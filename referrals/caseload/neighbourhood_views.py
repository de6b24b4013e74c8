"""The page of one neighbourhood, for its neighbourhood lead (wijkaanjager) and coordinators."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from organisations.directory.models import Team
from organisations.learning_sessions import schedule
from organisations.learning_sessions.permissions import reach
from organisations.partnerships.models import Neighbourhood, Partnership
from organisations.roles import neighbourhood_leads
from organisations.roles.decorators import here, needs
from organisations.roles.models import Membership, Role
from organisations.roles.permissions import Permission, roles_at
from referrals.caseload import inflow, listing
from referrals.caseload.filter_form import NeighbourhoodFilterForm
from referrals.caseload.links import page_links
from referrals.follow_ups import unjudged
from welzijn.accounts.models import User
from welzijn.audit.reasons import Reason

# The next learning sessions on the page; the rest is in the list of all.
SESSIONS, SESSIONS_AHEAD = 3, timedelta(days=62)


@require_GET
@never_cache
@needs(Permission.SEE_NEIGHBOURHOOD)
def neighbourhood(request: HttpRequest) -> HttpResponse:
    """Show the open work and the teams of one neighbourhood; the user's own come first."""
    partnership, user = here(request)
    places = _places_of(user, partnership)
    slug = request.GET.get("wijk", "")
    if slug and slug not in {place.slug for place in places}:
        raise Http404
    place = next((p for p in places if p.slug == slug), places[0] if places else None)
    if place is None:
        raise Http404
    now = timezone.now()
    form = NeighbourhoodFilterForm(request.GET, partnership=partnership)
    filters = replace(
        form.filters(after=request.GET.get("na", ""), before=request.GET.get("voor", "")),
        neighbourhood=place.slug,
    )
    page = listing.show(
        user=user, partnership=partnership, filters=filters, now=now, screen=Reason.NEIGHBOURHOOD
    )
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
            "filters": form,
            "shares": inflow.shares(partnership=partnership, place=place, now=now),
            "unjudged": unjudged.listed(user, partnership, timezone.localdate(now)),
            "calendar": page.calendar,
            "teams": _teams(partnership, place),
            "leads": neighbourhood_leads.of(place.pk, timezone.localdate(now)),
            "without_lead": neighbourhood_leads.without(partnership, timezone.localdate(now)),
            "sessions": [
                one
                for one in schedule.upcoming(
                    partnership=partnership,
                    neighbourhoods=[place],
                    calendar=page.calendar,
                    now=now,
                    ahead=SESSIONS_AHEAD,
                )
                if one.neighbourhood_id == place.pk
            ][:SESSIONS],
            "arranges": reach(user, partnership).covers(place.pk),
            "coordinates": any(m.role == Role.COORDINATOR for m in roles_at(user, partnership)),
            **page_links(request.GET, page),
        },
    )


def _places_of(user: User, partnership: Partnership) -> list[Neighbourhood]:
    """Return the neighbourhoods a user may open, their own first; for a coordinator all."""
    memberships = roles_at(user, partnership)
    own = {m.neighbourhood_id for m in memberships if m.role == Role.NEIGHBOURHOOD_LEAD}
    places = partnership.neighbourhoods.order_by("name")
    if not any(m.role == Role.COORDINATOR for m in memberships):
        places = places.filter(pk__in=[pk for pk in own if pk])
    return sorted(places, key=lambda place: place.pk not in own)


def _teams(partnership: Partnership, place: Neighbourhood) -> list[tuple[Team, Sequence[str]]]:
    """Return the teams that work there, each with its members and their organisations."""
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
