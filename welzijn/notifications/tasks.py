"""Celery tasks for messages: idempotent callers of domain functions."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from welzijn.notifications import digest, outbox
from welzijn.notifications.delivery import BATCH, SweepResult, sweep

# A task ends before the broker would think it lost (visibility timeout, 600 s) and hand it out
# again. At the slowest sensible mail server this is some minutes.
_LIMIT = 2_000


@shared_task
def sweep_messages() -> None:
    """Send what is due; ask other workers to help where it is much.

    A long sweep requests one successor at its start, so that all workers take part, and one at its
    end if something is left, in case the broker lost the first. A successor that finds nothing
    costs one query.
    """
    if not _has_more(sweep(now=timezone.now(), limit=BATCH)):
        return
    outbox.nudge()
    if _has_more(sweep(now=timezone.now(), limit=_LIMIT)):
        outbox.nudge()


def _has_more(result: SweepResult) -> bool:
    return result.more and not result.down


@shared_task
def reschedule_digests() -> None:
    """Queue a digest for lines that none includes."""
    digest.reschedule_stranded_lines(timezone.now())
