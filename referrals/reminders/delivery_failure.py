"""Tell whoever helps a resident that a message to them did not arrive, and why."""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from intake.questions.models import Question
from referrals.casework_base import notify
from welzijn.notifications import outbox
from welzijn.notifications.models import Message, Status
from welzijn.notifications.reasons import Reason
from welzijn.notifications.recipients import Channel

KIND = "message.returned"
# The sentence for each reason.
_TEMPLATES = {
    Reason.ADDRESS: "message_bounced",
    Reason.NO_TEXTS: "message_no_texts",
    Reason.FULL: "message_mailbox_full",
    Reason.TOO_BIG: "message_too_big",
    Reason.REFUSED: "message_refused",
    Reason.NO_ANSWER: "message_not_arrived",
    Reason.FAULT: "message_fault",
}
_TEXT_NOT_ARRIVED = "text_not_arrived"
_ARRIVED, _WAITS = "message_arrived", "message_waits"


def notify_worker(message: Message, now: datetime) -> None:
    """Queue the line with the reason for the worker, or the lead's mailbox; once for each report.

    A line of an earlier report that wasn't sent yet is no longer true by then (`still_valid`).
    """
    reason = Reason(message.reason) if message.reason else Reason.NO_ANSWER
    text = message.channel == Channel.SMS and reason is Reason.NO_ANSWER
    _notify(message, _TEXT_NOT_ARRIVED if text else _TEMPLATES[reason], now)


def notify_worker_of_arrival(message: Message, now: datetime) -> None:
    """Say that it arrived after all, or waits again: only where they heard otherwise."""
    heard = Message.objects.filter(
        subject_kind=KIND, subject_id=message.id, status__in=[Status.SENT, Status.SHOWN]
    )
    if heard.exists():
        _notify(message, _ARRIVED if message.status == Status.SENT else _WAITS, now)


def still_valid(messages: Sequence[Message], _now: datetime) -> Collection[UUID]:
    """Return the lines about the latest report on their message."""
    latest = dict(
        Message.objects.filter(pk__in=[m.subject_id for m in messages]).values_list("pk", "reports")
    )
    return {m.id for m in messages if latest.get(m.subject_id) == m.due_version}


def _notify(message: Message, template: str, now: datetime) -> None:
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
        due_version=message.reports,
        recipient=notify.responsible(question),
        template=template,
        context={"reference": question.reference, "path": notify.path_of(question)},
        about_id=question.id,
        now=now,
    )
