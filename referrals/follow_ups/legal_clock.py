"""Kinds of question with a term of the law, and the judgement on possible danger.

set_kind(question=, kind=, by=, now=)
judge(question=, danger=, by=, now=, note="")
"""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from intake.questions import status, timeline
from intake.questions.legal_terms import LEGAL_TERMS, term_ends
from intake.questions.models import Question, TimelineEntry
from intake.questions.status import WrongMomentError
from referrals.casework_base import acting_membership
from referrals.follow_ups import sentences, services
from referrals.follow_ups.models import FollowUp
from welzijn.accounts.models import User
from welzijn.core.working_days import local_date

Kind = FollowUp.Kind

# What must be done by the end of the term (intake/questions/legal_terms.py).
WHAT = {
    Question.Kind.DEBTS_THREAT: sentences.CLOCK_DEBTS_THREAT(),
    Question.Kind.DEBTS: sentences.CLOCK_DEBTS(),
    Question.Kind.WMO: sentences.CLOCK_WMO(),
}


def watch(question: Question, now: datetime) -> None:
    """Start the legal term of this kind, counted from the day it came in, unless it runs.

    For the other verbs, with the question locked.
    """
    running = FollowUp.objects.filter(question=question, kind=Kind.CLOCK)
    if question.kind not in LEGAL_TERMS or running.exists():
        return
    _start(question, local_date(question.received_at), now)


def _start(question: Question, since: date, now: datetime) -> None:
    kind = Question.Kind(question.kind)
    services.make(
        question=question,
        kind=Kind.CLOCK,
        what=WHAT[kind],
        due_on=term_ends(kind, since, services.calendar_of(question)),
        organisation=question.lead,
        team=question.lead_team,
        worker=question.assigned_to,
        now=now,
    )


def set_kind(*, question: Question, kind: Question.Kind, by: User, now: datetime) -> Question:
    """Set the kind of question. A kind with a legal term starts its clock now.

    A clock that no longer fits ends; setting the same kind again changes nothing. Raises
    NotAllowedError for somebody outside the lead, WrongMomentError for a closed question.
    """
    with transaction.atomic():
        question = status.lock(question)
        acting = acting_membership.must_lead(by, question, now)
        services.must_be_open(question)
        if question.kind == kind:
            return question
        question.kind = kind
        if kind == Question.Kind.DEBTS_THREAT and question.urgency == Question.Urgency.NORMAL:
            question.urgency = Question.Urgency.SOON
        question.last_activity_at = now
        question.save()
        services.close_open(question, [Kind.CLOCK], now=now)
        if kind in LEGAL_TERMS:
            _start(question, local_date(now), now)
        services.next_step(question)
        timeline.by_staff(
            question=question,
            kind=TimelineEntry.Kind.JUDGED,
            user=by,
            organisation=acting.organisation,
            sentence=sentences.KIND_SET(kind=kind),
            for_resident=False,
            now=now,
        )
    return question


def judge(*, question: Question, danger: bool, by: User, now: datetime, note: str = "") -> Question:
    """Record whether there is danger; until then the question tops the duty list.

    No danger makes it a question that has to be picked up soon. `note` is for staff. Raises
    NotAllowedError for who can't read it, WrongMomentError where there is nothing to judge.
    """
    with transaction.atomic():
        question = status.lock(question)
        acting = acting_membership.must_work(by, question, now)
        due = FollowUp.objects.filter(
            question=question, kind=Kind.DUTY, status=FollowUp.Status.OPEN
        )
        if not due.exists():
            raise WrongMomentError(_("Deze vraag is al beoordeeld."))
        services.close_open(question, [Kind.DUTY], done=True, now=now)
        if not danger:
            question.urgency = Question.Urgency.SOON
        question.last_activity_at = now
        question.save()
        seen = sentences.DANGER() if danger else sentences.NO_DANGER()
        timeline.by_staff(
            question=question,
            kind=TimelineEntry.Kind.JUDGED,
            user=by,
            organisation=acting.organisation,
            sentence=seen,
            note=note,
            for_resident=False,
            now=now,
        )
    return question
