"""The loop of every sweep: each row on its own savepoint, the rest goes on.

    work_off(sweep, keys, work, now=)   work is called with the keys of one batch
    steps(sweep, {name: function}, now=)  independent parts of one task

A batch is tried whole; one that fails is halved until the bad row stands alone and is set aside
(`set_aside.record`). So a good batch costs one savepoint, and one bad row in a hundred fourteen
more, once: until its term ends no sweep takes it again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, TypeVar
from uuid import UUID

from django.db import Error, OperationalError, connection, transaction

from welzijn.sweeps import set_aside

_Key = TypeVar("_Key")
# A step of a task is not one row: it is tried again soon.
_LONGEST_OF_A_STEP = timedelta(minutes=30)


@dataclass(slots=True)
class Outcome:
    """What a loop did: how many rows it worked off, and the keys that it set aside."""

    done: int = 0
    set_aside: list[Any] = field(default_factory=list)


def work_off(
    sweep: str,
    keys: Iterable[_Key],
    work: Callable[[Sequence[_Key]], int | None],
    *,
    now: datetime,
    batch: int = 1,
    key_of: Callable[[_Key], object] = lambda key: key,
    partnership_of: Callable[[_Key], UUID | None] | None = None,
    longest: timedelta = set_aside.LONGEST_TERM,
) -> Outcome:
    """Call `work` for every row, at most `batch` keys at a time, each call on its own savepoint.

    `work` claims, decides and writes; it may skip what somebody else holds, and returns how many it
    worked off (None: all). It may be called again with the same keys after it raised, so it changes
    copies. Rows within the term of an earlier failure are left out. Inside a transaction that holds
    the locks of a claim, a failure gives back what `work` did and keeps the locks. Raises only
    where the connection to the database is lost: nothing can be worked off or set aside then.
    """
    outcome, wanted = Outcome(), list(keys)
    if not wanted:
        return outcome
    known = set_aside.terms_of(sweep)
    ready = [key for key in wanted if not _held(known, key_of(key), now)]
    waiting = [ready[start : start + batch] for start in range(0, len(ready), batch)]
    waiting.reverse()
    while waiting:
        group = waiting.pop()
        try:
            with transaction.atomic():
                done = work(group)
        except Exception as error:  # noqa: BLE001 (any fault of one row)
            raise_if_connection_lost(error)
            if len(group) > 1:
                middle = len(group) // 2
                waiting += [group[middle:], group[:middle]]
                continue
            whose = partnership_of(group[0]) if partnership_of else None
            set_aside.record(
                sweep, key_of(group[0]), error, now=now, partnership_id=whose, longest=longest
            )
            outcome.set_aside.append(group[0])
        else:
            outcome.done += len(group) if done is None else done
            mended = [key_of(key) for key in group if str(key_of(key)) in known]
            if mended:
                set_aside.clear(sweep, mended)
    return outcome


def steps(
    sweep: str,
    parts: Mapping[str, Callable[[], Any]],
    *,
    now: datetime,
    partnership_id: UUID | None = None,
    longest: timedelta = _LONGEST_OF_A_STEP,
) -> Outcome:
    """Call the parts of a task in order; one that raises stops no other and is tried again soon.

    For parts that open transactions of their own; none is open around them. `longest` of zero: a
    part that failed is counted and told of, and called the next time in any case.
    """
    outcome = Outcome()
    known = set_aside.terms_of(sweep)
    for name, part in parts.items():
        if _held(known, name, now):
            continue
        try:
            part()
        except Exception as error:  # noqa: BLE001 (set aside, or raised again)
            raise_if_connection_lost(error)
            set_aside.record(
                sweep, name, error, now=now, partnership_id=partnership_id, longest=longest
            )
            outcome.set_aside.append(name)
        else:
            outcome.done += 1
            if name in known:
                set_aside.clear(sweep, [name])
    return outcome


class ConnectionLostError(OperationalError):
    """The database went away: no row is at fault, and nothing can be written about it."""


def raise_if_connection_lost(error: Exception) -> None:
    """Raise ConnectionLostError where the database is gone: the next sweep goes on from there.

    An error of its own, because Django connects anew where a transaction ends.
    """
    if isinstance(error, ConnectionLostError):
        raise error
    try:
        usable = connection.connection is not None and connection.is_usable()
    except Error:
        usable = False  # the transaction around it could not be mended
    if not usable:
        raise ConnectionLostError from error


def _held(known: Mapping[str, datetime | None], key: object, now: datetime) -> bool:
    if str(key) not in known:
        return False
    until = known[str(key)]
    return until is None or until > now
