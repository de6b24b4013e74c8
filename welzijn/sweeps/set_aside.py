"""Set a row aside: count the failure, hold the row for a term, and notify who can mend it.

    record(...)        one more failure; the term doubles from a minute to six hours
    give_up(...)       an end that nobody else hears of; not tried again
    without_held(...)  leave out of a queryset what is set aside now
    clear(...)         worked off after all

The log, the row and the mail to the administrator hold the class of the error and its place in the
code, never its text: that can quote a row.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from types import TracebackType
from typing import TypeVar
from uuid import UUID

from django.db import transaction
from django.db.models import CharField, Exists, Model, OuterRef, Q, QuerySet
from django.db.models.functions import Cast

from welzijn.sweeps.models import SetAside

logger = logging.getLogger(__name__)

FIRST_TERM = timedelta(minutes=1)
LONGEST_TERM = timedelta(hours=6)
# A passing fault (a lock, a restart) mends itself: the administrator is told of the third failure.
NOTIFY_AFTER = 3
KEPT = timedelta(days=30)
_OURS = ("welzijn.", "organisations.", "intake.", "referrals.")

_Row = TypeVar("_Row", bound=Model)
Alarm = Callable[[SetAside, datetime], None]


def _only_logged(_row: SetAside, _now: datetime) -> None:
    return


_alarm: Alarm = _only_logged


def use_alarm(alarm: Alarm) -> None:
    """Set who is told (called by organisations at start-up)."""
    global _alarm
    _alarm = alarm


def record(
    sweep: str,
    key: object,
    error: BaseException | str,
    *,
    now: datetime,
    partnership_id: UUID | None = None,
    longest: timedelta = LONGEST_TERM,
    notify: bool = True,
    notify_after: int = NOTIFY_AFTER,
) -> SetAside:
    """Count a failure of this row, and hold it for a term that doubles each time.

    Call it outside the savepoint that failed. `notify`: notify the administrator at the third
    failure (`notify_after`).
    """
    reason = error if isinstance(error, str) else place_of(error)
    row = _count(sweep, key, reason, now, partnership_id)
    row.held_until = now + term(row.failures, longest)
    row.save(update_fields=["held_until"])
    logger.error("%s: a row is set aside, failure %d: %s", sweep, row.failures, reason)
    if notify and row.failures >= notify_after:
        _notify(row, now)
    return row


def give_up(
    sweep: str,
    key: object,
    error: str,
    *,
    now: datetime,
    partnership_id: UUID | None = None,
    notify: bool = True,
) -> SetAside:
    """Record an end that nobody else hears of, and notify the administrator at once."""
    row = _count(sweep, key, error, now, partnership_id)
    row.held_until = None
    row.save(update_fields=["held_until"])
    logger.error("%s: given up after %d failures: %s", sweep, row.failures, error)
    if notify:
        _notify(row, now)
    return row


def term(failures: int, longest: timedelta = LONGEST_TERM) -> timedelta:
    """Return how long a row is held after this many failures: 1, 2, 4 ... minutes."""
    return min(FIRST_TERM * 2 ** min(failures - 1, 30), longest)


def clear(sweep: str, keys: Iterable[object]) -> None:
    """Forget rows that were worked off after all."""
    SetAside.objects.filter(sweep=sweep, key__in=[str(key) for key in keys]).delete()


def terms_of(sweep: str) -> dict[str, datetime | None]:
    """Return the rows of a sweep that failed before, with the moment of their next try."""
    return dict(SetAside.objects.filter(sweep=sweep).values_list("key", "held_until"))


def without_held(rows: QuerySet[_Row], sweep: str, *, now: datetime) -> QuerySet[_Row]:
    """Leave out the rows that are set aside at `now`, by their primary key."""
    held = SetAside.objects.filter(
        Q(held_until__gt=now) | Q(held_until=None),
        sweep=sweep,
        key=Cast(OuterRef("pk"), CharField()),
    )
    return rows.filter(~Exists(held))


def old(now: datetime) -> QuerySet[SetAside]:
    """Return what has not failed for a month: mended, deleted, or given up and read."""
    return SetAside.objects.filter(last_at__lt=now - KEPT)


def place_of(error: BaseException) -> str:
    """Return the class of an error and the line of ours that raised it, without its text."""
    place, last = "", error.__traceback__
    trace: TracebackType | None = last
    while trace is not None:
        module = str(trace.tb_frame.f_globals.get("__name__", ""))
        if module.startswith(_OURS) and not module.startswith("welzijn.sweeps."):
            place = f" in {module}:{trace.tb_lineno}"
        trace = trace.tb_next
    return f"{type(error).__name__}{place}"[:200]


def _count(
    sweep: str, key: object, reason: str, now: datetime, partnership_id: UUID | None
) -> SetAside:
    values = {"first_at": now, "last_at": now, "error": reason[:200]}
    with transaction.atomic():
        row, new = SetAside.objects.get_or_create(
            sweep=sweep,
            key=str(key),
            defaults={**values, "partnership_id": partnership_id, "held_until": now},
        )
        if new:
            return row
        row = SetAside.objects.select_for_update().get(pk=row.pk)
        row.failures += 1
        row.last_at, row.error = now, reason[:200]
        row.partnership_id = partnership_id or row.partnership_id
        row.save(update_fields=["failures", "last_at", "error", "partnership"])
    return row


def _notify(row: SetAside, now: datetime) -> None:
    """Tell the administrator once about this row; an alarm that fails stops nothing."""
    if row.notified_at is not None:
        return
    try:
        with transaction.atomic():
            row.notified_at = now
            row.save(update_fields=["notified_at"])
            _alarm(row, now)
    except Exception as error:  # noqa: BLE001 - the sweep goes on; the log and the page say it
        row.notified_at = None
        logger.error("an alarm could not be given: %s", place_of(error))  # noqa: TRY400 (a traceback could quote a row)
