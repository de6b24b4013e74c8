"""Middleware for signed-in requests: time limits, second factor, history context."""

import time
from collections.abc import Callable

import pghistory
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from welzijn.accounts.models import User
from welzijn.accounts.sessions import LAST_SEEN_AT, PROVIDER_SECOND_FACTOR, STARTED_AT

SESSION_OVER = "voordeur.session_over"  # why SessionTimeMiddleware ended the session of a request
ENDED_FOR = "voordeur.session_of"  # whose session that was
_WRITE_AFTER = 60  # seconds: "seen" is written at most once a minute, not at every page


# Asked for by a script on an open page: that is no use of the session.
POLLED = frozenset({"/werk/gevraagd/aantal/"})


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
            over, user_id = self._over(request, request.user, now), request.user.pk
            if over and request.path in POLLED:
                return HttpResponse(status=204)
            if over:
                if _asked_by_script(request):
                    # It shows nothing: the session stays to tell the person who comes back why.
                    request.user = AnonymousUser()
                else:
                    logout(request)
                request.META[SESSION_OVER] = over
                if over != "rol":
                    request.META[ENDED_FOR] = user_id
            elif request.path not in POLLED and self._is_due(request, now):
                request.session[LAST_SEEN_AT] = now
        return self.get_response(request)

    @staticmethod
    def _is_due(request: HttpRequest, now: int) -> bool:
        """Whether the session's use is to be written again."""
        return now - int(request.session.get(LAST_SEEN_AT, 0)) >= _WRITE_AFTER

    @staticmethod
    def _over(request: HttpRequest, user: User, now: int) -> str:
        """Return why the session is over, or ""."""
        # A session without times has expired.
        begun, seen = request.session.get(STARTED_AT, 0), request.session.get(LAST_SEEN_AT, 0)
        if user.signed_out_at is not None and begun <= user.signed_out_at.timestamp():
            return "rol"
        if now - begun >= settings.STAFF_SESSION_SECONDS:
            return "dag"
        return "stil" if now - seen >= settings.STAFF_IDLE_SECONDS else ""


def _asked_by_script(request: HttpRequest) -> bool:
    """Return whether a script of an open page sent this in the background, as for a draft.

    Browsers send Sec-Fetch-Mode (W3C Fetch Metadata) with each request. htmx puts the answer on the
    page, so it counts as a person's.
    """
    mode = request.headers.get("Sec-Fetch-Mode", "navigate")
    return mode != "navigate" and "HX-Request" not in request.headers


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
