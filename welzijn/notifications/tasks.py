"""What Celery does for messages: thin callers, harmless to run twice or not at all."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from welzijn.notifications import digest, outbox
from welzijn.notifications.delivery import BATCH, Tally, sweep

# A task ends before the broker would think it lost (visibility timeout, 600 s) and hand it out
# again. At the slowest sensible mail server this is some minutes.
_LIMIT = 2_000


@shared_task
def sweep_messages() -> None:
    """Send what is due. Where there is much, other workers are asked to help.

    Each long sweep asks for one successor at its start (so that all workers come to work) and, if
    it left something, one at its end (so that a broker that lost everything in between doesn't
    stop the work). A successor that finds nothing costs one query.
    """
    if not _is_left(sweep(now=timezone.now(), limit=BATCH)):
        return
    outbox.nudge()
    if _is_left(sweep(now=timezone.now(), limit=_LIMIT)):
        outbox.nudge()


def _is_left(tally: Tally) -> bool:
    return tally.more and not tally.down


@shared_task
def mind_digests() -> None:
    """See to it that every line for staff has a daily mail to go in."""
    digest.mind_lines(timezone.now())
