"""Middleware for signed-in requests: time limits, second factor, history context."""

import time
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode, urlsplit

import pghistory
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth import REDIRECT_FIELD_NAME, logout
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from welzijn.accounts.models import User
from welzijn.accounts.sessions import LAST_SEEN_AT, PROVIDER_SECOND_FACTOR, STARTED_AT

_SESSION_OVER = "voordeur.session_over"  # why SessionTimeMiddleware ended the session of a request
_WRITE_AFTER = 60  # seconds: "seen" is written at most once a minute, not at every page


class SessionTimeMiddleware:
    """Sign out a user who was idle too long, signed in too long ago, or whose role ended since.

    The limits are STAFF_IDLE_SECONDS and STAFF_SESSION_SECONDS. Residents have no user; their limit
    is in intake.resident_access.code_entry.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """End an expired session, or record its use."""
        # The excluded paths have to work without a database.
        if (
            not request.path.startswith(("/static/", "/gezond/", "/snel-weg/"))
            and request.session.session_key
            and isinstance(request.user, User)
        ):
            now = int(time.time())
            # A session without times has expired.
            begun, seen = request.session.get(STARTED_AT, 0), request.session.get(LAST_SEEN_AT, 0)
            ended = request.user.signed_out_at
            if ended is not None and begun <= ended.timestamp():
                logout(request)
                request.META[_SESSION_OVER] = "rol"
            elif now - begun >= settings.STAFF_SESSION_SECONDS:
                logout(request)
                request.META[_SESSION_OVER] = "dag"
            elif now - seen >= settings.STAFF_IDLE_SECONDS:
                logout(request)
                request.META[_SESSION_OVER] = "stil"
            elif now - seen >= _WRITE_AFTER:
                request.session[LAST_SEEN_AT] = now
        return self.get_response(request)


class StaffLoginMiddleware(LoginRequiredMiddleware):
    """Require login by default; explain why it is needed again, and return what was typed.

    Again: after a time limit, after a role ended, and for a form of an old tab, whose user signed
    out in another one.
    """

    def handle_no_permission(self, request: HttpRequest, view_func: Any) -> Any:
        """Redirect to the sign-in page; after a time limit, add the reason and show a lost form."""
        reason = request.META.get(_SESSION_OVER)
        if not reason and (request.method == "POST" or request.headers.get("HX-Request")):
            reason = "tab"
        if not reason:
            return super().handle_no_permission(request, view_func)
        came_from = urlsplit(request.headers.get("referer", ""))
        path = request.get_full_path()
        if request.method != "GET" or request.headers.get("HX-Request"):
            path = came_from.path if came_from.netloc == request.get_host() else ""
        back = {REDIRECT_FIELD_NAME: path} if path else {}
        sign_in = f"{reverse('account_login')}?{urlencode({**back, 'klaar': reason})}"
        if reason == "rol" and not request.headers.get("HX-Request"):
            return redirect(sign_in)
        if request.headers.get("HX-Request"):
            return _render_in_place(request, sign_in)
        if request.method == "POST":
            # Shown once in the same browser; short fields are not worth returning.
            typed = [
                text.strip()
                for name, values in request.POST.lists()
                for text in values
                if "password" not in name and name != "csrfmiddlewaretoken" and len(text) > 20
            ]
            if reason == "tab" and not typed:
                return redirect(sign_in)
            return render(
                request,
                "account/session_over.html",
                {"typed": typed, "sign_in": sign_in, "reason": reason},
                status=401,
            )
        return redirect(sign_in)


def _render_in_place(request: HttpRequest, sign_in: str) -> HttpResponse:
    """Redirect an htmx GET to the sign-in page; answer a form with a notice in its place."""
    if request.method != "POST":
        return HttpResponse(headers={"HX-Redirect": sign_in})
    told = render(request, "account/_signed_out.html", {"sign_in": sign_in})
    told["HX-Retarget"] = told["HX-Reselect"] = "#uitgelogd"
    told["HX-Reswap"] = "outerHTML"
    return told


class SecondFactorMiddleware:
    """Restrict users without a second factor to /accounts/; every staff role needs one.

    One that the identity provider asked for counts, where the provider's rule accepts it. Not in
    the demo, which signs in with one click.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Redirect to the page that adds a second factor where it is missing."""
        if (
            not settings.WELZIJN_DEMO
            and not request.path.startswith(("/accounts/", "/static/", "/gezond/"))
            and request.session.session_key
            and isinstance(request.user, User)
            and request.session.get(PROVIDER_SECOND_FACTOR) is not True
            and not is_mfa_enabled(request.user)
        ):
            return redirect("mfa_index")
        return self.get_response(request)


class HistoryMiddleware:
    """Add the user's id to the history of changes; never a name, an address or a URL."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Run a signed-in user's unsafe request within a history context."""
        if request.method in {"GET", "HEAD", "OPTIONS"} or not request.session.session_key:
            return self.get_response(request)
        if not isinstance(request.user, User):
            return self.get_response(request)
        with pghistory.context(user=str(request.user.pk)):
            return self.get_response(request)
