"""Anchors: where the chain stood, written each day outside the database.

Who can change the database as its owner can change the chain with it, or cut off its end. An anchor
that an operator keeps elsewhere shows that. One line: the moment, the block's number and its hash;
no person.
"""

from __future__ import annotations

import logging
import os
import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings

from welzijn.audit.chain import sealing

logger = logging.getLogger(__name__)

# The hash in groups: the log's filter takes a longer run for a link's key.
_GROUP = 8
_RESTORED = "restored to"
_LINE = re.compile(r"(?:^|\s)(\d{1,8}):((?:[0-9a-f]{8}_?){8})(?:\s|$)")


@dataclass(frozen=True)
class Anchor:
    """That the chain had this block with this hash."""

    number: int
    hash: bytes

    def __str__(self) -> str:
        return f"{self.number}:{self.hash.hex('_', _GROUP // 2)}"


def write(*, now: datetime) -> Anchor | None:
    """Seal what waits, and write the end of the chain to the log and to the file LOG_ANCHORS.

    None while there is no block. Raises OSError where the file can't be written; the line stands in
    the log then.
    """
    sealing.seal(now=now)
    last = sealing.last_block()
    if last is None:
        return None
    anchor = Anchor(last.number, bytes(last.hash))
    # A warning, so that no LOG_LEVEL leaves it out.
    logger.warning("access log anchor %s", anchor)
    if settings.LOG_ANCHORS:
        _append(Path(settings.LOG_ANCHORS), f"{now.isoformat()} {anchor}\n")
    return anchor


def write_restored(*, now: datetime) -> None:
    """Write to LOG_ANCHORS where the chain of a restored backup ends.

    What was anchored after that is gone with the rest. Raises OSError.
    """
    last = sealing.last_block()
    anchor = Anchor(last.number, bytes(last.hash)) if last else Anchor(0, bytes(32))
    logger.warning("access log %s %s", _RESTORED, anchor)
    # Without a file there is nothing to end; the worker makes it, as its own.
    if settings.LOG_ANCHORS and Path(settings.LOG_ANCHORS).exists():
        _append(Path(settings.LOG_ANCHORS), f"{now.isoformat()} {_RESTORED} {anchor}\n")


def parse(text: str) -> list[Anchor]:
    """Return the anchors in a text: lines of the file or of the log; others are passed over.

    A line of a restore ends the anchors of later blocks before it.
    """
    known: list[Anchor] = []
    for line in text.splitlines():
        found = _LINE.search(line)
        if found is None:
            continue
        anchor = Anchor(int(found[1]), bytes.fromhex(found[2].replace("_", "")))
        if _RESTORED in line:
            known = [one for one in known if one.number <= anchor.number]
        if anchor.number:
            known.append(anchor)
    return known


def _append(file: Path, line: str) -> None:
    descriptor = os.open(file, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        os.write(descriptor, line.encode())
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
