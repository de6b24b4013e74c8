"""Batch after batch, for every partnership: the nightly round and `manage.py retain`.

Each batch is a transaction of its own. A round that is killed loses the batch it was in and
nothing else; the next begins where anything is left. Two at once skip what the other has locked.
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
from referrals.retention.due import Group, groups, over

logger = logging.getLogger(__name__)

BATCH = 200  # questions
LOG_BATCH = 5_000  # lines


@dataclass(slots=True)
class Tally:
    """What a round did. `failed`: questions that would not go; `without_terms`: slugs."""

    questions: int = 0
    log: int = 0
    failed: int = 0
    more: bool = False
    without_terms: list[str] = field(default_factory=list)


class _Budget:
    """How long a round may go on; None: until nothing is left."""

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
    """Delete what is over everywhere, or at these partnerships.

    `seconds`: stop after about so long and say `more`. What can't be deleted is counted as failed,
    named in no log, and doesn't stop the rest. Running it twice, or two at once, is harmless.
    """
    tally, budget = Tally(), _Budget(seconds)
    if partnerships is None:
        partnerships = Partnership.objects.order_by("slug")
    for partnership in partnerships:
        if retention_terms.terms_of(partnership) is None:
            tally.without_terms.append(partnership.slug)
            continue
        for group in groups(partnership=partnership, now=now):
            _group(group, tally, budget, size, now)
        while not budget.spent:
            lines = log.batch(partnership=partnership, size=LOG_BATCH, now=now)
            tally.log += lines
            if not lines:
                break
        log.loose_ends(partnership=partnership, now=now)
        tally.more = tally.more or budget.spent
    # A browser that had a question open names it in its session; those end within hours.
    Session.objects.filter(expire_date__lt=timezone.now()).delete()
    return tally


def _group(group: Group, tally: Tally, budget: _Budget, size: int, now: datetime) -> None:
    after: UUID | None = None
    while not budget.spent:
        found = over(group, now=now).order_by("pk")
        if after is not None:
            found = found.filter(pk__gt=after)
        ids = list(found.values_list("pk", flat=True)[:size])
        if not ids:
            return
        tally.questions += _erased(group, ids, tally, now)
        after = ids[-1]


def _erased(group: Group, ids: Sequence[UUID], tally: Tally, now: datetime) -> int:
    """Erase a batch; one by one where it fails, so that one question holds up no other."""
    try:
        return erase.questions(group, ids, now=now)
    except (Error, ProtectedError) as error:
        if len(ids) == 1:
            logger.error("retention: a question would not go: %s", type(error).__name__)  # noqa: TRY400 (a traceback could quote a row)
            tally.failed += 1
            return 0
    return sum(_erased(group, [one], tally, now) for one in ids)
