"""A POST that can't be carried out because its session is over: keep what was typed.

For whom is read from the form itself (tokens): the cookie may be gone, or belong to somebody else
by now. Their words are never shown to anybody else, and on no page before they have signed in.
"""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib.auth import REDIRECT_FIELD_NAME
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from welzijn.accounts.middleware import ENDED_FOR
from welzijn.accounts.models import User
from welzijn.staff_forms import drafts, fields, tokens

_LONG_ENOUGH_TO_SHOW = 20  # characters


def save_refused_post(request: HttpRequest, *, although_sent: bool = False) -> bool:
    """Keep a refused POST as a draft of the user whose page it was; return whether it is kept.

    `although_sent`: also where the form was sent before with other words.
    """
    token = tokens.read(request)
    user_id = token.user_id if token else request.META.get(ENDED_FOR)
    if user_id is None:
        return False
    return drafts.save(
        request,
        user_id=user_id,
        key=token.key if token and not although_sent else "",
        page=fields.page_of(request),
        action=fields.address_of(request),
        fields=fields.typed(request.POST),
        now=timezone.now(),
    )


def is_of_somebody_else(request: HttpRequest) -> bool:
    """Whether the page of this POST was made for another user than the one signed in now."""
    token = tokens.read(request)
    user = request.user
    return token is not None and isinstance(user, User) and token.user_id != user.pk


def sign_in_address(request: HttpRequest, reason: str) -> str:
    """Return the sign-in page that leads back to where the form stood."""
    path = request.get_full_path()
    if request.method != "GET" or request.headers.get("HX-Request"):
        path = fields.own_address(request, request.headers.get("referer", ""))
    back = {REDIRECT_FIELD_NAME: path} if path else {}
    return f"{reverse('account_login')}?{urlencode({**back, 'klaar': reason})}"


def session_over_page(request: HttpRequest, reason: str, *, kept: bool) -> HttpResponse:
    """Say that the session is over; without a draft, show what was typed once, to copy it.

    `reason`: of accounts.middleware.SESSION_OVER, or "tab" where it ended elsewhere.
    """
    typed = [
        text.strip()
        for values in fields.typed(request.POST).values()
        for text in values
        if len(text) > _LONG_ENOUGH_TO_SHOW
    ]
    # Whose words they are is unknown only where the page had no form key.
    show = not kept and tokens.read(request) is None
    return render(
        request,
        "account/session_over.html",
        {
            "typed": typed if show else [],
            "kept": kept,
            "sign_in": sign_in_address(request, reason),
            "reason": reason,
        },
        status=401,
    )
