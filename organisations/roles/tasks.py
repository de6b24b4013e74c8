"""What Celery does for duties: a thin caller, harmless to run twice or not."""

from celery import shared_task
from django.utils import timezone

from organisations.roles import duty_gaps


@shared_task
def notify_of_duty_gaps() -> None:
    """Tell administrators of coming periods in which nobody is on duty."""
    duty_gaps.notify_of_gaps(now=timezone.now())
