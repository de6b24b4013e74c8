"""What Celery does for follow-ups and at night: thin callers, harmless to run twice or not."""

from celery import shared_task
from django.utils import timezone

from referrals import reminders
from referrals.retention.run import retain

# A task ends before the broker would think it lost (visibility timeout, 600 s).
ROUND_SECONDS = 240.0


@shared_task
def sweep_follow_ups() -> None:
    """Remind of what is due; come back at once where there is more than one sweep takes."""
    if reminders.sweep(now=timezone.now()).more:
        sweep_follow_ups.apply_async(retry=False)


@shared_task
def retain_what_is_due() -> None:
    """Delete what is over its term; come back at once where there is more than one round takes."""
    if retain(now=timezone.now(), seconds=ROUND_SECONDS).more:
        retain_what_is_due.apply_async(retry=False)
