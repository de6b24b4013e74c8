"""What holds for every signed-in request: time limits, a second factor, a history of who it was."""

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
from welzijn.accounts.sessions import BEGUN, SEEN

_SESSION_OVER = "voordeur.session_over"  # why SessionTimeMiddleware ended the session of a request
_WRITE_AFTER = 60  # seconds: "seen" is written at most once a minute, not at every page


class SessionTimeMiddleware:
    """Signs out a user who did nothing for a while, or signed in too long ago.

    STAFF_IDLE_SECONDS and STAFF_SESSION_SECONDS in the settings. Residents' pages have no user and
    are not concerned (their own limit stands in intake.resident_access.code_entry).
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """End a session that is over, else note that it is in use."""
        # The paths left out work without a database.
        if (
            not request.path.startswith(("/static/", "/gezond/", "/snel-weg/"))
            and request.session.session_key
            and isinstance(request.user, User)
        ):
            now = int(time.time())
            # A session from before these limits existed has no times: it is over.
            begun, seen = request.session.get(BEGUN, 0), request.session.get(SEEN, 0)
            if now - begun >= settings.STAFF_SESSION_SECONDS:
                logout(request)
                request.META[_SESSION_OVER] = "dag"
            elif now - seen >= settings.STAFF_IDLE_SECONDS:
                logout(request)
                request.META[_SESSION_OVER] = "stil"
            elif now - seen >= _WRITE_AFTER:
                request.session[SEEN] = now
        return self.get_response(request)


class StaffLoginMiddleware(LoginRequiredMiddleware):
    """Closed by default. Who was signed out by time reads so, and gets back what they had typed."""

    def handle_no_permission(self, request: HttpRequest, view_func: Any) -> Any:
        """To the sign-in page; after a time limit with the reason, and a lost form shown once."""
        reason = request.META.get(_SESSION_OVER)
        if not reason:
            return super().handle_no_permission(request, view_func)
        came_from = urlsplit(request.headers.get("referer", ""))
        path = request.get_full_path()
        if request.method != "GET" or request.headers.get("HX-Request"):
            path = came_from.path if came_from.netloc == request.get_host() else ""
        back = {REDIRECT_FIELD_NAME: path} if path else {}
        sign_in = f"{reverse('account_login')}?{urlencode({**back, 'klaar': reason})}"
        if request.headers.get("HX-Request"):
            return _told_in_place(request, sign_in)
        if request.method == "POST":
            # It goes to the browser it came from and nowhere else; a short field is no lost work.
            typed = [
                text.strip()
                for name, values in request.POST.lists()
                for text in values
                if "password" not in name and name != "csrfmiddlewaretoken" and len(text) > 20
            ]
            return render(
                request,
                "account/session_over.html",
                {"typed": typed, "sign_in": sign_in},
                status=401,
            )
        return redirect(sign_in)


def _told_in_place(request: HttpRequest, sign_in: str) -> HttpResponse:
    """To the sign-in page at once; from a form that is being filled in nobody is taken away."""
    if request.method != "POST":
        return HttpResponse(headers={"HX-Redirect": sign_in})
    told = render(request, "account/_signed_out.html", {"sign_in": sign_in})
    told["HX-Retarget"] = told["HX-Reselect"] = "#uitgelogd"
    told["HX-Reswap"] = "outerHTML"
    return told


class SecondFactorMiddleware:
    """A staff member without a second factor gets to /accounts/ only (every staff role needs one).

    The demo signs in with one click and says so; it asks for no second factor.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Redirect to where a second factor is added, or go on."""
        if (
            not settings.WELZIJN_DEMO
            and not request.path.startswith(("/accounts/", "/static/", "/gezond/"))
            and request.session.session_key
            and isinstance(request.user, User)
            and not is_mfa_enabled(request.user)
        ):
            return redirect("mfa_index")
        return self.get_response(request)


class HistoryMiddleware:
    """Gives the history of a change the id of who made it; never a name, an address or a URL."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Run it within a history context when somebody is signed in and changes things."""
        if request.method in {"GET", "HEAD", "OPTIONS"} or not request.session.session_key:
            return self.get_response(request)
        if not isinstance(request.user, User):
            return self.get_response(request)
        with pghistory.context(user=str(request.user.pk)):
            return self.get_response(request)
