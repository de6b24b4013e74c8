"""Drafts: what a resident has typed and not yet sent.

Kept in the database so that going back loses nothing, and encrypted with a key that only the
browser's cookie holds, so that the table alone reveals nothing. Deleted by "wis alles", by the
quick exit, and an hour after the last step; sending leaves only the receipt.

The key is replaced at the start of a form and on sending it: a cookie that somebody else put into
the browser, or copied from it, opens neither the words nor the code. On sending the receipt is also
kept under the old key, locked with the browser's CSRF secret: a browser that never got the answer
to its POST, on a bad line, still gets its code.
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
from django.utils import timezone

from intake.ask.models import Draft
from intake.attachments import drafts as draft_files
from welzijn.sweeps import rows

COOKIE: str = settings.DRAFT_COOKIE_NAME
LIFETIME = timedelta(hours=1)
_BEFORE = "before"  # in a payload: the id of the row that sending locked
_OPENED = "voordeur.draft_key"  # in request.META: the key with which `read` opened a draft
MAX_DRAFT = 400_000  # characters of one draft; the fields of the form together hold fewer
MAX_UNSENT = (
    100_000  # characters kept of a page left without "Verder"; far more than its fields hold
)


def _id(key: str) -> bytes:
    return sha256(b"draft-id:" + key.encode()).digest()


def _cipher(key: str) -> Fernet:
    return Fernet(base64.urlsafe_b64encode(sha256(b"draft-key:" + key.encode()).digest()))


def _locked_cipher(key: str, request: HttpRequest) -> Fernet | None:
    """The cipher of a draft whose key was replaced; None in a browser without a CSRF secret."""
    secret = request.META.get("CSRF_COOKIE")
    return _cipher(f"{key}\x00{secret}") if secret else None


def _key_of(request: HttpRequest) -> str:
    key = request.COOKIES.get(COOKIE, "")
    return key if 20 <= len(key) <= 64 else ""


def fits(answers: dict[str, Any]) -> bool:
    """Whether a draft is small enough to store; the fields of the form always are."""
    return len(json.dumps(answers)) <= MAX_DRAFT


def read(request: HttpRequest, *, now: datetime) -> dict[str, Any] | None:
    """Return what was typed in this browser, or None if there is no draft (any more)."""
    key = _key_of(request)
    if not key:
        return None
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT payload FROM intake_draft WHERE id = %s AND touched_at > %s",
            [_id(key), now - LIFETIME],
        )
        kept = cursor.fetchone()
    if kept is None:
        return None
    payload = bytes(kept[0])
    found = _decrypted(_cipher(key), payload)
    if found is not None:
        request.META[_OPENED] = key
        return found
    locked = _locked_cipher(key, request)
    return None if locked is None else _decrypted(locked, payload)


def _decrypted(cipher: Fernet, payload: bytes) -> dict[str, Any] | None:
    try:
        found: dict[str, Any] = json.loads(cipher.decrypt(payload))
    except (InvalidToken, ValueError):
        return None
    return found


def write(
    request: HttpRequest,
    response: HttpResponse,
    answers: dict[str, Any],
    *,
    now: datetime,
    new_key: bool = False,
    sent: bool = False,
) -> None:
    """Store `answers`, and the key in a cookie that lasts for the browser's session.

    A key that `read` opened nothing with is never used: somebody else may have chosen it.
    `new_key` asks for a new one in any case; the old one then opens nothing. `sent` does too, but
    locks what the old one opened, so that a repeated POST is answered like the first.
    """
    old = key = _key_of(request)
    if new_key or sent or not old or request.META.get(_OPENED) != old:
        key = secrets.token_urlsafe(32)
    rows: list[bytes | datetime] = []
    locked = _locked_cipher(old, request) if sent and old else None
    # Sent before, when danger was said to be now: what was locked then goes.
    earlier = bytes.fromhex(answers.get(_BEFORE, "")) if locked is not None else b""
    if locked is not None:
        rows = [_id(old), locked.encrypt(json.dumps(answers).encode()), now]
        answers = {**answers, _BEFORE: _id(old).hex()}
    rows += [_id(key), _cipher(key).encrypt(json.dumps(answers).encode()), now]
    values = ", ".join(["(%s, %s, %s)"] * (len(rows) // 3))
    gone = _id(old) if locked is None and old != key else earlier
    # One statement, because every step of the form writes it.
    with connection.cursor() as cursor:
        cursor.execute(
            "WITH gone AS (DELETE FROM intake_draft WHERE id = %s)"  # noqa: S608 (our own values)
            f" INSERT INTO intake_draft (id, payload, touched_at) VALUES {values}"
            " ON CONFLICT (id) DO UPDATE SET payload = EXCLUDED.payload,"
            " touched_at = EXCLUDED.touched_at",
            [gone, *rows],
        )
    if answers.get("has_files"):
        draft_files.extend(answers["files_secret"], now=now)
    response.set_cookie(
        COOKIE,
        key,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )


def wipe(request: HttpRequest, response: HttpResponse) -> None:
    """Delete the draft from the database and its key from the browser."""
    key = _key_of(request)
    if key:
        answers = read(request, now=timezone.now()) or {}
        before = answers.get(_BEFORE, "")
        if answers.get("has_files"):
            draft_files.wipe(answers["files_secret"])
        Draft.objects.filter(pk__in=[_id(key), bytes.fromhex(before)]).delete()
    response.delete_cookie(COOKIE, samesite="Lax")


def delete_expired(*, now: datetime) -> int:
    """Delete drafts untouched for an hour; return how many."""
    expired = Draft.objects.filter(touched_at__lt=now - LIFETIME)
    return rows.work_off(
        "drafts",
        list(expired.values_list("pk", flat=True)),
        lambda keys: expired.filter(pk__in=keys).delete()[0],
        now=now,
        batch=1_000,
        key_of=lambda pk: bytes(pk).hex(),
    ).done
