"""End a handover because of another event. For the other verbs, with the question locked.

lapse(handover=, now=)                      the resident could not be reached three times
stop(question=, by_resident=, now=)         the question is closed, withdrawn or moved
"""

from datetime import datetime

from intake.questions import timeline
from intake.questions.models import Question
from referrals.casework_base import notify
from referrals.follow_ups import services as follow_up_services
from referrals.follow_ups.models import FollowUp
from referrals.handovers import meetings, notifications, sentences, state_machine
from referrals.handovers.models import Handover
from referrals.handovers.state_machine import ENTRY, S
from welzijn.core.working_days import local_date


def lapse(*, handover: Handover, now: datetime) -> Handover:
    """End the handover after three failed attempts to reach the resident; the sender goes on.

    The rule: the receiver's basis ends, the sender (still the lead) gets an appointment after five
    working days to try another way. Never silently. The question is locked by the caller.
    """
    question, handover = state_machine.lock(handover)
    before = handover.status
    state_machine.transition(handover, question, S.LAPSED, now)
    calendar = follow_up_services.calendar_of(question)
    follow_up_services.make(
        question=question,
        kind=FollowUp.Kind.AGREED,
        what=sentences.DUE_LAPSED(),
        due_on=calendar.add_working_days(local_date(now), 5),
        organisation=question.lead,
        team=question.lead_team,
        worker=question.assigned_to,
        now=now,
    )
    follow_up_services.next_step(question)
    entry = timeline.by_system(
        question=question,
        kind=ENTRY,
        sentence=sentences.LAPSED(who=handover.sender),
        now=now,
    )
    notify.staff(question, entry, [notify.responsible(question)], "handover_stopped", now)
    notifications.notify_receiver_of_end(handover, question, entry, before, now)
    if not meetings.cancel(handover=handover, question=question, now=now):
        notify.resident(question, entry, now)
    return handover


def stop(*, question: Question, by_resident: bool, now: datetime) -> Handover | None:
    """End the open handover of a locked question, if there is one, because of another event.

    `by_resident`: they withdrew the question or took back a yes; else the lead goes elsewhere or
    the question is closed. The receiver is told where they knew of it.
    """
    found = (
        Handover.objects.select_for_update(no_key=True, of=("self",))
        .filter(question=question, status__in=Handover.OPEN)
        .first()
    )
    if found is None:
        return None
    before = found.status
    target = S.REVOKED if by_resident else S.WITHDRAWN
    state_machine.transition(found, question, target, now)
    entry = timeline.by_system(
        question=question,
        kind=ENTRY,
        sentence=sentences.CALLED_OFF(who=found.receiver),
        now=now,
    )
    notifications.notify_receiver_of_end(found, question, entry, before, now)
    meetings.cancel(handover=found, question=question, now=now)
    return found
