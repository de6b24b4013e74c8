"""The hashes of the chain, computed apart from the database that is examined.

The same as in `migrations/sql/log_chain.sql`: SHA-256 over JSON as jsonb writes it
(tests/welzijn/audit/test_hashing.py compares the two on whatever text).
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import UTC, datetime
from hashlib import sha256
from uuid import UUID

TAG = 8  # bytes
LEAF = 32  # bytes
# In the place of a leaf: the line went before it was sealed.
NO_LEAF = bytes(LEAF)


def tag(line: UUID) -> bytes:
    """Return what stands for a line in its block."""
    return sha256(str(line).encode()).digest()[:TAG]


def kept(*, line: UUID, at: datetime, ids: Iterable[UUID | None], texts: Iterable[object]) -> bytes:
    """Return the hash of what a line says for as long as it is there.

    `ids`: partnership, actor, organisation. `texts`: actor kind, role, action, what, basis,
    emergency.
    """
    partnership, actor, organisation = ids
    kind, *others = texts
    parts = (str(line), _moment(at), _text(partnership), kind, _text(actor), _text(organisation))
    return _hash("voordeur-line-1", *parts, *others)


def erasable(
    *, line: UUID, question: UUID | None, person: UUID | None, reason: str, on_behalf_of: str
) -> bytes:
    """Return the hash of what retention takes from a line."""
    return _hash(str(line), _text(question), _text(person), reason, on_behalf_of)


def leaf(kept_hash: bytes, erasable_hash: bytes) -> bytes:
    """Return the hash of a line."""
    return sha256(kept_hash + erasable_hash).digest()


def erasure(*, number: int, at: datetime, kind: str, lines: int, tags: bytes) -> bytes:
    """Return the hash of a record of erasing."""
    return _hash("voordeur-erasure-1", number, _moment(at), kind, lines, sha256(tags).hexdigest())


def block(
    *,
    number: int,
    previous: bytes,
    sealed_at: datetime,
    lines: int,
    content: bytes,
    erasures: int,
    erasures_hash: bytes,
) -> bytes:
    """Return the hash of a block; `content` is its tags and its leaves."""
    return _hash(
        "voordeur-block-1",
        number,
        previous.hex(),
        _moment(sealed_at),
        lines,
        sha256(content).hexdigest(),
        erasures,
        erasures_hash.hex(),
    )


def _hash(*parts: object) -> bytes:
    return sha256(json.dumps(parts, ensure_ascii=False).encode()).digest()


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%f")


def _text(one: UUID | None) -> str | None:
    return None if one is None else str(one)
