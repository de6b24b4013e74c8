"""Seal what was added to the access log into blocks, each with the hash of the one before it.

The page that reads a question only adds its line and the line's place in the queue; hashing happens
here, afterwards, so that no page waits for another. A line that is committed late is in the queue
when it is committed.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import connection

from welzijn.audit.models import LogBlock, LogErasure, UnsealedEvent
from welzijn.sweeps import rows

SWEEP = "log chain"
BLOCK = 5_000  # lines
_AT_ONCE = 20 * BLOCK


def seal(*, now: datetime, block: int = BLOCK) -> int:
    """Seal everything that waits, at most `block` lines a block; return how many lines.

    Two at once are safe: one of them does it. A line that can't be sealed is set aside with an
    alarm (`welzijn.sweeps`), stays in the queue, and holds up no other.
    """
    sealed = 0
    while True:
        waiting = UnsealedEvent.objects.order_by("pk").values_list("pk", flat=True)[:_AT_ONCE]
        done = rows.work_off(SWEEP, list(waiting), _seal_block, now=now, batch=block).done
        sealed += done
        if done == 0 or not UnsealedEvent.objects.exists():
            break
    if LogErasure.objects.filter(block=None).exists():
        rows.steps(SWEEP, {"records of erasing": lambda: _seal_block([])}, now=now)
    return sealed


def last_block() -> LogBlock | None:
    """Return the end of the chain."""
    return LogBlock.objects.order_by("-number").defer("tags", "leaves").first()


def _seal_block(lines: Sequence[UUID]) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT audit_seal(%s)", [list(lines)])
        return int(cursor.fetchone()[0])
