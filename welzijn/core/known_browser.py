"""Browsers that signed in or gave the right code before: guessers elsewhere don't lock them out.

The cookie holds a random number and keyed marks of what this browser opened. It opens nothing, and
without the secret key it says nothing: not who, not which question. "Snel weg" and "Wis alles"
delete it like every cookie.
"""

import hmac
import secrets
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256

from django.conf import settings
from django.http import HttpRequest, HttpResponse

COOKIE: str = settings.KNOWN_BROWSER_COOKIE_NAME
LASTS = timedelta(days=90)
_MOST_MARKS = 5
_MOST_CHARACTERS = 200


@dataclass(frozen=True, slots=True)
class KnownBrowser:
    """What a browser's cookie says; `id` is "" for a browser without one."""

    id: str
    marks: tuple[str, ...] = ()

    def holds(self, subject: bytes) -> bool:
        """Whether this browser opened this subject (a digest) before."""
        if not self.id:
            return False
        return any(
            hmac.compare_digest(_mark(self.id, subject, key), mark)
            for key in [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
            for mark in self.marks
        )


def of(request: HttpRequest) -> KnownBrowser:
    """Return the browser of a request."""
    typed = request.COOKIES.get(COOKIE, "")
    if len(typed) > _MOST_CHARACTERS or not typed.isascii():
        return KnownBrowser("")
    number, *marks = typed.split(".")
    return KnownBrowser(number, tuple(marks[:_MOST_MARKS]))


def remember(request: HttpRequest, response: HttpResponse, subject: bytes) -> None:
    """Let the browser hold this subject from now on; the oldest of more than five is forgotten."""
    browser = of(request)
    number = browser.id or secrets.token_urlsafe(12)
    mark = _mark(number, subject, settings.SECRET_KEY)
    marks = [mark, *(kept for kept in browser.marks if kept != mark)][:_MOST_MARKS]
    response.set_cookie(
        COOKIE,
        ".".join([number, *marks]),
        max_age=LASTS,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )


def _mark(number: str, subject: bytes, key: str) -> str:
    text = b"known-browser\x00" + number.encode() + b"\x00" + subject
    return hmac.new(key.encode(), text, sha256).hexdigest()[:24]
