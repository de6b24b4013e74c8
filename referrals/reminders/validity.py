"""Check whether a message still holds, for the outbox just before it sends.

Each takes the claimed messages of its kind and gives the ids of those that are still true: one
query for all of them.
"""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from intake.questions.models import Question
from referrals.consultations.models import Consultation
from referrals.follow_ups.models import FollowUp
from referrals.handovers.models import Handover
from welzijn.notifications.models import Message


def still_due(messages: Sequence[Message], _now: datetime) -> set[UUID]:
    """Return the reminders whose follow-up is open with the same due version."""
    versions = dict(
        FollowUp.objects.filter(
            pk__in=[m.subject_id for m in messages], status=FollowUp.Status.OPEN
        ).values_list("pk", "due_version")
    )
    return {m.id for m in messages if versions.get(m.subject_id) == m.due_version}


def still_quiet(messages: Sequence[Message], _now: datetime) -> set[UUID]:
    """Return the messages whose question is open and had no activity since."""
    last = dict(
        Question.objects.open()
        .filter(pk__in=[m.about_id for m in messages])
        .values_list("pk", "last_activity_at")
    )
    return {m.id for m in messages if m.about_id in last and last[m.about_id] < m.created_at}


def still_unjudged(messages: Sequence[Message], _now: datetime) -> set[UUID]:
    """Return the alerts whose danger nobody has judged yet."""
    open_ones = set(
        FollowUp.objects.filter(
            pk__in=[m.subject_id for m in messages], status=FollowUp.Status.OPEN
        ).values_list("pk", flat=True)
    )
    return {m.id for m in messages if m.subject_id in open_ones}


def still_in_danger(messages: Sequence[Message], _now: datetime) -> set[UUID]:
    """Return the alarms about words of a question whose danger nobody has judged since."""
    unjudged = set(
        FollowUp.objects.filter(
            question__in=[m.about_id for m in messages],
            kind=FollowUp.Kind.DUTY,
            status=FollowUp.Status.OPEN,
        ).values_list("question", flat=True)
    )
    return {m.id for m in messages if m.about_id in unjudged}


def still_offered(messages: Sequence[Message], _now: datetime) -> set[UUID]:
    """Return the offers whose handover has not changed since."""
    steps = dict(
        Handover.objects.filter(
            pk__in=[m.subject_id for m in messages], status__in=Handover.OPEN
        ).values_list("pk", "step")
    )
    return {m.id for m in messages if steps.get(m.subject_id) == m.due_version}


def still_unanswered(messages: Sequence[Message], _now: datetime) -> set[UUID]:
    """Return the consultations that have no answer yet."""
    waiting = set(
        Consultation.objects.filter(
            pk__in=[m.subject_id for m in messages], answered_at__isnull=True
        ).values_list("pk", flat=True)
    )
    return {m.id for m in messages if m.subject_id in waiting}
