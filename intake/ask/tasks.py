"""The Celery task of intake: a thin, idempotent caller."""

from celery import shared_task
from django.utils import timezone

from intake.ask import draft
from intake.attachments import drafts as draft_files
from intake.floods import arrivals
from intake.resident_access import code_entry
from intake.resident_sign_in import own_questions
from welzijn.staff_forms import drafts as staff_drafts
from welzijn.staff_forms import form_keys
from welzijn.sweeps import rows


@shared_task
def delete_expired_rows() -> None:
    """Delete old drafts, form keys, attempts and arrivals, and empty accounts."""
    now = timezone.now()
    rows.steps(
        "expired rows",
        {
            "drafts": lambda: draft.delete_expired(now=now),
            "files of drafts": lambda: draft_files.delete_expired(now=now),
            "drafts of staff": lambda: staff_drafts.delete_expired(now=now),
            "form keys": lambda: form_keys.delete_expired(now=now),
            "arrivals": lambda: arrivals.forget(now=now),
            "attempts": lambda: code_entry.forget_old_attempts(now=now),
            "resident accounts": lambda: own_questions.forget_empty_accounts(now=now),
        },
        now=now,
    )
