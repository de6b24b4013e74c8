"""The envelope sender of each mail: an address of its own that says which message came back.

    of(message_id)       bounce+<id and signature>@voordeur.example
    message_ids(texts)   the messages whose address stands in these texts

The signature is made with SECRET_KEY; earlier keys (SECRET_KEY_FALLBACKS) still verify. The id is
in base 32 without case, since servers on the way may change the case of an address.
"""

from __future__ import annotations

import base64
from collections.abc import Iterable, Iterator
from email.utils import parseaddr
from uuid import UUID

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac

_SALT = "welzijn.notifications.return_path"
_ID_SIGNS, _SIGNATURE_SIGNS = 26, 16
SIGNS = _ID_SIGNS + _SIGNATURE_SIGNS
LONGEST_LOCAL_PART = 64  # RFC 5321
_LONGEST_TEXT = 10_000
_SEPARATORS = str.maketrans(dict.fromkeys("<>;,:()[]\"'", " "))


def of(message_id: UUID) -> str:
    """Return the envelope sender of a message.

    Without BOUNCE_ADDRESS the sender itself; without BOUNCE_DELIMITER the plain bounce address.
    """
    if not settings.BOUNCE_ADDRESS:
        return str(settings.DEFAULT_FROM_EMAIL)
    if not settings.BOUNCE_DELIMITER:
        return str(settings.BOUNCE_ADDRESS)
    local, _at, domain = parseaddr(settings.BOUNCE_ADDRESS)[1].rpartition("@")
    return f"{local}{settings.BOUNCE_DELIMITER}{token(message_id)}@{domain}"


def token(message_id: UUID) -> str:
    """Return the id of a message with its signature: 42 letters and digits."""
    return _base32(message_id.bytes) + _signature(message_id, settings.SECRET_KEY)


def message_ids(texts: Iterable[str]) -> Iterator[UUID]:
    """Yield the messages whose signed address stands in these header values."""
    address = parseaddr(settings.BOUNCE_ADDRESS)[1]
    if not address or not settings.BOUNCE_DELIMITER:
        return
    local, _at, domain = address.rpartition("@")
    before = f"{local}{settings.BOUNCE_DELIMITER}".casefold()
    after = f"@{domain}".casefold()
    for text in texts:
        for found in addresses_in(text):
            mark = found.removeprefix(before).removesuffix(after)
            if f"{before}{mark}{after}" == found and len(mark) == SIGNS:
                message_id = _verified(mark)
                if message_id is not None:
                    yield message_id


def addresses_in(text: str) -> frozenset[str]:
    """Return the mail addresses in a header value, in small letters."""
    words = text[:_LONGEST_TEXT].translate(_SEPARATORS).split()
    return frozenset(word.casefold() for word in words if "@" in word)


def _verified(signed: str) -> UUID | None:
    packed, signature = signed[:_ID_SIGNS], signed[_ID_SIGNS:]
    padding = "=" * (-len(packed) % 8)
    try:
        message_id = UUID(bytes=base64.b32decode(packed.upper() + padding))
    except ValueError:
        return None
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    matches = [constant_time_compare(_signature(message_id, key), signature) for key in keys]
    return message_id if any(matches) else None


def _signature(message_id: UUID, key: str) -> str:
    made = salted_hmac(_SALT, message_id.bytes, secret=key, algorithm="sha256")
    return _base32(made.digest()[:10])


def _base32(raw: bytes) -> str:
    return base64.b32encode(raw).decode().rstrip("=").lower()
