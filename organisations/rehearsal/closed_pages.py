"""Keep residents' pages of a rehearsing partnership to its own people."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from organisations.partnerships.models import Partnership
from organisations.rehearsal import rehearsing

# Pages without an account. Those of accounts, health and the quick exit answer everybody.
_ROOMS = ("intake.", "referrals.", "organisations.services.", "organisations.learning_sessions.")
_ALWAYS = ("/snel-weg/",)


def refusal(request: HttpRequest, view: Callable[..., Any]) -> HttpResponse | None:
    """Return 503 for everybody else, on every page of a question that needs no account."""
    partnership: Partnership | None = getattr(request, "partnership", None)
    if partnership is None or partnership.rehearsing_since is None:
        return None
    if not view.__module__.startswith(_ROOMS) or request.path.startswith(_ALWAYS):
        return None
    if getattr(view, "login_required", True):
        return None
    if rehearsing.may_enter(request.user, partnership):
        return None
    response = render(request, "intake/ask/front_closed.html", status=503)
    response["Cache-Control"] = "no-store"
    return response
