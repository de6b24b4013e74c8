"""The nightly deletion as a Celery task; idempotent."""

from celery import shared_task
from django.utils import timezone

from referrals.retention.run import retain

# Well below the broker's visibility timeout (600 s), after which the task would run again.
ROUND_SECONDS = 240.0


@shared_task
def retain_what_is_due() -> None:
    """Delete what has expired; queue another round if one was not enough."""
    if retain(now=timezone.now(), seconds=ROUND_SECONDS).more:
        retain_what_is_due.apply_async(retry=False)
