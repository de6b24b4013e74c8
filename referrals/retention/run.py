"""Delete what has expired, batch by batch: for the nightly task and `manage.py retain`.

Each batch is its own transaction: a round that is killed loses only its current batch, and the
next round continues. Two rounds at once skip what the other has locked.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from typing import Any
from uuid import UUID

from django.contrib.sessions.models import Session
from django.utils import timezone

from organisations.partnerships import retention_terms
from organisations.partnerships.models import Partnership
from referrals.retention import erase, erasure_list, log
from referrals.retention.due import Group, expired, groups
from welzijn.sweeps import rows

SWEEP = "retention"
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
        parts = {
            "groups": partial(_delete_groups, partnership, tally, budget, size, now),
            "log": partial(_delete_log, partnership, tally, budget, now),
            "unlinked": partial(log.delete_orphans, partnership=partnership, now=now),
        }
        _steps({f"{partnership.pk} {name}": part for name, part in parts.items()}, now, partnership)
        tally.more = tally.more or budget.spent
    old_marks = partial(erasure_list.forget_old, now=now)
    _steps({"sessions": _delete_sessions, "erasure list": old_marks}, now)
    return tally


def _steps(
    parts: Mapping[str, Callable[[], Any]], now: datetime, partnership: Partnership | None = None
) -> None:
    """Call each part, whatever the others raise; a round is rare, so none waits for a term."""
    whose = partnership.pk if partnership else None
    rows.steps(SWEEP, parts, now=now, partnership_id=whose, longest=timedelta())


def _delete_sessions() -> None:
    # Sessions name the question that a browser had open; they expire within hours.
    Session.objects.filter(expire_date__lt=timezone.now()).delete()


def _delete_log(partnership: Partnership, tally: Tally, budget: _Budget, now: datetime) -> None:
    while not budget.spent:
        lines = log.delete_batch(partnership=partnership, size=LOG_BATCH, now=now)
        tally.log += lines
        if not lines:
            return


def _delete_groups(
    partnership: Partnership, tally: Tally, budget: _Budget, size: int, now: datetime
) -> None:
    parts = {
        f"{group.organisation.pk.hex} {partnership.pk.hex} {group.kind}": partial(
            _delete_group, group, tally, budget, size, now
        )
        for group in groups(partnership=partnership, now=now)
    }
    _steps(parts, now, partnership)


def _delete_group(group: Group, tally: Tally, budget: _Budget, size: int, now: datetime) -> None:
    after: UUID | None = None
    while not budget.spent:
        questions = expired(group, now=now).order_by("pk")
        if after is not None:
            questions = questions.filter(pk__gt=after)
        ids = list(questions.values_list("pk", flat=True)[:size])
        if not ids:
            return
        outcome = rows.work_off(
            SWEEP,
            ids,
            lambda part: erase.erase_batch(group, part, now=now),
            now=now,
            batch=size,
            partnership_of=lambda _pk: group.partnership.pk,
            longest=timedelta(),
        )
        tally.questions += outcome.done
        tally.failed += len(outcome.set_aside)
        after = ids[-1]
