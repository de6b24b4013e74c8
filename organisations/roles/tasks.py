"""What Celery does for roles and duties: thin callers, harmless to run twice or not."""

from celery import shared_task
from django.utils import timezone

from organisations.roles import duty_gaps, outside_grants


@shared_task
def notify_of_duty_gaps() -> None:
    """Tell administrators of coming periods in which nobody is on duty."""
    duty_gaps.notify_of_gaps(now=timezone.now())


@shared_task
def notify_of_granted_roles() -> None:
    """Tell privacy officers of roles that no screen told them of."""
    outside_grants.notify(now=timezone.now())
