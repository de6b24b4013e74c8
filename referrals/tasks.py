"""What Celery does for follow-ups: a thin caller, harmless to run twice or not at all."""

from celery import shared_task
from django.utils import timezone

from referrals import reminders


@shared_task
def sweep_follow_ups() -> None:
    """Remind of what is due; come back at once where there is more than one sweep takes."""
    if reminders.sweep(now=timezone.now()).more:
        sweep_follow_ups.apply_async(retry=False)
