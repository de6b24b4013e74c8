"""The first page, and the privacy and accessibility statements."""

from collections.abc import Callable
from datetime import date
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from intake.access_log.retention_notice import retention_notice
from intake.ask.opening_hours import availability, hours_in_words, join_words
from intake.ask.views.guards import Door, public_page, render_page
from organisations.directory.display_names import display_name
from organisations.front_door.configuration import live_partnerships
from organisations.partnerships.models import Partnership

# Of the accessibility statement; raised when it was gone through again.
STATED_ON = date(2026, 11, 30)


@login_not_required
@require_safe
def front_page(request: HttpRequest) -> HttpResponse:
    """Show the front door of the host's partnership, or on the bare host all partnerships."""
    if request.partnership is None:  # type: ignore[attr-defined]
        return render(
            request,
            "intake/ask/front_list.html",
            {"doors": [(door, _address(request, door)) for door in live_partnerships()]},
        )
    return _front_door(request)


@public_page
def _front_door(request: HttpRequest, door: Door) -> HttpResponse:
    return render(
        request,
        "intake/ask/front_door.html",
        {
            "welcome": _welcome(door.partnership),
            "partnership": door.partnership,
            "reading": availability(door.front, door.now),
            "hours": hours_in_words(door.front.hours),
        },
    )


def _welcome(partnership: Partnership) -> str:
    """Return the partnership's welcome without the question that is already the heading."""
    welcome = partnership.opening_text.strip()
    return welcome.removeprefix("Waar kunnen we u mee helpen?").strip()


def _address(request: HttpRequest, partnership: Partnership) -> str:
    """Return the URL of a partnership: its own host, or a subdomain of localhost."""
    host = request.get_host()
    name, colon, port = host.partition(":")
    if name in {"localhost", "127.0.0.1"}:
        return f"{request.scheme}://{partnership.slug}.localhost{colon}{port}/"
    return f"{request.scheme}://{partnership.hostname}/"


def statement(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Make a view of a statement public; on the bare host redirect to the list of partnerships."""

    @login_not_required
    @require_safe
    @wraps(view)
    def stated(request: HttpRequest) -> HttpResponse:
        if request.partnership is None:  # type: ignore[attr-defined]
            return redirect("front_door")
        return view(request)

    return stated


@statement
@public_page
def privacy(request: HttpRequest, door: Door) -> HttpResponse:
    """Show what is done with personal data: who, why, on which basis, how long (AVG 13)."""
    return render_page(
        request, "intake/ask/front_privacy.html", {**who_reads(door), "je": _je(request)}
    )


@statement
@public_page
def accessibility(request: HttpRequest, door: Door) -> HttpResponse:
    """Show the accessibility statement of this partnership."""
    return render_page(
        request,
        "intake/ask/front_accessibility.html",
        {"partnership": door.partnership, "je": _je(request), "stated_on": STATED_ON},
    )


def _je(request: HttpRequest) -> bool:
    """Whether the page that links here says je."""
    return bool(request.GET.get("je"))


def who_reads(door: Door) -> dict[str, Any]:
    """Return what is said before typing: who reads it, when, on which basis, kept how long."""
    triage = door.front.triage_team
    return {
        "partnership": door.partnership,
        "triage": display_name(triage.organisation, triage),
        "triage_organisations": door.front.team_organisations[triage.slug],
        "triage_names": join_words(o.name for o in door.front.team_organisations[triage.slug]),
        "legal_basis": door.partnership.legal_basis,
        "kept": retention_notice(door.partnership, door.front),
        "reading": availability(door.front, door.now),
        "hours": hours_in_words(door.front.hours),
    }
