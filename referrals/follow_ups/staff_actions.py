"""What staff do with a follow-up: agree on a next step, give it another day, do it, take it over.

plan(question=, what=, due_on=, by=, now=, shared=False)      an agreed next step
move(follow_up=, due_on=, by=, now=)                           another day; its version goes up
done(follow_up=, by=, now=)                                    it has happened
call_off(follow_up=, why=, by=, now=)                          it need not be done after all
take_over(follow_up=, by=, now=)                               assign it to oneself
"""

from datetime import date, datetime, time

from django.db import transaction
from django.utils.translation import gettext as _

from intake.questions import status, timeline
from intake.questions.models import Question, TimelineEntry
from intake.questions.sentences import Sentence
from intake.questions.status import WrongMomentError
from referrals.casework_base import acting_membership
from referrals.follow_ups import sentences
from referrals.follow_ups.models import FollowUp
from referrals.follow_ups.services import (
    CAN_BE_CALLED_OFF,
    DOABLE,
    FOR_STAFF_ONLY,
    MOVABLE,
    calendar_of,
    first_look,
    make,
    must_be_open,
    next_step,
)
from welzijn.accounts.models import User
from welzijn.core import planned_days

Kind = FollowUp.Kind


def plan(
    *,
    question: Question,
    what: str | Sentence,
    due_on: date,
    by: User,
    now: datetime,
    shared: bool = False,
    at_time: time | None = None,
) -> FollowUp:
    """Agree on a next step on that day, which is never moved.

    `what` is what somebody wrote, or a sentence of ours. `shared`: the resident reads it; else only
    the day. Raises NotAllowedError, and
    WrongMomentError for a day that is over or a question that is closed.
    """
    with transaction.atomic():
        question = status.lock(question)
        acting = acting_membership.must_work(by, question, now)
        must_be_open(question)
        day = plannable(due_on, now)
        agreed = sentences.AGREED(what=what) if isinstance(what, str) else what
        follow_up = make(
            question=question,
            kind=Kind.AGREED,
            what=agreed,
            due_on=day,
            organisation=acting.organisation,
            team=acting.basis.team,
            worker=by,
            by=by,
            for_resident=shared,
            at_time=at_time,
            now=now,
        )
        timeline.by_staff(
            question=question,
            kind=TimelineEntry.Kind.FOLLOW_UP,
            user=by,
            organisation=acting.organisation,
            sentence=sentences.PLANNED_SHARED(day=day, what=agreed)
            if shared
            else sentences.PLANNED(day=day, what=agreed),
            now=now,
        )
        _active(question, now)
        next_step(question)
    return follow_up


def move(
    *,
    follow_up: FollowUp,
    due_on: date,
    by: User,
    now: datetime,
    at_time: time | None = None,
) -> FollowUp:
    """Move it to another day. Its version rises, so the old reminder is void and a new one comes.

    Raises NotAllowedError, and WrongMomentError where it can't be moved (a term of the law) or the
    day is over.
    """
    with transaction.atomic():
        question, follow_up, acting = _own_follow_up(follow_up, by, now)
        if follow_up.kind not in MOVABLE:
            raise WrongMomentError(_("Deze datum kunt u niet verzetten."))
        day = plannable(due_on, now)
        if (day, at_time) == (follow_up.due_on, follow_up.at_time):
            return follow_up
        follow_up.at_time = at_time
        follow_up.due_on = day
        follow_up.due_version += 1
        follow_up.escalation = 0
        follow_up.remind_at = first_look(follow_up.kind, day, calendar_of(question))
        follow_up.save()
        timeline.by_staff(
            question=question,
            kind=TimelineEntry.Kind.FOLLOW_UP,
            user=by,
            organisation=acting.organisation,
            sentence=sentences.MOVED(day=day, what=follow_up),
            for_resident=follow_up.kind not in (Kind.CHECK, *FOR_STAFF_ONLY),
            now=now,
        )
        _active(question, now)
        next_step(question)
    return follow_up


def done(*, follow_up: FollowUp, by: User, now: datetime, for_resident: bool = True) -> FollowUp:
    """Mark it as done; idempotent. Raises NotAllowedError, WrongMomentError.

    for_resident: the resident reads that it was done; not where a conversation says so already.
    """
    with transaction.atomic():
        question, follow_up, acting = _own_follow_up(follow_up, by, now, open_only=False)
        if follow_up.status != FollowUp.Status.OPEN:
            return follow_up
        if follow_up.kind not in DOABLE:
            raise WrongMomentError(_("Dit is vanzelf klaar als de stap gezet is."))
        follow_up.status = FollowUp.Status.DONE
        follow_up.done_at = now
        follow_up.remind_at = None
        follow_up.save()
        timeline.by_staff(
            question=question,
            kind=TimelineEntry.Kind.FOLLOW_UP,
            user=by,
            organisation=acting.organisation,
            sentence=sentences.DONE(what=follow_up),
            for_resident=for_resident and follow_up.kind not in FOR_STAFF_ONLY,
            now=now,
        )
        _active(question, now)
        next_step(question)
    return follow_up


def call_off(*, follow_up: FollowUp, why: str, by: User, now: datetime) -> FollowUp:
    """Say that it need not be done after all, and why; idempotent.

    The resident reads it where they read the plan. Raises NotAllowedError, and WrongMomentError for
    what nobody planned (a term of the law).
    """
    with transaction.atomic():
        question, follow_up, acting = _own_follow_up(follow_up, by, now, open_only=False)
        if follow_up.status != FollowUp.Status.OPEN:
            return follow_up
        if follow_up.kind not in CAN_BE_CALLED_OFF:
            raise WrongMomentError(_("Dit kunt u niet laten vervallen."))
        follow_up.status = FollowUp.Status.CANCELLED
        follow_up.done_at = now
        follow_up.remind_at = None
        follow_up.save()
        timeline.by_staff(
            question=question,
            kind=TimelineEntry.Kind.FOLLOW_UP,
            user=by,
            organisation=acting.organisation,
            sentence=sentences.CALLED_OFF(what=follow_up, why=why),
            for_resident=follow_up.kind == Kind.AGREED,
            now=now,
        )
        _active(question, now)
        next_step(question)
    return follow_up


def take_over(*, follow_up: FollowUp, by: User, now: datetime) -> FollowUp:
    """Take it over from a colleague or the mailbox. Raises NotAllowedError."""
    with transaction.atomic():
        question, follow_up, acting = _own_follow_up(follow_up, by, now)
        if follow_up.worker_id == by.id:
            return follow_up
        follow_up.worker = by
        follow_up.organisation = acting.organisation
        follow_up.due_version += 1
        follow_up.save()
        timeline.by_staff(
            question=question,
            kind=TimelineEntry.Kind.ASSIGNED,
            user=by,
            organisation=acting.organisation,
            sentence=sentences.TAKEN_OVER(what=follow_up),
            for_resident=False,
            now=now,
        )
    return follow_up


def _own_follow_up(
    follow_up: FollowUp, by: User, now: datetime, *, open_only: bool = True
) -> tuple[Question, FollowUp, acting_membership.ActingMembership]:
    question = status.lock(follow_up.question)
    follow_up = FollowUp.objects.select_for_update(no_key=True).get(pk=follow_up.pk)
    acting = acting_membership.must_work(by, question, now)
    if open_only and follow_up.status != FollowUp.Status.OPEN:
        raise WrongMomentError(_("Dit is al gedaan of niet meer nodig."))
    return question, follow_up, acting


def plannable(day: date, now: datetime) -> date:
    """Return the day. Raises WrongMomentError for one that is over or more than two years ahead."""
    if refused := planned_days.refusal(day, None, now):
        raise WrongMomentError(refused)
    return day


def _active(question: Question, now: datetime) -> None:
    question.last_activity_at = now
    Question.objects.filter(pk=question.pk).update(last_activity_at=now)
