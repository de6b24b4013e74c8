"""Delete what has expired, batch by batch: for the nightly task and `manage.py retain`.

Each batch is its own transaction: a round that is killed loses only its current batch, and the
next round continues. Two rounds at once skip what the other has locked.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.contrib.sessions.models import Session
from django.db import Error
from django.db.models import ProtectedError
from django.utils import timezone

from organisations.partnerships import retention_terms
from organisations.partnerships.models import Partnership
from referrals.retention import erase, log
from referrals.retention.due import Group, expired, groups

logger = logging.getLogger(__name__)

BATCH = 200  # questions
LOG_BATCH = 5_000  # lines


@dataclass(slots=True)
class Tally:
    """What a round did. `failed`: questions that could not be deleted; `without_terms`: slugs."""

    questions: int = 0
    log: int = 0
    failed: int = 0
    more: bool = False
    without_terms: list[str] = field(default_factory=list)


class _Budget:
    """The time limit of a round; None: until nothing is left."""

    def __init__(self, seconds: float | None) -> None:
        self._until = None if seconds is None else time.monotonic() + seconds

    @property
    def spent(self) -> bool:
        return self._until is not None and time.monotonic() >= self._until


def retain(
    *,
    now: datetime,
    partnerships: Iterable[Partnership] | None = None,
    seconds: float | None = None,
    size: int = BATCH,
) -> Tally:
    """Delete what has expired, everywhere or at these partnerships. Idempotent.

    `seconds`: stop after about that long and set `more`. A question that can't be deleted counts as
    failed, is named in no log, and does not stop the rest. Two rounds at once are safe.
    """
    tally, budget = Tally(), _Budget(seconds)
    if partnerships is None:
        partnerships = Partnership.objects.order_by("slug")
    for partnership in partnerships:
        if retention_terms.terms_of(partnership) is None:
            tally.without_terms.append(partnership.slug)
            continue
        for group in groups(partnership=partnership, now=now):
            _delete_group(group, tally, budget, size, now)
        while not budget.spent:
            lines = log.delete_batch(partnership=partnership, size=LOG_BATCH, now=now)
            tally.log += lines
            if not lines:
                break
        log.delete_orphans(partnership=partnership, now=now)
        tally.more = tally.more or budget.spent
    # Sessions name the question that a browser had open; they expire within hours.
    Session.objects.filter(expire_date__lt=timezone.now()).delete()
    return tally


def _delete_group(group: Group, tally: Tally, budget: _Budget, size: int, now: datetime) -> None:
    after: UUID | None = None
    while not budget.spent:
        questions = expired(group, now=now).order_by("pk")
        if after is not None:
            questions = questions.filter(pk__gt=after)
        ids = list(questions.values_list("pk", flat=True)[:size])
        if not ids:
            return
        tally.questions += _erase(group, ids, tally, now)
        after = ids[-1]


def _erase(group: Group, ids: Sequence[UUID], tally: Tally, now: datetime) -> int:
    """Erase a batch, or each question apart if that fails, so that one failure stops no other."""
    try:
        return erase.erase_batch(group, ids, now=now)
    except (Error, ProtectedError) as error:
        if len(ids) == 1:
            logger.error("retention: a question would not go: %s", type(error).__name__)  # noqa: TRY400 (a traceback could quote a row)
            tally.failed += 1
            return 0
    return sum(_erase(group, [one], tally, now) for one in ids)
