"""The typed fields of a POST, and the addresses that a draft belongs to."""

from __future__ import annotations

import hmac
import json
import re
from hashlib import sha256
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, QueryDict

from welzijn.core.refused_forms import PARAMETER
from welzijn.staff_forms.tokens import FIELD

# Sent along by our own script; no field of the form.
PAGE, ACTION, LATE = "draft_page", "draft_action", "draft_late"
_OURS = {FIELD, PAGE, ACTION, LATE, "csrfmiddlewaretoken"}
_SECRET = re.compile("passw|secret|token", re.IGNORECASE)
_LONGEST_ADDRESS = 2_000
_ID = re.compile("[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")

Fields = dict[str, list[str]]


def typed(posted: QueryDict) -> Fields:
    """Return the fields of a POST without keys, secrets and what PostgreSQL can't store."""
    return {
        name: [value.replace("\x00", "\ufffd") for value in values]
        for name, values in posted.lists()
        if name not in _OURS and not _SECRET.search(name)
    }


def files(request: HttpRequest) -> Fields:
    """Return a hash of each file of a POST, so that another file is another content."""
    found: Fields = {}
    for name, several in request.FILES.lists():
        found[f"file {name}"] = [sha256(one.read()).hexdigest() for one in several]
        for one in several:
            one.seek(0)
    return found


def has_words(fields: Fields) -> bool:
    """Whether anything in it is worth keeping."""
    return any(value.strip() for values in fields.values() for value in values)


def own_address(request: HttpRequest, address: str) -> str:
    """Return path and query of an address on this host, or ""."""
    if not address or len(address) > _LONGEST_ADDRESS:
        return ""
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    if parts.netloc and parts.netloc != request.get_host():
        return ""
    if not parts.path.startswith("/") or parts.path.startswith("//"):
        return ""
    query = _without_kept(parts.query)
    return f"{parts.path}?{query}" if query else parts.path


def _without_kept(query: str) -> str:
    """Return a query without the name of a refused form: the page and its drafts stay the same."""
    pairs = [pair for pair in query.split("&") if not pair.startswith(f"{PARAMETER}=")]
    return "&".join(pairs)


def address_of(request: HttpRequest) -> str:
    """Return path and query of this request, as drafts and form keys know it."""
    path, _mark, query = request.get_full_path().partition("?")
    query = _without_kept(query)
    return f"{path}?{query}" if query else path


def page_of(request: HttpRequest) -> str:
    """Return the page on which the form of a POST stands: its referrer, or its own address."""
    return own_address(request, request.headers.get("referer", "")) or address_of(request)


def digest(request: HttpRequest, address: str) -> bytes:
    """Return the hash by which a page or a form's address is known on this host."""
    return sha256(f"{request.get_host()}\n{address}".encode()).digest()


def content(fields: Fields) -> bytes:
    """Return a keyed hash of the fields: equal for equal fields, and saying nothing about them."""
    text = json.dumps(fields, sort_keys=True)
    return hmac.new(f"form:{settings.SECRET_KEY}".encode(), text.encode(), sha256).digest()


def ids_in(*addresses: str) -> list[UUID]:
    """Return the ids in these addresses: of the question that the words are about."""
    return sorted({UUID(found) for address in addresses for found in _ID.findall(address)})
