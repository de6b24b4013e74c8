"""Form keys and drafts for every form of staff, so that no view has to think of them."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any, cast

from django.contrib import messages
from django.contrib.messages.storage.base import Message
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from welzijn.accounts.models import User
from welzijn.core import refused_forms
from welzijn.staff_forms import (
    drafts,
    exempt,
    fields,
    filling,
    form_keys,
    kept_pages,
    refused,
    tokens,
)
from welzijn.staff_forms.form_keys import Claim

_CLAIM = "voordeur.form_claim"
_logger = logging.getLogger(__name__)


class StaffFormsMiddleware:
    """Claim the form key of a POST, keep a draft of what was not saved, and put drafts back.

    Saved means: the view redirects without an error message. What a view answers with a page was
    not saved, except in exempt.SAVED_WITH_A_PAGE.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        try:
            if _CLAIM in request.META:
                return _after(request, response, request.META[_CLAIM])
            if _is_step(request, response):
                refused.save_refused_post(request)
            elif _is_own_without_key(request):
                return kept_pages.lead_to(request, response, now=timezone.now())
            elif request.method == "GET":
                _put_back(request, response)
        except DatabaseError as error:
            # The page itself is right; the draft stays as it was.
            _logger.warning("staff form not recorded: %s", type(error).__name__)
        return response

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """Claim the key of a signed-in user's form, or answer for the sending that has it."""
        name = _name(request)
        if request.method == "POST" and name in exempt.STEPS.values() and tokens.read(request):
            if not refused.is_of_somebody_else(request):
                tokens.go_on(request)
            return None
        if request.method == "GET" and name in exempt.STEPS.values():
            _go_on_with_kept(request)
        if (
            request.method != "POST"
            or not getattr(view, "login_required", True)
            or not exempt.needs_key(name, request.path)
            or exempt.is_shown_anew(name, request)
            or not isinstance(request.user, User)
        ):
            return None
        token = tokens.read(request)
        if token is None:
            # Django's own test client, which sends no CSRF token either.
            if getattr(request, "_dont_enforce_csrf_checks", False):
                return None
            return not_sent(request, "missing")
        if token.user_id != request.user.pk:
            refused.save_refused_post(request)
            return not_sent(request, "somebody_else")
        content = fields.content({**fields.typed(request.POST), **fields.files(request)})
        action = fields.digest(request, fields.address_of(request))
        claim = form_keys.claim(token=token, action=action, content=content, now=tokens.clock())
        if claim.mine:
            request.META[_CLAIM] = claim
            return None
        return _already(request, claim)


def _go_on_with_kept(request: HttpRequest) -> None:
    """Give the page of a next step, which a GET shows, the key of the form that was sent."""
    kept = refused_forms.kept_of(request)
    token = tokens.parse(kept["key"], now=tokens.clock()) if kept else None
    if kept and token and isinstance(request.user, User) and token.user_id == request.user.pk:
        tokens.go_on(request, kept["key"])


def _name(request: HttpRequest) -> str:
    return getattr(request.resolver_match, "url_name", None) or ""


def _is_step(request: HttpRequest, response: HttpResponse) -> bool:
    """Whether a POST showed a next step: its words are not sent yet."""
    return (
        request.method == "POST"
        and _name(request) in exempt.STEPS.values()
        and (response.status_code in {200, 422} or refused_forms.was_refused(response))
        and isinstance(getattr(request, "_cached_user", None), User)
    )


def _is_own_without_key(request: HttpRequest) -> bool:
    """Whether a POST that claims no key came from a page made for who is signed in."""
    if request.method != "POST" or _name(request) not in exempt.EXEMPT:
        return False
    user, token = getattr(request, "_cached_user", None), tokens.read(request)
    return isinstance(user, User) and token is not None and token.user_id == user.pk


def _after(request: HttpRequest, response: HttpResponse, claim: Claim) -> HttpResponse:
    now, name = tokens.clock(), _name(request)
    if _is_saved(request, response, name):
        form_keys.sent(
            claim, location=response.get("HX-Redirect") or response.get("Location", ""), now=now
        )
        user = cast(User, request.user)
        sent = [fields.address_of(request)]
        if name in exempt.STEPS:
            sent.append(reverse(exempt.STEPS[name]))
        drafts.forget(request, user_id=user.pk, actions=sent)
        return response
    if response.status_code >= 500:
        form_keys.failed(claim)
    else:
        form_keys.give_up(claim)
    if not request.headers.get("HX-Request"):
        refused.save_refused_post(request)
    return kept_pages.lead_to(request, response, now=timezone.now())


def _is_saved(request: HttpRequest, response: HttpResponse, name: str) -> bool:
    if response.status_code == 200 and name in exempt.SAVED_WITH_A_PAGE:
        return True
    if refused_forms.was_refused(response):
        return False
    if any(added.level >= messages.ERROR for added in _added_messages(request)):
        return False
    return response.status_code in {302, 303} or "HX-Redirect" in response


def _added_messages(request: HttpRequest) -> list[Message]:
    """Return the messages that this request added; reading the storage would use them up."""
    return list(getattr(messages.get_messages(request), "_queued_messages", []))


def _already(request: HttpRequest, claim: Claim) -> HttpResponse:
    """Answer for an earlier sending: lead to what was saved, or ask where that isn't clear."""
    if claim.sent_at is None:
        refused.save_refused_post(request)
        return not_sent(request, "unknown")
    if not claim.same_content:
        refused.save_refused_post(request, although_sent=True)
        return not_sent(request, "changed", claim)
    if not claim.location:
        return not_sent(request, "same", claim)
    messages.info(request, _("Dit was al opgeslagen. Het staat er één keer."))
    return redirect(claim.location)


def not_sent(request: HttpRequest, case: str, claim: Claim | None = None) -> HttpResponse:
    """Say why a form was not carried out, with its text and a way to send it after all.

    `case`: missing, somebody_else, unknown, changed, same.
    """
    typed = fields.typed(request.POST)
    return render(
        request,
        "staff_forms/not_sent.html",
        {
            "case": case,
            "sent_at": claim.sent_at if claim else None,
            "location": claim.location if claim else "",
            "path": fields.address_of(request),
            "page": fields.page_of(request),
            "kept": []
            if case == "somebody_else"
            else [(name, value) for name, values in typed.items() for value in values],
        },
        status=409,
    )


def _put_back(request: HttpRequest, response: HttpResponse) -> None:
    """Show a form again that was refused, and fill forms with the drafts of who is signed in."""
    now = timezone.now()
    shown = kept_pages.show(request, response, now=now)
    if shown:
        _count_bytes(response)
    if (
        not (shown or tokens.was_used(request))
        # What was typed stands there already, with what is wrong.
        or refused_forms.kept_of(request) is not None
        or response.status_code != 200
        or response.streaming
        or not response.get("Content-Type", "").startswith("text/html")
        or not filling.HAS_FIELDS.search(response.content)
    ):
        return
    page = fields.address_of(request)
    found = drafts.of_page(request, user=cast(User, request.user), page=page, now=now)
    if not found:
        return

    def notice(draft: drafts.Draft) -> str:
        return render_to_string(
            "staff_forms/_restored.html", {"draft": draft, "page": page}, request
        )

    html = filling.put_back(response.content.decode(), page=page, drafts=found, notice=notice)
    response.content = html.encode()
    _count_bytes(response)


def _count_bytes(response: HttpResponse) -> None:
    if response.has_header("Content-Length"):
        response["Content-Length"] = str(len(response.content))
