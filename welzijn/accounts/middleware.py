"""What holds for every signed-in request: time limits, a second factor, a history of who it was."""

import time
from collections.abc import Callable

import pghistory
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from welzijn.accounts.models import User
from welzijn.accounts.sessions import BEGUN, SEEN

_WRITE_AFTER = 60  # seconds: "seen" is written at most once a minute, not at every page


class SessionTimeMiddleware:
    """Signs out a user who did nothing for a while, or signed in too long ago.

    STAFF_IDLE_SECONDS and STAFF_SESSION_SECONDS in the settings. Residents' pages have no user and
    are not concerned (their own limit stands in intake.access).
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
            if (
                now - begun >= settings.STAFF_SESSION_SECONDS
                or now - seen >= settings.STAFF_IDLE_SECONDS
            ):
                logout(request)
            elif now - seen >= _WRITE_AFTER:
                request.session[SEEN] = now
        return self.get_response(request)


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
