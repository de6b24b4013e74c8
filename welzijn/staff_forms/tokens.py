"""The hidden field of every form of staff: for whom and when its page was made, signed.

It says whose words a POST holds also when the session is gone, and is the same in all forms of one
page; with the address that a form posts to it is the form's key.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

from django.core import signing
from django.http import HttpRequest

from welzijn.accounts.models import User

FIELD = "form_key"
LIFETIME = timedelta(days=5)
_SALT = "welzijn.staff_forms"
_OF_PAGE = "voordeur.form_key"  # in request.META: the field's value on the page being made
_READ = "voordeur.form_key_read"  # in request.META: the value that the POST sent
_GOES_ON = "voordeur.form_key_goes_on"
_LONGEST = 300  # characters


def clock() -> datetime:
    """Return the machine's time, which puts pages and sendings in order."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Token:
    """What the field says."""

    user_id: UUID
    key: str
    made_at: datetime


def of_page(request: HttpRequest) -> str:
    """Return the field's value for the page being made; "" where nobody is signed in.

    Does not load the user: error pages work without a database, and offer a form again for whom its
    own key says.
    """
    user = getattr(request, "_cached_user", None)
    user_id = user.pk if isinstance(user, User) else _of_same_form(request)
    if user_id is None:
        return ""
    if _GOES_ON in request.META:
        return str(request.META[_GOES_ON])
    if _OF_PAGE not in request.META:
        value = f"{user_id.hex}.{secrets.token_hex(12)}.{int(clock().timestamp() * 1_000_000)}"
        request.META[_OF_PAGE] = signing.Signer(salt=_SALT).sign(value)
    return str(request.META[_OF_PAGE])


def _of_same_form(request: HttpRequest) -> UUID | None:
    token = parse(str(request.META.get(_READ, "")), now=clock())
    return token.user_id if token else None


def go_on(request: HttpRequest, value: str = "") -> None:
    """Let the page of a next step have the key of the form that it goes on with."""
    request.META[_GOES_ON] = request.META[_OF_PAGE] = value or request.POST.get(FIELD, "")


def was_used(request: HttpRequest) -> bool:
    """Whether the page has a form."""
    return _OF_PAGE in request.META


def read(request: HttpRequest) -> Token | None:
    """Return what the field of a POST says; None without one, or with a forged or old one."""
    value = request.META[_READ] = request.POST.get(FIELD, "")
    return parse(value, now=clock())


def parse(value: str, *, now: datetime) -> Token | None:
    """Return what a value of the field says, or None."""
    if not value or len(value) > _LONGEST:
        return None
    try:
        user, key, made = signing.Signer(salt=_SALT).unsign(value).split(".")
    except signing.BadSignature:
        return None
    made_at = datetime.fromtimestamp(int(made) / 1_000_000, tz=UTC)
    return None if now - made_at > LIFETIME else Token(UUID(user), key, made_at)
