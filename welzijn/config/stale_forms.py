"""403 for a form that no longer belongs to its browser: the true reason, and the way on.

Signing in and giving a code replace the forms' token, so every other tab is stale then. Nothing
else makes it so but a lost cookie: a page is never "open for too long".
"""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.middleware import csrf
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme

from intake.resident_access import code_entry
from intake.resident_access.browser_access import PARTNER_ACCESS
from intake.resident_sign_in import session as resident_session
from welzijn.accounts.middleware import SESSION_OVER
from welzijn.accounts.models import User
from welzijn.config.error_views import error_page
from welzijn.staff_forms import refused, tokens
from welzijn.staff_forms.middleware import not_sent

# Forms that sign a colleague in or out, or ask who they are.
_STAFF = {
    *("account_login", "account_logout", "account_reauthenticate", "demo_login", "invitation"),
    *("mfa_authenticate", "mfa_reauthenticate", "mfa_login_webauthn", "openid_connect_login"),
    *("account_reset_password", "account_reset_password_from_key"),
}
# Forms that open something for who has no account.
_CODES = {"follow", "outside"}
# Forms of who signed in with DigiD.
_LIST = {"own_questions", "own_question", "own_question_off", "resident_sign_out"}
_OF_CODES = "stale_code"
_MOST_OF_AN_ADDRESS = 500


@dataclass(frozen=True, slots=True)
class Case:
    """What happened to a form: which words of which page (errors/stale_*.html), and where to go."""

    what: str
    way_on: str = ""
    page: str = "stale_sign_in"


@login_not_required
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Say why a form was not taken, and offer to send it again where that is safe."""
    name = getattr(request.resolver_match, "url_name", None) or ""
    why = _why(reason)
    case = _of_sign_in(request, name, why)
    if case is not None:
        return error_page(request, 403, case.page, {"what": case.what, "way_on": case.way_on})
    if tokens.read(request) is not None:
        kept = refused.save_refused_post(request)
        if refused.is_of_somebody_else(request):
            return not_sent(request, "somebody_else")
        if not isinstance(request.user, User):
            reason = request.META.get(SESSION_OVER) or "tab"
            return refused.session_over_page(request, reason, kept=kept)
    # Another question may be open now: what was typed for the first is shown, not sent.
    own_page = name.startswith("follow_")
    way_on = reverse("follow") if own_page and why == "tab" else ""
    return error_page(
        request, 403, "stale_form", {"why": why, "resend": not way_on, "way_on": way_on}
    )


def _why(reason: str) -> str:
    if reason == csrf.REASON_NO_CSRF_COOKIE:
        return "cookie"
    return "tab" if reason.startswith("CSRF token") else "origin"


def _of_sign_in(request: HttpRequest, name: str, why: str) -> Case | None:
    """Return what became of a form for signing in, or None for another form."""
    if name in _STAFF:
        if why != "tab":
            return Case(why, request.path)
        if isinstance(request.user, User):
            return Case("staff_in", _wanted(request) or reverse("home_for_staff"))
        if name == "account_logout":
            return Case("staff_already_out", reverse("account_login"))
        if name in {"invitation", "account_reset_password", "account_reset_password_from_key"}:
            return Case("staff_out", request.path)
        wanted = _wanted(request)
        query = f"?{urlencode({REDIRECT_FIELD_NAME: wanted})}" if wanted else ""
        return Case("staff_out", reverse("account_login") + query)
    if name in _CODES:
        what = why if why != "tab" else "code_again"
        if why == "tab" and name == "follow" and _has_question_open(request):
            return Case("question_open", reverse("follow_question"), _OF_CODES)
        if why == "tab" and name == "outside" and _has_partner_page_open(request):
            what = "outside_open"
        return Case(what, request.path, _OF_CODES)
    if name in _LIST:
        # The list itself leads to signing in where nobody is signed in any more.
        is_in = resident_session.is_signed_in(request)
        what = why if why != "tab" else "list_open" if is_in else "list_closed"
        return Case(what, reverse("own_questions"), _OF_CODES)
    return None


def _wanted(request: HttpRequest) -> str:
    """Return the page of ours that the form wanted to go to, or ""."""
    wanted = request.POST.get(REDIRECT_FIELD_NAME) or request.GET.get(REDIRECT_FIELD_NAME) or ""
    safe = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if safe and len(wanted) <= _MOST_OF_AN_ADDRESS else ""


def _has_question_open(request: HttpRequest) -> bool:
    partnership = getattr(request, "partnership", None)
    return (
        partnership is not None
        and code_entry.remembered(request, partnership, timezone.now()) is not None
    )


def _has_partner_page_open(request: HttpRequest) -> bool:
    """Whether this very page of a partner was opened with its code, in another tab."""
    token = request.resolver_match.kwargs["token"] if request.resolver_match else None
    opened: str | None = request.session.get(PARTNER_ACCESS.id_key)
    return opened == str(token) and not PARTNER_ACCESS.has_lapsed(request, timezone.now())
