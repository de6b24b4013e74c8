"""Identifiers that sort by time, made in Python so that unsaved rows can reference each other."""

import os
import threading
import time
import uuid

from django.db.models.expressions import RawSQL

RANDOM_KEY = RawSQL("('x' || substr(gen_random_uuid()::text, 1, 8))::bit(32)::bigint", ())
"""32 random bits from PostgreSQL's strong source."""

_lock = threading.Lock()
_last = 0


def uuid7() -> uuid.UUID:
    """Return a version 7 UUID (RFC 9562, 5.7): 48 bits of Unix milliseconds, 12 of their fraction.

    The fraction (method 3 of 6.2) never repeats within a process, so that ids of the same moment
    keep their order of creation; 62 random bits keep processes apart.
    """
    global _last
    with _lock:
        milliseconds, rest = divmod(time.time_ns(), 1_000_000)
        stamp = max(milliseconds << 12 | rest * 4096 // 1_000_000, _last + 1)
        _last = stamp
    value = (stamp >> 12) << 80 | 0x7 << 76 | (stamp & 0xFFF) << 64
    value |= 0x2 << 62 | int.from_bytes(os.urandom(8), "big") >> 2
    return uuid.UUID(int=value)
