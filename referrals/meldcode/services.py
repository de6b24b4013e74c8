"""The five steps of the Meldcode on one question, and reporting to Veilig Thuis.

    record_step(question=, step=, outcome=, ...)   what was done in a step, or why not
    report(question=, way=, ground=, ...)          a report to Veilig Thuis, withheld on request
    checklist(question)                            the five steps with their entries

Organisations must have and use a meldcode (Wmo 2015, 3.3; Jeugdwet, 4.1.7); reporting without
consent is a right of the professional (Wmo 2015, 5.2.6). To be confirmed by the partnership's
privacy officer, like all law in this product. The resident's page shows nothing of it. A report is
based on acute danger or the law, with a reason; its log entry can be withheld from the resident at
once, and stays withheld if a second person approves.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from intake.access_log import resident_log
from intake.questions import status, timeline
from intake.questions.models import Question, TimelineEntry
from intake.questions.status import WrongMomentError
from referrals.casework_base import acting_membership
from referrals.casework_base.acting_membership import ActingMembership
from referrals.follow_ups import services as follow_up_services
from referrals.follow_ups.models import FollowUp
from referrals.meldcode import sentences
from referrals.meldcode.models import MeldcodeStep
from referrals.privacy import withholding
from welzijn.accounts.models import User
from welzijn.audit import access_log
from welzijn.audit.models import AccessEvent
from welzijn.audit.reasons import Reason
from welzijn.core.working_days import local_date

Step, Outcome = MeldcodeStep.Step, MeldcodeStep.Outcome
# Working days until the next step is due, so that no step waits a week.
NEXT_WITHIN = 2
DECIDED = (Outcome.REPORTED, Outcome.NOT_REPORTED)


@dataclass(frozen=True, slots=True)
class Line:
    """A step of the checklist with its entries, oldest first."""

    number: int
    title: str
    entries: Sequence[MeldcodeStep]


def checklist(question: Question) -> list[Line]:
    """Return the five steps of a question with their entries."""
    entries = list(question.meldcode_steps.select_related("by", "organisation"))
    return [
        Line(step.value, str(step.label), [e for e in entries if e.step == step.value])
        for step in Step
    ]


def next_step(question: Question) -> MeldcodeStep.Step | None:
    """Return the first step without an entry; None before the start and after the decision."""
    known = list(question.meldcode_steps.values_list("step", "outcome"))
    if not known or any(outcome in DECIDED for _step, outcome in known):
        return None
    done = {step for step, _outcome in known}
    return next((step for step in Step if step.value not in done), Step.DECIDE)


def record_step(
    *,
    question: Question,
    step: MeldcodeStep.Step,
    outcome: MeldcodeStep.Outcome,
    done_on: date,
    note: str,
    by: User,
    now: datetime,
) -> MeldcodeStep:
    """Record what was done in a step; the next becomes due. The first entry starts the Meldcode.

    Raises NotAllowedError, WrongMomentError for a day in the future or a closed question,
    ValueError without a note or for a report (see `report`).
    """
    if outcome == Outcome.REPORTED:
        raise ValueError("a report has its own way")
    with transaction.atomic():
        question, acting = _lock_and_check(question, done_on, by, now)
        return _record(question, acting, step, outcome, done_on, note, by, now)


def report(
    *,
    question: Question,
    way: MeldcodeStep.Way,
    ground: MeldcodeStep.Ground,
    reason: str,
    done_on: date,
    note: str,
    hide_until: date | None,
    by: User,
    now: datetime,
) -> MeldcodeStep:
    """Record a report to Veilig Thuis: when, how, on which ground and why.

    With `hide_until`, ask a second person to withhold its log entry from the resident's page, where
    it does not appear meanwhile. Raises as `record_step`, and ValueError without a reason or way.
    """
    if not reason.strip() or not way or not ground:
        raise ValueError("a report has a way, a ground and a reason")
    with transaction.atomic():
        question, acting = _lock_and_check(question, done_on, by, now)
        entry = _record(
            question,
            acting,
            Step.DECIDE,
            Outcome.REPORTED,
            done_on,
            note,
            by,
            now,
            way=way,
            ground=ground,
            reason=reason.strip(),
        )
        event = access_log.event(
            now=now,
            partnership_id=question.partnership_id,
            actor=by,
            organisation_id=acting.organisation.pk,
            role=acting.membership.role,
            action=AccessEvent.Action.CHANGE,
            what=resident_log.VEILIG_THUIS_REPORT,
            question_id=question.pk,
            person_id=question.asker_id,
            basis=ground,
            reason=Reason.REPORTED,
        )
        access_log.record(event)
        if hide_until is not None:
            withholding.request(
                question=question,
                event=event,
                reason=reason.strip(),
                review_on=hide_until,
                by=by,
                now=now,
            )
    return entry


def _lock_and_check(
    question: Question, done_on: date, by: User, now: datetime
) -> tuple[Question, ActingMembership]:
    question = status.lock(question)
    acting = acting_membership.must_work(by, question, now)
    follow_up_services.must_be_open(question)
    if done_on > local_date(now):
        raise WrongMomentError(_("Deze dag moet nog komen. Schrijf op wat gedaan is."))
    return question, acting


def _record(
    question: Question,
    acting: ActingMembership,
    step: MeldcodeStep.Step,
    outcome: MeldcodeStep.Outcome,
    done_on: date,
    note: str,
    by: User,
    now: datetime,
    **ground: str,
) -> MeldcodeStep:
    if not note.strip():
        raise ValueError("a step of the Meldcode has a note")
    entry = MeldcodeStep.objects.create(
        question=question,
        step=step,
        outcome=outcome,
        done_on=done_on,
        note=note.strip(),
        at=now,
        by=by,
        organisation=acting.organisation,
        **ground,
    )
    timeline.by_staff(
        question=question,
        kind=TimelineEntry.Kind.SAFETY,
        user=by,
        organisation=acting.organisation,
        sentence=sentences.STEP_DONE(step=int(step), outcome=outcome),
        for_resident=False,
        now=now,
    )
    Question.objects.filter(pk=question.pk).update(last_activity_at=now)
    follow_up_services.close_open(question, [FollowUp.Kind.SAFETY], done=True, now=now)
    coming = next_step(question)
    if coming is not None:
        calendar = follow_up_services.calendar_of(question)
        follow_up_services.make(
            question=question,
            kind=FollowUp.Kind.SAFETY,
            what=sentences.STEP_DUE(step=int(coming), what=coming),
            due_on=calendar.add_working_days(local_date(now), NEXT_WITHIN),
            organisation=acting.organisation,
            team=acting.basis.team,
            worker=by,
            by=by,
            now=now,
        )
    return entry
