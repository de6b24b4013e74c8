"""What Celery does for messages: thin callers, harmless to run twice or not at all."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from welzijn.notifications import digest
from welzijn.notifications.sweep import BATCH, sweep

# A task ends before the broker would think it lost (visibility timeout, 600 s) and hand it out
# again. At the slowest sensible mail server this is some minutes.
_LIMIT = 2_000


@shared_task
def sweep_messages() -> None:
    """Send what is due. Where there is much, ask another worker to help and come back oneself."""
    first = sweep(now=timezone.now(), limit=BATCH)
    if not first.more or first.down:
        return
    sweep_messages.apply_async(retry=False)
    sweep(now=timezone.now(), limit=_LIMIT)


@shared_task
def mind_digests() -> None:
    """See to it that every line for staff has a daily mail to go in."""
    digest.mind_lines(timezone.now())
