"""Views: sign in with DigiD, the list of one's own questions, and leaving."""

import hmac
import logging
from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from allauth.account.adapter import get_adapter
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from requests import RequestException

from intake.people.forms_of_address import in_form, says_je
from intake.resident_access import code_entry
from intake.resident_sign_in import broker, own_questions
from intake.resident_sign_in.forms import LinkForm
from intake.resident_sign_in.models import OwnQuestion, ResidentAccount
from intake.resident_sign_in.session import SIGNED_IN, signed_in
from organisations.partnerships.models import Partnership
from welzijn.core import known_browser, refused_forms
from welzijn.single_sign_on.provider_settings import ProviderSettings
from welzijn.single_sign_on.refusals import Reason, Refused

log = logging.getLogger(__name__)
# Session key of what is remembered between leaving and coming back, by the state of each tab.
_KEPT = "digid_begun"
_TABS = 5
View = Callable[..., HttpResponse]


def _with_broker(view: View) -> View:
    """Serve a page only where DigiD is switched on; elsewhere it doesn't exist."""

    @login_not_required
    @never_cache
    @wraps(view)
    def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        partnership: Partnership | None = getattr(request, "partnership", None)
        found = broker.provider_for(partnership)
        if found is None:
            raise Http404
        return view(request, partnership, found, *args, **kwargs)

    return checked


def _with_account(view: View) -> View:
    """Serve a page to who is signed in; others go to the page that begins it."""

    @wraps(view)
    def checked(
        request: HttpRequest, partnership: Partnership, _found: ProviderSettings, **kwargs: Any
    ) -> HttpResponse:
        account = signed_in(request, partnership, timezone.now())
        if account is None:
            return redirect("resident_sign_in")
        return view(request, partnership, account, **kwargs)

    return _with_broker(checked)


def _return_to(request: HttpRequest) -> str:
    return request.build_absolute_uri(reverse("resident_sign_in_return"))


def _failed(request: HttpRequest, reason: Reason) -> HttpResponse:
    log.warning("DigiD sign-in refused: %s", reason.value)
    status = 503 if reason == Reason.UNREACHABLE else 403
    return render(
        request,
        "intake/resident_sign_in/failed.html",
        {"cancelled": reason == Reason.CANCELLED, "acting": reason == Reason.OTHER_ORGANISATION},
        status=status,
    )


@require_GET
@_with_broker
def start(request: HttpRequest, partnership: Partnership, _found: ProviderSettings) -> HttpResponse:
    """Say what signing in does and does not, with the link that begins it."""
    if signed_in(request, partnership, timezone.now()) is not None:
        return redirect("own_questions")
    return render(request, "intake/resident_sign_in/start.html")


@require_GET
@_with_broker
def begin(request: HttpRequest, _partnership: Partnership, found: ProviderSettings) -> HttpResponse:
    """Send the browser to the broker."""
    try:
        address, kept = broker.begin(found, _return_to(request))
    except Refused as refused:
        return _failed(request, refused.reason)
    except RequestException:
        return _failed(request, Reason.UNREACHABLE)
    begun = list(request.session.get(_KEPT, []))
    request.session[_KEPT] = [*begun, kept][-_TABS:]
    return redirect(address)


@require_GET
@_with_broker
def come_back(
    request: HttpRequest, partnership: Partnership, found: ProviderSettings
) -> HttpResponse:
    """Take what the broker sends back, once, and sign in."""
    kept = _take_begun(request)
    now = timezone.now()
    if not kept and signed_in(request, partnership, now) is not None:
        # An old tab, or Back: another tab is in, and this answer opens nothing any more.
        return render(request, "intake/resident_sign_in/already_in.html", status=403)
    if "error" in request.GET:
        cancelled = request.GET["error"] in {"access_denied", "login_required"}
        return _failed(request, Reason.CANCELLED if cancelled else Reason.PROVIDER_ERROR)
    try:
        subject = broker.person(
            found,
            code=request.GET.get("code", ""),
            state=request.GET.get("state", ""),
            kept=kept,
            return_to=_return_to(request),
        )
    except Refused as refused:
        return _failed(request, refused.reason)
    except RequestException:
        return _failed(request, Reason.UNREACHABLE)
    account = broker.account_of(partnership=partnership, subject=subject, now=now)
    # What another person had open in this browser closes.
    code_entry.QUESTION_ACCESS.revoke(request)
    SIGNED_IN.grant(request, account.pk, account, now)
    return redirect("own_questions")


def _take_begun(request: HttpRequest) -> dict[str, str]:
    """Take what this answer's tab began with out of the session: an answer counts once."""
    begun: list[dict[str, str]] = request.session.get(_KEPT, [])
    state = request.GET.get("state", "")
    found = [one for one in begun if hmac.compare_digest(one["state"].encode(), state.encode())]
    if found:
        request.session[_KEPT] = [one for one in begun if one not in found]
    return found[0] if found else {}


def _list(request: HttpRequest, account: ResidentAccount, form: LinkForm) -> HttpResponse:
    found = own_questions.listed(account=account, now=timezone.now())
    with in_form(any(says_je(question.asker) for question in found)):
        return render(
            request,
            "intake/resident_sign_in/list.html",
            {"questions": found, "form": form},
        )


@require_http_methods(["GET", "POST"])
@_with_account
def questions(
    request: HttpRequest, partnership: Partnership, account: ResidentAccount
) -> HttpResponse:
    """List one's own questions; with reference and code one more comes in the list."""
    form = LinkForm(refused_forms.data_of(request))
    if request.method != "POST":
        refused_forms.show_kept(request, form)
        return _list(request, account, form)
    if not form.is_valid():
        return refused_forms.redirect_back(request, form, reverse("own_questions"))
    now = timezone.now()
    try:
        found = code_entry.question_for_code(
            partnership=partnership,
            reference=form.cleaned_data["reference"],
            code=form.cleaned_data["code"],
            address=get_adapter().get_client_ip(request),
            browser=known_browser.of(request),
            now=now,
        )
    except code_entry.TooManyTriesError as error:
        form.add_error(None, error.wait_or_call())
        return refused_forms.redirect_back(request, form, reverse("own_questions"))
    if found is None:
        form.add_error(
            "code", _("Dit kenmerk en deze code horen niet bij elkaar. Kijk ze nog eens na.")
        )
        return refused_forms.redirect_back(request, form, reverse("own_questions"))
    own_questions.link(account=account, question=found, how=OwnQuestion.How.CODE, now=now)
    return redirect("own_questions")


@require_POST
@_with_account
def open_one(
    request: HttpRequest, _partnership: Partnership, account: ResidentAccount, question_id: UUID
) -> HttpResponse:
    """Open a question of the list, as reference and code do."""
    now = timezone.now()
    found = own_questions.opened(account=account, question_id=question_id, now=now)
    if found is None:
        raise Http404
    code_entry.remember(request, found, now)
    return redirect("follow_question")


@require_POST
@_with_account
def take_off(
    request: HttpRequest, _partnership: Partnership, account: ResidentAccount, question_id: UUID
) -> HttpResponse:
    """Take a question out of the list."""
    own_questions.unlink(account=account, question_id=question_id)
    return redirect("own_questions")


@require_POST
@_with_broker
def leave(
    request: HttpRequest, _partnership: Partnership, _found: ProviderSettings
) -> HttpResponse:
    """Sign out, and close the question that was open."""
    SIGNED_IN.revoke(request)
    code_entry.QUESTION_ACCESS.revoke(request)
    return redirect("front_door")
