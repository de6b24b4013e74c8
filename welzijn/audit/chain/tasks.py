"""The chain as Celery tasks; idempotent."""

from celery import shared_task
from django.utils import timezone

from welzijn.audit.chain import anchors, sealing
from welzijn.sweeps import rows


@shared_task
def seal_access_log() -> None:
    """Seal what was added to the access log since the last time."""
    sealing.seal(now=timezone.now())


@shared_task
def anchor_access_log() -> None:
    """Write the day's anchor; a file that can't be written is told of and tried the next day."""
    now = timezone.now()
    rows.steps("log anchor", {"write": lambda: anchors.write(now=now)}, now=now)
