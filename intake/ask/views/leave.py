"""Leaving: wipe what was typed, or be gone at once. Both need no time, no code and no database."""

from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from intake.ask import draft
from intake.ask.views.door import not_stored
from intake.resident_access import code_entry

# A page that anybody may have been looking at. It learns nothing: no referrer is sent.
NEUTRAL_PAGE = "https://www.buienradar.nl/"


@login_not_required
@csrf_exempt  # an old page must never hold somebody back; the draft's cookie is SameSite=Lax
@require_http_methods(["GET", "POST"])
def quick_exit(request: HttpRequest) -> HttpResponse:
    """Wipe what was typed, close the question that stood open here, and go to a neutral page.

    Answers 200 with a Refresh header: a redirect to another site would be a form's target, which
    the Content-Security-Policy keeps to ourselves. Works while the database is down.
    """
    if request.method == "GET":
        return redirect("front_door")
    response = render(request, "intake/ask/away.html", {"neutral": NEUTRAL_PAGE})
    response["Refresh"] = f"0; url={NEUTRAL_PAGE}"
    _forget(request, response)
    return not_stored(response)


@login_not_required
@csrf_exempt  # as above
@require_http_methods(["GET", "POST"])
def wipe(request: HttpRequest) -> HttpResponse:
    """Ask (GET) or do it (POST): forget what was typed and what stood open in this browser."""
    if request.method == "GET":
        return not_stored(render(request, "intake/ask/wipe.html"))
    response = redirect("wiped")
    _forget(request, response)
    return not_stored(response)


@login_not_required
@require_safe
def wiped(request: HttpRequest) -> HttpResponse:
    """That it is gone, and what does stay."""
    return not_stored(render(request, "intake/ask/wiped.html"))


def _forget(request: HttpRequest, response: HttpResponse) -> None:
    try:
        draft.wipe(request, response)
        code_entry.forget(request)
    except DatabaseError:
        # The key was only in this browser: without its cookie the draft can't be read any more,
        # and the sweep removes it within the hour.
        response.delete_cookie(draft.COOKIE, samesite="Lax")
