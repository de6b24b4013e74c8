"""A form of staff that was refused is shown by a GET, with what was typed and what is wrong.

An answer to a POST that is a page makes reload and Back ask "Confirm form resubmission". So the
page that a view answers with 422 or 409 is kept for an hour, encrypted for its user, in a row of
the drafts: it goes when the form is sent, with the question, and at the draft's own term. The
browser is led to the page on which the form stands. That page's view runs first, so it asks for
permission and writes its look; then the kept page is shown instead of what it made.
"""

from __future__ import annotations

import base64
import binascii
import re
import secrets
import zlib
from datetime import datetime, timedelta
from typing import cast
from urllib.parse import urlencode, urlsplit

from cryptography.fernet import InvalidToken
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.middleware.csrf import get_token

from welzijn.accounts.models import User
from welzijn.core.encryption import decrypt, encrypt
from welzijn.core.refused_forms import PARAMETER
from welzijn.staff_forms import drafts, fields
from welzijn.staff_forms.models import StaffDraft

_SHOWN_FOR = timedelta(hours=1)
_REFUSED = {409, 422}
_CSRF = re.compile(r'(name="csrfmiddlewaretoken"\s+value=")[^"]*"')
_WAS_POST = 'data-method="POST"'


def _purpose(user: User) -> str:
    return f"staff-kept-page:{user.pk.hex}"


def _name(request: HttpRequest, page: str, token: str) -> bytes:
    return fields.digest(request, f"{page}\n{token}")


def lead_to(request: HttpRequest, response: HttpResponse, *, now: datetime) -> HttpResponse:
    """Keep the page of a refused form, and lead to where the form stands; or return it as it is.

    As it is: what is no page, what a script asked for, and where the browser doesn't say on which
    page the form stands.
    """
    page = fields.own_address(request, request.headers.get("referer", ""))
    if (
        response.status_code not in _REFUSED
        or not page
        or response.streaming
        or not response.get("Content-Type", "").startswith("text/html")
        or request.headers.get("HX-Request")
        or request.headers.get("Sec-Fetch-Mode", "navigate") != "navigate"
    ):
        return response
    packed = base64.b64encode(zlib.compress(response.content)).decode()
    if len(packed) > drafts.LARGEST:
        return response
    user, token = cast(User, request.user), secrets.token_urlsafe(12)
    action = fields.address_of(request)
    StaffDraft.objects.create(
        user=user,
        page=_name(request, page, token),
        action=fields.digest(request, action),
        payload=encrypt(_purpose(user), packed),
        about=fields.ids_in(page, action),
        saved_at=now,
    )
    joined = "&" if urlsplit(page).query else "?"
    return HttpResponseRedirect(f"{page}{joined}{urlencode({PARAMETER: token})}")


def show(request: HttpRequest, response: HttpResponse, *, now: datetime) -> bool:
    """Put the kept page that this one was opened for in its place; return whether there was one."""
    token = request.GET.get(PARAMETER, "")
    user = getattr(request, "_cached_user", None)
    if not token or not isinstance(user, User) or response.status_code != 200:
        return False
    row = StaffDraft.objects.filter(
        user=user,
        page=_name(request, fields.address_of(request), token),
        saved_at__gt=now - _SHOWN_FOR,
    ).first()
    try:
        packed = decrypt(_purpose(user), row.payload) if row else ""
        html = zlib.decompress(base64.b64decode(packed)).decode() if packed else ""
    except (InvalidToken, binascii.Error, zlib.error):
        return False
    if not html:
        return False
    csrf = get_token(request)
    html = _CSRF.sub(lambda found: f'{found[1]}{csrf}"', html)
    response.content = html.replace(_WAS_POST, 'data-method="GET"').encode()
    return True
