"""Assign a question's lead, for whatever cause.

For the verbs that do so (move, handover, revoke, reopen), inside their transaction and with the
question locked. The referral of the lead follows by a trigger; what is due follows here, so that
no follow-up stays with a former worker (invariants 1 and 5).
"""

from datetime import datetime

from django.db.models import F

from intake.questions import status
from intake.questions.models import Question
from organisations.directory.models import Organisation, Team
from referrals.follow_ups import sentences as follow_up_sentences
from referrals.follow_ups import services as follow_up_services
from referrals.follow_ups.models import FollowUp
from welzijn.accounts.models import User
from welzijn.core.working_days import local_date

Kind = FollowUp.Kind


def assign_lead(
    *,
    question: Question,
    organisation: Organisation,
    team: Team | None = None,
    worker: User | None = None,
    now: datetime,
) -> None:
    """Make this organisation (or team) the lead of a locked, open question.

    With a worker it is picked up and at work; without one it is new there, and due to be picked up
    within the partnership's term. Gives no basis and tells nobody: the caller does both.
    """
    # Before the lead changes: those of a supporting organisation stay with it.
    due = list(follow_up_services.open_of_lead(question).values_list("pk", flat=True))
    question.lead = organisation
    question.lead_team = team
    question.lead_since = now
    question.service = None
    question.assigned_to = worker
    question.status = Question.Status.PICKED_UP if worker else Question.Status.NEW
    question.last_activity_at = now
    question.save()
    FollowUp.objects.filter(
        pk__in=due, kind__in=[Kind.AGREED, Kind.CLOCK, Kind.DUTY, Kind.DESK]
    ).update(
        organisation=organisation,
        team=team,
        worker=worker,
        due_version=F("due_version") + 1,
    )
    # Whoever asked a colleague for advice has it no longer.
    FollowUp.objects.filter(pk__in=due, kind=Kind.CONSULTATION).update(
        status=FollowUp.Status.CANCELLED, done_at=now, remind_at=None
    )
    follow_up_services.close_open(question, [Kind.HANDOVER], now=now)
    if worker is None:
        make_pick_up_due(question, now)
    else:
        make_first_contact_due(question, now)
    follow_up_services.next_step(question)


def return_to_lead(question: Question, now: datetime) -> None:
    """Take a locked, picked-up question from its worker: it is new at its lead again.

    For a worker who may no longer work on it. Tells nobody: the caller does.
    """
    worker = question.assigned_to
    status.move(question, Question.Status.NEW, now=now)
    question.assigned_to = None
    question.save()
    follow_up_services.open_of_lead(question).filter(worker=worker).update(worker=None)
    make_pick_up_due(question, now)
    follow_up_services.next_step(question)


def make_pick_up_due(question: Question, now: datetime) -> None:
    """Make the question due to be picked up, counted from today."""
    follow_up_services.close_open(question, [Kind.FIRST_CONTACT, Kind.QUIET], now=now)
    calendar = follow_up_services.calendar_of(question)
    days = 1 if question.urgency != Question.Urgency.NORMAL else question.partnership.pick_up_within
    follow_up_services.make(
        question=question,
        kind=Kind.PICK_UP,
        what=follow_up_sentences.PICK_UP(),
        due_on=calendar.add_working_days(local_date(now), days),
        organisation=question.lead,
        team=question.lead_team,
        now=now,
    )


def make_first_contact_due(question: Question, now: datetime) -> None:
    """Complete the pick-up; make first contact due if there was none yet."""
    follow_up_services.close_open(question, [Kind.PICK_UP], done=True, now=now)
    if question.first_contact_at is None:
        calendar = follow_up_services.calendar_of(question)
        today = local_date(now)
        due_on = max(question.promised_on, calendar.add_working_days(today, 0))
        if question.promised_on < today:
            due_on = calendar.add_working_days(today, 1)
        follow_up_services.make(
            question=question,
            kind=Kind.FIRST_CONTACT,
            what=follow_up_sentences.FIRST_CONTACT(),
            due_on=due_on,
            organisation=question.lead,
            team=question.lead_team,
            worker=question.assigned_to,
            now=now,
        )
    follow_up_services.watch_for_quiet(question, now)
