"""What Celery does for intake: a thin caller, harmless to run twice or not at all."""

from celery import shared_task
from django.utils import timezone

from intake.ask import draft
from intake.resident_access import code_entry


@shared_task
def delete_expired_rows() -> None:
    """Delete drafts that nobody has touched for an hour, and counted tries of yesterday."""
    now = timezone.now()
    draft.delete_expired(now=now)
    code_entry.forget_old_attempts(now=now)
