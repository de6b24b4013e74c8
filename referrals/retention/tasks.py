"""The nightly deletion as a Celery task: a thin caller, harmless to run twice."""

from celery import shared_task
from django.utils import timezone

from referrals.retention.run import retain

# A task ends before the broker would think it lost (visibility timeout, 600 s).
ROUND_SECONDS = 240.0


@shared_task
def retain_what_is_due() -> None:
    """Delete what is over its term; come back at once where there is more than one round takes."""
    if retain(now=timezone.now(), seconds=ROUND_SECONDS).more:
        retain_what_is_due.apply_async(retry=False)
