"""The Celery task of intake: a thin, idempotent caller."""

from celery import shared_task
from django.utils import timezone

from intake.ask import draft
from intake.floods import arrivals
from intake.resident_access import code_entry
from intake.resident_sign_in import own_questions
from welzijn.sweeps import rows


@shared_task
def delete_expired_rows() -> None:
    """Delete old drafts, attempts and arrivals older than a day, and empty accounts."""
    now = timezone.now()
    rows.steps(
        "expired rows",
        {
            "drafts": lambda: draft.delete_expired(now=now),
            "arrivals": lambda: arrivals.forget(now=now),
            "attempts": lambda: code_entry.forget_old_attempts(now=now),
            "resident accounts": lambda: own_questions.forget_empty_accounts(now=now),
        },
        now=now,
    )
