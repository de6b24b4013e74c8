"""What every form of staff carries, and what the script on their pages has to know."""

from __future__ import annotations

import time
from datetime import datetime
from hashlib import sha256
from typing import Any

from django import template
from django.conf import settings
from django.http import HttpRequest
from django.template.context import Context
from django.template.defaulttags import CsrfTokenNode
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.html import format_html

from welzijn.accounts.models import User
from welzijn.accounts.sessions import STARTED_AT
from welzijn.staff_forms import tokens, undo_offers

register = template.Library()


class _FormTokens(CsrfTokenNode):
    """Django's hidden field, and the form key where staff is signed in."""

    def render(self, context: Context) -> Any:
        csrf = super().render(context)
        request = context.get("request")
        value = tokens.of_page(request) if isinstance(request, HttpRequest) else ""
        if not value:
            return csrf
        return format_html(
            '{}<input type="hidden" name="{}" value="{}">', csrf, tokens.FIELD, value
        )


@register.tag
def csrf_token(_parser: Any, _token: Any) -> _FormTokens:
    """Write the hidden fields of a form; in the place of Django's tag of this name."""
    return _FormTokens()


@register.inclusion_tag("staff_forms/_undo.html", takes_context=True)
def undo_offer(context: Context) -> dict[str, Any]:
    """Write the button that undoes what was done just now; nothing after its time."""
    request = context.get("request")
    user = getattr(request, "_cached_user", None)
    if not isinstance(request, HttpRequest) or not isinstance(user, User):
        return {"offer": None}
    found = undo_offers.current(request, timezone.now())
    until = datetime.fromisoformat(found["until"]) if found else None
    return {
        "offer": found,
        "until": until,
        "request": request,
        "csrf_token": context.get("csrf_token"),
    }


@register.inclusion_tag("staff_forms/_settings.html", takes_context=True)
def staff_form_settings(context: Context) -> dict[str, Any]:
    """Write what static/scripts/staff-forms.js needs; nothing where nobody is signed in."""
    request = context.get("request")
    user = getattr(request, "_cached_user", None)
    if not isinstance(request, HttpRequest) or not isinstance(user, User):
        return {"signed_in": False}
    begun = int(request.session.get(STARTED_AT, 0))
    return {
        "signed_in": True,
        "csrf_token": context.get("csrf_token"),
        "idle": settings.STAFF_IDLE_SECONDS,
        "left": max(0, begun + settings.STAFF_SESSION_SECONDS - int(time.time())),
        "key": offline_key(user),
        "method": request.method,
    }


def offline_key(user: User) -> str:
    """Return the key with which the user's browser encrypts what it can't send at the moment.

    Only pages for this user hold it, and those are kept by no cache.
    """
    return sha256(salted_hmac("welzijn.staff_forms.offline", user.pk.hex).digest()).hexdigest()
