"""A message to a resident came back or didn't arrive: whoever helps them hears it."""

from datetime import datetime
from typing import TYPE_CHECKING

from intake.questions.models import Question
from referrals.casework_base import notify
from welzijn.notifications import outbox

if TYPE_CHECKING:
    from welzijn.notifications.models import Message

KIND = "message.returned"


def tell_worker(message: "Message", now: datetime) -> None:
    """Queue a line for the worker, or for the lead's mailbox; once for each message."""
    _tell(message, "message_bounced", now)


def tell_worker_not_arrived(message: "Message", now: datetime) -> None:
    """The same for a text that didn't arrive: the number is good, the resident didn't hear."""
    _tell(message, "message_not_arrived", now)


def _tell(message: "Message", template: str, now: datetime) -> None:
    if message.about_id is None:
        return
    question = (
        Question.objects.select_related("partnership", "lead", "lead_team", "assigned_to")
        .filter(pk=message.about_id)
        .first()
    )
    if question is None:
        return
    outbox.queue(
        partnership_id=question.partnership_id,
        subject_kind=KIND,
        subject_id=message.id,
        recipient=notify.responsible(question),
        template=template,
        context={"reference": question.reference, "path": notify.path_of(question)},
        about_id=question.id,
        now=now,
    )
