"""The Celery task of attachments: a thin, idempotent caller."""

from celery import shared_task
from django.utils import timezone

from intake.attachments import upkeep
from welzijn.sweeps import rows


@shared_task
def look_after_attachments() -> None:
    """Scan what waits for the scanner, and encrypt keys with the SECRET_KEY of now."""
    now = timezone.now()
    rows.steps(
        "attachments",
        {
            "scans": lambda: upkeep.scan_waiting(now=now),
            "keys": lambda: upkeep.renew_keys(now=now),
        },
        now=now,
    )
