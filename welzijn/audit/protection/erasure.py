"""The door that retention erases through: the only way to delete or empty what proves something.

    with erasure.of_questions([...], proof=..., rule=...):   everything that hangs from them
    with erasure.of_log(partnership, before=..., proof=...):  lines over their term
    with erasure.of_rehearsal(partnership):          what was practised before a door opened

A function of the database opens it, for these rows in this transaction, and closing it looks that
the questions are gone whole and that the proof is there (`migrations/sql/evidence.sql`).
What is still open at the commit is closed then.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection


@contextmanager
def of_questions(questions: Collection[UUID], *, proof: UUID, rule: str) -> Iterator[None]:
    """Open the door for ended questions with their people. Call it in a transaction.

    Raises IntegrityError for an open question, and at the end where a question is left or the proof
    is missing.
    """
    with _door("evidence_open(%s, %s, %s)", [proof, rule, list(questions)]):
        yield


@contextmanager
def of_log(partnership: UUID, *, before: datetime, proof: UUID) -> Iterator[None]:
    """Open the door for the lines of before this moment. Call it in a transaction.

    Raises IntegrityError where the partnership's term for the log is not over then.
    """
    with _door("evidence_open_log(%s, %s, %s)", [proof, partnership, before]):
        yield


@contextmanager
def of_rehearsal(partnership: UUID) -> Iterator[None]:
    """Open the door for what a rehearsing partnership practised. Call it in a transaction.

    Raises IntegrityError for a partnership that is open, or does not rehearse.
    """
    with _door("evidence_open_rehearsal(%s)", [partnership]):
        yield


@contextmanager
def _door(opens: str, values: list[Any]) -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {opens}", values)
    yield
    with connection.cursor() as cursor:
        cursor.execute("SELECT evidence_close()")
