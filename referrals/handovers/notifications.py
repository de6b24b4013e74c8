"""Notifications about a warm handover."""

from datetime import datetime

from intake.questions.models import Question, TimelineEntry
from referrals.casework_base import notify
from referrals.handovers.models import Handover
from referrals.handovers.state_machine import S
from welzijn.core.working_days import local_date
from welzijn.notifications import outbox

KIND = "handover"


def path_of(handover: Handover) -> str:
    """Return the URL path of the minimal summary for the receiver."""
    return f"/vraagstuk/overdracht/{handover.id}/"


def offer(handover: Handover, question: Question, template: str, now: datetime) -> None:
    on = local_date(now)
    workers = notify.intake_workers(handover.receiver_id, question.partnership_id, on)
    assert handover.due_on is not None
    for recipient in [notify.mailbox(handover.receiver), *map(notify.user, workers)]:
        outbox.queue(
            partnership_id=question.partnership_id,
            subject_kind=KIND,
            subject_id=handover.id,
            due_version=handover.step,
            recipient=recipient,
            template=template,
            context={
                "reference": question.reference,
                "path": path_of(handover),
                "due_on": handover.due_on.isoformat(),
            },
            about_id=question.id,
            now=now,
        )


def notify_receiver_of_end(
    handover: Handover, question: Question, entry: TimelineEntry, before: str, now: datetime
) -> None:
    """Notify the receiver that the handover ended, unless it was never offered to them."""
    if before == S.PROPOSED:
        return
    who = handover.answered_by
    recipient = notify.user(who) if who is not None else notify.mailbox(handover.receiver)
    notify.staff(
        question,
        entry,
        [recipient],
        "handover_stopped",
        now,
        exclude=entry.actor,
        path=path_of(handover),
    )
