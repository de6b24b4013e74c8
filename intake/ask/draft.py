"""Drafts: what a resident has typed and not yet sent.

Kept in the database so that going back loses nothing, and encrypted with a key that only the
browser's cookie holds, so that the table alone reveals nothing. Deleted by "wis alles", by the
quick exit, and an hour after the last step; sending leaves only the receipt.
"""

import base64
import json
import secrets
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse

from intake.ask.models import Draft

COOKIE = "concept"
LIFETIME = timedelta(hours=1)
MAX_UNSENT = (
    100_000  # characters kept of a page left without "Verder"; far more than its fields hold
)


def _id(key: str) -> bytes:
    return sha256(b"draft-id:" + key.encode()).digest()


def _cipher(key: str) -> Fernet:
    return Fernet(base64.urlsafe_b64encode(sha256(b"draft-key:" + key.encode()).digest()))


def read(request: HttpRequest, *, now: datetime) -> dict[str, Any] | None:
    """Return what was typed in this browser, or None if there is no draft (any more)."""
    key = request.COOKIES.get(COOKIE, "")
    if not 20 <= len(key) <= 64:
        return None
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT payload FROM intake_draft WHERE id = %s AND touched_at > %s",
            [_id(key), now - LIFETIME],
        )
        kept = cursor.fetchone()
    if kept is None:
        return None
    try:
        found: dict[str, Any] = json.loads(_cipher(key).decrypt(bytes(kept[0])))
    except (InvalidToken, ValueError):
        return None
    return found


def write(
    request: HttpRequest, response: HttpResponse, answers: dict[str, Any], *, now: datetime
) -> None:
    """Store `answers`, and the key in a cookie that lasts for the browser's session."""
    key = request.COOKIES.get(COOKIE, "")
    if not 20 <= len(key) <= 64:
        key = secrets.token_urlsafe(32)
    payload = _cipher(key).encrypt(json.dumps(answers).encode())
    # One statement, because every step of the form writes it.
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO intake_draft (id, payload, touched_at) VALUES (%s, %s, %s)"
            " ON CONFLICT (id) DO UPDATE SET payload = EXCLUDED.payload,"
            " touched_at = EXCLUDED.touched_at",
            [_id(key), payload, now],
        )
    response.set_cookie(
        COOKIE,
        key,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )


def wipe(request: HttpRequest, response: HttpResponse) -> None:
    """Delete the draft from the database and its key from the browser."""
    key = request.COOKIES.get(COOKIE, "")
    if key:
        Draft.objects.filter(pk=_id(key)).delete()
    response.delete_cookie(COOKIE, samesite="Lax")


def delete_expired(*, now: datetime) -> int:
    """Delete drafts untouched for an hour; return how many."""
    return Draft.objects.filter(touched_at__lt=now - LIFETIME).delete()[0]
