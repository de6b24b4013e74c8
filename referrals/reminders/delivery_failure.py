"""Notify whoever helps a resident that a message to them bounced or was not delivered."""

from datetime import datetime
from typing import TYPE_CHECKING

from intake.questions.models import Question
from referrals.casework_base import notify
from welzijn.notifications import outbox

if TYPE_CHECKING:
    from welzijn.notifications.models import Message

KIND = "message.returned"


def notify_worker_of_bounce(message: "Message", now: datetime) -> None:
    """Queue a notification for the worker, or the lead's mailbox; once for each message."""
    _notify(message, "message_bounced", now)


def notify_worker_of_undelivered(message: "Message", now: datetime) -> None:
    """Do the same for an undelivered text message: the number is valid, but it didn't arrive."""
    _notify(message, "message_not_arrived", now)


def _notify(message: "Message", template: str, now: datetime) -> None:
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
