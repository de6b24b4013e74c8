"""Leaving: wipe what was typed, or exit at once. Both work without the database."""

from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from intake.ask import draft
from intake.ask.views.guards import not_stored

# An unsuspicious page. No referrer is sent, so it learns nothing.
NEUTRAL_PAGE = "https://www.buienradar.nl/"


@login_not_required
@csrf_exempt  # must also work from an old page; the draft's cookie is SameSite=Lax
@require_http_methods(["GET", "POST"])
def quick_exit(request: HttpRequest) -> HttpResponse:
    """Wipe what was typed, close the question that was open, and go to a neutral page.

    Answers 200 with a Refresh header, because the CSP's form-action forbids a redirect to another
    site. Works while the database is down. A GET, which is what Back asks for afterwards
    (static/scripts/resident.js), only leads away: a browser may ask for it by itself.
    """
    response = render(request, "intake/ask/away.html", {"neutral": NEUTRAL_PAGE})
    response["Refresh"] = f"0; url={NEUTRAL_PAGE}"
    return not_stored(response) if request.method == "GET" else _forgetting(request, response)


@login_not_required
@csrf_exempt  # as above
@require_http_methods(["GET", "POST"])
def wipe(request: HttpRequest) -> HttpResponse:
    """Confirm (GET) and then (POST) wipe what was typed and close the open question."""
    if request.method == "GET":
        return not_stored(render(request, "intake/ask/wipe.html"))
    return _forgetting(request, redirect("wiped"))


@login_not_required
@require_safe
def wiped(request: HttpRequest) -> HttpResponse:
    """Say that it is wiped, and what remains."""
    return not_stored(render(request, "intake/ask/wiped.html"))


def _forgetting(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Delete the draft and the session, and leave no cookie in the browser."""
    try:
        draft.wipe(request, response)
        request.session.flush()
    except DatabaseError:
        # Without the cookies, which held the only keys, neither the draft nor the session can be
        # opened; the sweeps delete them.
        request.session = type(request.session)()
    # A new token would be a new cookie.
    request.META.pop("CSRF_COOKIE_NEEDS_UPDATE", None)
    for name in request.COOKIES:
        response.delete_cookie(name, samesite="Lax")
    # Also what another page of this site has set meanwhile. Not "cache": all pages are no-store,
    # and Chromium shows the answer only after it went through its whole cache.
    response["Clear-Site-Data"] = '"cookies", "storage"'
    return not_stored(response)
