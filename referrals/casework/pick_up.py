"""Pick up a question, and put it back.

pick_up(question=, by=, now=)
put_back(question=, by=, why=, now=)
"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from intake.questions import status, timeline
from intake.questions.models import Question, TimelineEntry
from intake.questions.status import WrongMomentError
from referrals.casework import sentences
from referrals.casework_base import acting_membership, notify
from referrals.follow_ups import legal_clock
from referrals.follow_ups import services as follow_up_services
from referrals.follow_ups.models import FollowUp
from referrals.handovers import meetings as handover_meetings
from referrals.leads import assignment as lead_assignment
from welzijn.accounts.models import User


def pick_up(*, question: Question, by: User, now: datetime) -> Question:
    """Pick up a new question. Picking it up again changes nothing.

    Ends the follow-up for picking up, plans the first contact by the promised day, watches for
    silence, tells the resident. Raises NotAllowedError for somebody outside the lead, and
    WrongMomentError where a colleague was first.
    """
    with transaction.atomic():
        question = status.lock(question)
        acting = acting_membership.must_lead(by, question, now)
        if question.status == Question.Status.PICKED_UP:
            if question.assigned_to_id == by.id:
                return question
            who = question.assigned_to.name if question.assigned_to else _("Een collega")
            raise WrongMomentError(_("{who} heeft deze vraag net opgepakt.").format(who=who))
        status.move(question, Question.Status.PICKED_UP, now=now)
        question.assigned_to = by
        question.save()
        lead_assignment.make_first_contact_due(question, now)
        legal_clock.watch(question, now)
        follow_up_services.next_step(question)
        handover_meetings.reassign_meeting(question=question, now=now)
        first = FollowUp.objects.filter(
            question=question, kind=FollowUp.Kind.FIRST_CONTACT, status=FollowUp.Status.OPEN
        ).first()
        entry = timeline.by_staff(
            question=question,
            kind=TimelineEntry.Kind.PICKED_UP,
            user=by,
            organisation=acting.organisation,
            sentence=sentences.PICKED_UP()
            if first is None
            else sentences.PICKED_UP_BY_DAY(day=first.due_on),
            now=now,
        )
        notify.resident(question, entry, now)
    return question


def put_back(*, question: Question, by: User, why: str, now: datetime) -> Question:
    """Return it to the lead organisation or team, due to be picked up again.

    `why` is for colleagues. Tells the lead's mailbox. Raises NotAllowedError for somebody outside
    the lead, WrongMomentError where nobody has it.
    """
    with transaction.atomic():
        question = status.lock(question)
        acting = acting_membership.must_lead(by, question, now)
        acting_for = question.assigned_to
        status.move(question, Question.Status.NEW, now=now)
        question.assigned_to = None
        question.save()
        follow_up_services.open_of_lead(question).filter(worker=acting_for).update(worker=None)
        lead_assignment.make_pick_up_due(question, now)
        follow_up_services.next_step(question)
        handover_meetings.reassign_meeting(question=question, now=now)
        entry = timeline.by_staff(
            question=question,
            kind=TimelineEntry.Kind.ASSIGNED,
            user=by,
            organisation=acting.organisation,
            sentence=sentences.HANDED_ON(),
            note=why,
            now=now,
        )
        notify.staff(
            question, entry, [notify.lead_mailbox(question)], "question_moved", now, exclude=by
        )
    return question
