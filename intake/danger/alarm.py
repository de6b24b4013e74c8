"""The alarm for who is on duty, when danger is heard in a question that exists already.

By the rules of a question that comes in: the lead's mailbox and who is on duty hear it at once; in
a flood the alarms are merged; who does not open it in time is followed by the next circle
(`referrals/reminders/danger_alarm.py`). Besides, whoever works on the question hears it. No message
says what was written.
"""

from datetime import datetime
from uuid import UUID

from intake.danger import merged_alarms
from intake.danger.models import HeardDanger
from intake.floods import suspicion
from intake.questions import responsible
from intake.questions.models import Question
from organisations.front_door import configuration as front_door
from organisations.roles import duty
from welzijn.accounts.models import User
from welzijn.notifications import outbox
from welzijn.notifications.models import Message, Status
from welzijn.notifications.recipients import Recipient

KIND = "question.danger"


def recipients(question: Question, now: datetime) -> list[Recipient]:
    """Return who hears it: who works on it, the lead's mailbox, and who is on duty now."""
    users = duty.on_duty(partnership=question.partnership, now=now)
    found = [
        responsible.responsible(question),
        responsible.lead_mailbox(question),
        *map(responsible.user, users),
    ]
    return list({one.key: one for one in found}.values())


def notify(
    heard: HeardDanger,
    *,
    words: str,
    now: datetime,
    at_once: bool = False,
    exclude: User | None = None,
) -> None:
    """Queue the alarm in the transaction of what was written.

    The first of a question in ten minutes leaves at once, as long as there is no flood of them
    (`suspicion.merges_alarm`); the others are counted in the merged message. `at_once`: the
    resident said that there is danger now.
    """
    question = heard.question
    skip = f"user:{exclude.id}" if exclude is not None else ""
    to = [one for one in recipients(question, now) if one.key != skip]
    merges = not at_once and suspicion.merges_alarm(
        partnership_id=question.partnership_id, question_id=question.pk, words=words, now=now
    )
    if merges:
        merged_alarms.add(to, partnership_id=question.partnership_id, now=now)
    else:
        _queue(question, heard.pk, to, now)


def notify_of_more(question: Question, *, subject_id: UUID, now: datetime) -> None:
    """Tell those who got the alarm where the resident can be reached: it stands on the question."""
    _queue(question, subject_id, recipients(question, now), now)


def _queue(question: Question, subject_id: UUID, to: list[Recipient], now: datetime) -> None:
    days = front_door.of(question.partnership).calendar
    outbox.save(
        row
        for recipient in to
        for row in outbox.messages_for(
            partnership_id=question.partnership_id,
            subject_kind=KIND,
            subject_id=subject_id,
            about_id=question.pk,
            recipient=recipient,
            template="question_urgent",
            context={"reference": question.reference, "path": f"/vraagstuk/{question.pk}/"},
            urgent=True,
            days=days,
            now=now,
        )
    )


def was_notified(*subjects: UUID) -> bool:
    """Whether an alarm about one of these is on its way or has arrived.

    Asked before a page says so: in a flood it may wait, and without an address there is none.
    """
    sent = Message.objects.filter(
        subject_id__in=subjects, subject_kind__in=(KIND, "question.new"), urgent=True
    )
    return sent.exclude(status=Status.SHOWN).exists()
