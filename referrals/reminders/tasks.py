"""What Celery does for follow-ups and at night: thin callers, harmless to run twice or not."""

from celery import shared_task
from django.utils import timezone

from referrals.reminders import sweep


@shared_task
def sweep_follow_ups() -> None:
    """Remind of what is due; come back at once where there is more than one sweep takes."""
    if sweep.sweep(now=timezone.now()).more:
        sweep_follow_ups.apply_async(retry=False)
