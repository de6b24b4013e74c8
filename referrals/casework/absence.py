"""Hand on all that is due for a colleague who is absent or leaves.

    hand_on_everything(worker=, to=, partnership=, by=, now=)  -> how many questions
    hand_on(question=, worker=, to=, by=, now=)                 one question of it
    hand_on_follow_ups(worker=, to=, partnership=, by=, now=)  -> how many

A promised appointment, an action of an MDO, a step of the Meldcode, a review, a call after
closing, a handover that waits for the meeting: each is due for a person, and none is forgotten
(invariant 1).
"""

from collections.abc import Callable, Sequence
from datetime import date, datetime

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from intake.questions import status, timeline
from intake.questions.models import Question, TimelineEntry
from intake.questions.models.querysets import CASE_ROLES, INTAKE_ROLES
from organisations.partnerships.models import Partnership
from organisations.roles.models import Membership, Role
from referrals.casework import assign as casework_assign
from referrals.casework import other_organisation, sentences
from referrals.casework.models import OutsideChange
from referrals.casework_base import acting_membership, notify
from referrals.casework_base.acting_membership import NotAllowedError
from referrals.follow_ups import services as follow_up_services
from referrals.follow_ups.models import FollowUp
from referrals.handovers import (
    meetings as handover_meetings,
)
from referrals.handovers import (
    state_machine as handover_state_machine,
)
from referrals.handovers.models import Handover
from referrals.leads import assignment as lead_assignment
from welzijn.accounts.models import User
from welzijn.core.working_days import local_date


def hand_on_follow_ups(
    *,
    worker: User,
    to: User | Sequence[User] | None,
    partnership: Partnership,
    by: User,
    now: datetime,
    record: Callable[[FollowUp, User | None], object] = lambda _row, _to: None,
    leaving: bool = False,
) -> int:
    """Give what is open for `worker` to `to`, or back to its organisation or team.

    For `hand_on_everything`, in its transaction. `to` gets what they may read and work on (of
    several, the first who may, each the first in turn); the rest is for whoever reads what is new
    there. `record` is called with each row and who gets it. `by` is a coordinator, or reads what is
    new at the organisation it is due for; what they may not divide stays as it was. `leaving`: an
    administrator ends the account of `worker`, so that nothing may stay.
    """
    on = local_date(now)
    mine = Membership.objects.active(on).filter(user=by, partnership=partnership)
    coordinates = mine.filter(role=Role.COORDINATOR).exists()
    rows = FollowUp.objects.filter(
        partnership=partnership, worker=worker, status=FollowUp.Status.OPEN
    ).select_related("question")
    if not coordinates and not leaving:
        own = mine.filter(role__in=INTAKE_ROLES, reads_new=True)
        rows = rows.filter(organisation__in=own.values("organisation"))
    several = [to] if isinstance(to, User) else list(to or ())
    handed = 0
    for row in rows.order_by("question_id", "id"):
        status.lock(row.question)
        turn = handed % len(several) if several else 0
        in_turn = (*several[turn:], *several[:turn])
        successor = next((user for user in in_turn if _can_receive(user, row, on)), None)
        record(row, successor)
        FollowUp.objects.filter(pk=row.pk, status=FollowUp.Status.OPEN, worker=worker).update(
            worker=successor, due_version=F("due_version") + 1
        )
        if row.kind == FollowUp.Kind.HANDOVER and successor is not None:
            _reassign_acceptance(row, worker, successor, on)
            handover_meetings.reassign_meeting(question=row.question, now=now)
        handed += 1
    return handed


def _can_receive(to: User, row: FollowUp, on: date) -> bool:
    """Whether it would appear in their work list: a role there, and access to the question."""
    there = Membership.objects.active(on).filter(user=to, partnership=row.partnership_id)
    if row.team_id is not None:
        there = there.filter(team=row.team_id, role=Role.TEAM_MEMBER)
    else:
        there = there.filter(organisation=row.organisation_id, role__in=CASE_ROLES)
    return there.exists() and (
        Question.objects.visible_to(to, on).filter(pk=row.question_id).exists()
    )


def _reassign_acceptance(row: FollowUp, worker: User, successor: User, on: date) -> None:
    """Let the successor meet the resident of a handover that `worker` accepted."""
    accepted = Handover.objects.filter(
        question=row.question_id, answered_by=worker, status=Handover.Status.ACCEPTED
    )
    for handover in accepted:
        if handover_state_machine.receiving_as(successor, handover, on) is not None:
            Handover.objects.filter(pk=handover.pk).update(answered_by=successor)


def hand_on_everything(
    *,
    worker: User,
    to: User | None,
    partnership: Partnership,
    by: User,
    now: datetime,
    reason: str = "",
) -> int:
    """Hand on all open questions of a colleague, and all else due for them, to another or back.

    For somebody who falls ill or leaves: nothing is orphaned. By a coordinator, or a colleague of
    the lead, question by question; where `to` may not work on one, it goes back to its
    organisation or team, due to be picked up. Return the number of questions handed on. `reason`:
    why somebody of another organisation does it. Raises NotAllowedError where `by` may do it for
    none of them, and ReasonNeededError.
    """
    mine = Question.objects.open().filter(partnership=partnership, assigned_to=worker)
    handed = 0
    refused = 0
    with transaction.atomic():
        for found in mine.order_by("id"):
            question = status.lock(found)
            if question.assigned_to_id != worker.id or not question.is_open:
                continue  # somebody else was first
            try:
                hand_on(question=question, worker=worker, to=to, by=by, now=now, reason=reason)
            except NotAllowedError:
                refused += 1
            else:
                handed += 1
        besides = hand_on_follow_ups(worker=worker, to=to, partnership=partnership, by=by, now=now)
        if refused and not handed and not besides:
            raise NotAllowedError(_("U mag het werk van deze collega niet verdelen."))
    return handed


def hand_on(
    *,
    question: Question,
    worker: User,
    to: User | None,
    by: User,
    now: datetime,
    reason: str = "",
) -> Question:
    """Give a locked, picked-up question of `worker` to `to`, or back to its organisation or team.

    Raises NotAllowedError and ReasonNeededError.
    """
    if to is not None and acting_membership.can_be_assigned(to, question, local_date(now)):
        return casework_assign.assign(question=question, to=to, by=by, now=now, reason=reason)
    on = local_date(now)
    acting = acting_membership.leading_as(by, question, on)
    member = acting.membership if acting else acting_membership.coordinating_as(by, question, on)
    if member is None:
        raise NotAllowedError(_("U mag het werk van deze collega niet verdelen."))
    anothers = other_organisation.must_explain(by=by, question=question, reason=reason, on=on)
    status.move(question, Question.Status.NEW, now=now)
    question.assigned_to = None
    question.save()
    casework_assign.reassign_follow_ups(question, worker, None)
    lead_assignment.make_pick_up_due(question, now)
    follow_up_services.next_step(question)
    handover_meetings.reassign_meeting(question=question, now=now)
    entry = timeline.by_staff(
        question=question,
        kind=TimelineEntry.Kind.ASSIGNED,
        user=by,
        organisation=member.organisation,
        sentence=sentences.HANDED_ON(),
        now=now,
    )
    notify.staff(
        question, entry, [notify.lead_mailbox(question)], "question_moved", now, exclude=by
    )
    if anothers:
        other_organisation.notify_organisation(
            question=question,
            of=question.lead,
            did=OutsideChange.Did.MOVED,
            reason=reason,
            by=by,
            member=member,
            now=now,
        )
    return question
