"""Picking a question up, and putting it back.

pick_up(question=, by=, now=)
put_back(question=, by=, why=, now=)
"""

from datetime import datetime

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from intake import status, timeline
from intake.models import Question, TimelineEntry
from intake.status import WrongMomentError
from referrals import clock, follow_ups, handover_meeting, lead, standing, tell
from referrals.models import FollowUp
from welzijn.accounts.models import User
from welzijn.languages import in_dutch


def pick_up(*, question: Question, by: User, now: datetime) -> Question:
    """Make a new question one's own. Who picked it up already, sees no change.

    Ends the follow-up for picking up, plans the first contact by the promised day, watches for
    silence, tells the resident. Raises NotAllowedError for somebody outside the lead, and
    WrongMomentError where a colleague was first.
    """
    with transaction.atomic():
        question = status.lock(question)
        acting = standing.must_lead(by, question, now)
        if question.status == Question.Status.PICKED_UP:
            if question.assigned_to_id == by.id:
                return question
            raise WrongMomentError(_("Een collega heeft deze vraag al opgepakt."))
        status.move(question, Question.Status.PICKED_UP, now=now)
        question.assigned_to = by
        question.save()
        lead.at_work(question, now)
        clock.watch(question, now)
        follow_ups.next_step(question)
        handover_meeting.changes_hands(question=question, now=now)
        entry = timeline.by_staff(
            question=question,
            kind=TimelineEntry.Kind.PICKED_UP,
            user=by,
            organisation=acting.organisation,
            text=gettext_noop("Uw vraag is opgepakt."),
            now=now,
        )
        first = FollowUp.objects.filter(
            question=question, kind=FollowUp.Kind.FIRST_CONTACT, status=FollowUp.Status.OPEN
        ).first()
        if first is not None:
            with in_dutch():
                day = date_format(first.due_on, "l j F")
            entry.text = gettext_noop(
                "Uw vraag is opgepakt. U hoort van ons op {day} of eerder."
            ).format(day=day)
            entry.save()
        tell.resident(question, entry, now)
    return question


def put_back(*, question: Question, by: User, why: str, now: datetime) -> Question:
    """Lay it back with one's own organisation or team, due to be picked up again.

    `why` is for colleagues. Tells the lead's mailbox. Raises NotAllowedError for somebody outside
    the lead, WrongMomentError where nobody has it.
    """
    with transaction.atomic():
        question = status.lock(question)
        acting = standing.must_lead(by, question, now)
        acting_for = question.assigned_to
        status.move(question, Question.Status.NEW, now=now)
        question.assigned_to = None
        question.save()
        follow_ups.of_the_lead(question).filter(worker=acting_for).update(worker=None)
        lead.due_again(question, now)
        follow_ups.next_step(question)
        handover_meeting.changes_hands(question=question, now=now)
        entry = timeline.by_staff(
            question=question,
            kind=TimelineEntry.Kind.ASSIGNED,
            user=by,
            organisation=acting.organisation,
            text=gettext_noop("Een collega neemt uw vraag over."),
            note=why,
            now=now,
        )
        tell.staff(question, entry, [tell.lead_mailbox(question)], "question_moved", now, but=by)
    return question
