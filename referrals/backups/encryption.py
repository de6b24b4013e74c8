"""Encrypt a stream with one key, in pieces, so that a backup of any size needs little memory.

AES-256-GCM, a piece at a time. The nonce counts the pieces and marks the last one, so that pieces
can't be left out, swapped or cut off (the STREAM construction). The key is derived from BACKUP_KEY
with a salt of the file's own.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from referrals.backups.postgres_tools import BackupError

MAGIC = b"voordeur-backup-1\n"
_SALT = 16  # bytes
_PIECE = 1 << 20  # bytes
_TAG = 16  # bytes


def encrypted(source: BinaryIO, key: str) -> Iterator[bytes]:
    """Yield the encrypted form of a stream."""
    salt = secrets.token_bytes(_SALT)
    yield MAGIC + salt
    cipher = _cipher(key, salt)
    number, piece = 0, source.read(_PIECE)
    while True:
        following = source.read(_PIECE)
        yield cipher.encrypt(_nonce(number, last=not following), piece, MAGIC)
        if not following:
            return
        number, piece = number + 1, following


def decrypted(source: BinaryIO, key: str) -> Iterator[bytes]:
    """Yield what `encrypted` was given. Raises BackupError for another key or a changed file."""
    if source.read(len(MAGIC)) != MAGIC:
        raise BackupError("This file is no encrypted backup.")
    cipher = _cipher(key, source.read(_SALT))
    number, piece = 0, source.read(_PIECE + _TAG)
    while True:
        following = source.read(_PIECE + _TAG)
        try:
            yield cipher.decrypt(_nonce(number, last=not following), piece, MAGIC)
        except InvalidTag:
            raise BackupError(
                "The backup can't be opened: another BACKUP_KEY, or a file that was changed or cut."
            ) from None
        if not following:
            return
        number, piece = number + 1, following


def _cipher(key: str, salt: bytes) -> AESGCM:
    return AESGCM(HKDF(SHA256(), 32, salt, b"voordeur backup").derive(key.encode()))


def _nonce(number: int, *, last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([last])
