"""Encrypt a file with a key of its own, and that key with SECRET_KEY.

Replacing SECRET_KEY so takes a few bytes a file, not the files themselves (`tasks`). A file is
bound to its id: the payload of one row opens in no other.
"""

import secrets
from hashlib import sha256
from uuid import UUID

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from welzijn.core import encryption

_PURPOSE = "attachment"
_NONCE = 12  # bytes, as NIST SP 800-38D recommends
OVERHEAD = _NONCE + 16  # bytes that a payload is longer than its file


def new_key() -> bytes:
    """Return a random key for one file."""
    return AESGCM.generate_key(bit_length=256)


def seal(key: bytes, data: bytes, *, file_id: UUID) -> bytes:
    """Return `data` encrypted for the row with this id."""
    nonce = secrets.token_bytes(_NONCE)
    return nonce + AESGCM(key).encrypt(nonce, data, file_id.bytes)


def unseal(key: bytes, sealed: bytes, *, file_id: UUID) -> bytes:
    """Return what `seal` was given. Raises InvalidTag for another key, row or content."""
    return AESGCM(key).decrypt(sealed[:_NONCE], sealed[_NONCE:], file_id.bytes)


def wrap(key: bytes) -> str:
    """Return a file's key encrypted with the SECRET_KEY of now."""
    return encryption.encrypt(_PURPOSE, key.hex())


def unwrap(wrapped: str) -> bytes:
    """Return a file's key. Raises InvalidToken where the SECRET_KEY of then is gone."""
    return bytes.fromhex(encryption.decrypt(_PURPOSE, wrapped))


def mark() -> str:
    """Return what tells the SECRET_KEY of now from another; it reveals nothing of it."""
    return sha256(f"attachment-key-mark:{settings.SECRET_KEY}".encode()).hexdigest()[:16]
