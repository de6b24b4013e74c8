"""Which questions were erased, as hashes of their ids, so that a restored backup erases them again.

A hash of a random id leads nowhere, except for who holds a copy that still has the question: that
copy is what it is for. It stands in a table, and in the file ERASURE_LIST outside the database: no
backup holds what was erased after it.
"""

from __future__ import annotations

import hashlib
import logging
import os
from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction

from referrals.retention.models import ErasedQuestion

logger = logging.getLogger(__name__)

# No backup may be older than this when it is restored; `manage.py restore` says so.
KEPT = timedelta(days=400)
_DOMAIN = "voordeur-erased:"


def mark_of(question: UUID) -> str:
    """Return the hash that stands for an erased question."""
    return hashlib.sha256(f"{_DOMAIN}{question}".encode()).hexdigest()


def add(questions: Collection[UUID], *, now: datetime) -> None:
    """Put erased questions on the list, in the erasing transaction; in the file once committed."""
    marks = [mark_of(one) for one in questions]
    ErasedQuestion.objects.bulk_create(
        [ErasedQuestion(mark=mark, at=now) for mark in marks], ignore_conflicts=True
    )
    if settings.ERASURE_LIST:
        transaction.on_commit(lambda: _append(Path(settings.ERASURE_LIST), marks, now))


def forget_old(*, now: datetime) -> None:
    """Drop what no backup that may still be restored can hold."""
    ErasedQuestion.objects.filter(at__lt=now - KEPT).delete()


def read(file: Path) -> dict[str, datetime]:
    """Return the marks of a list with their moments; a line that was cut off counts for nothing."""
    found: dict[str, datetime] = {}
    for line in file.read_text("utf-8").splitlines():
        mark, _, at = line.partition(" ")
        try:
            if len(mark) == 64:  # hexadecimal digits of a SHA-256
                found[mark] = datetime.fromisoformat(at)
        except ValueError:
            continue
    return found


def write(file: Path, marks: Iterable[tuple[str, datetime]]) -> None:
    """Add marks to a list, and return when they are on the disk."""
    descriptor = os.open(file, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        # One write a batch, so that two processes don't mix their lines.
        os.write(descriptor, "".join(f"{m} {at.isoformat()}\n" for m, at in marks).encode())
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def questions_of(marks: Collection[str]) -> list[UUID]:
    """Return the questions in this database that these marks say were erased."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id FROM intake_question WHERE"
            " encode(sha256(convert_to(%s || id::text, 'UTF8')), 'hex') = ANY(%s)",
            [_DOMAIN, list(marks)],
        )
        return [row[0] for row in cursor.fetchall()]


def _append(file: Path, marks: Collection[str], now: datetime) -> None:
    try:
        write(file, [(mark, now) for mark in marks])
    except OSError as error:
        # The erasing itself holds; `manage.py export_erasures` adds what is missing.
        logger.error("retention: ERASURE_LIST can't be written: %s", error.strerror)  # noqa: TRY400
