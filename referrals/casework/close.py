"""Close a question with its result, and record the resident's verdict.

close(question=, result=, words=, by=, now=, verdict=None)
give_verdict(question=, verdict=, now=, words="", recorded_by=None)
    from the resident's page, from the check's mail (question by `check_code`), or told to staff;
    1 or 2 (unhappy) reopens with the same lead
"""

import uuid
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from intake.danger import listening
from intake.people import contact_preferences
from intake.questions import status, timeline
from intake.questions.models import Question, TimelineEntry
from intake.questions.status import WrongMomentError
from referrals.casework import contact_moments, reopen, sentences, support
from referrals.casework_base import acting_membership, notify
from referrals.casework_base.models import Referral
from referrals.conferences import closing as conference_closing
from referrals.follow_ups import sentences as follow_up_sentences
from referrals.follow_ups import services as follow_up_services
from referrals.follow_ups.models import FollowUp
from referrals.handovers import endings as handover_endings
from welzijn.accounts.models import User
from welzijn.core.working_days import local_date

R = Question.Result
# Results after which there is no check.
WITHOUT_CHECK = frozenset({R.DIED, R.NO_CONTACT})
# Results that say the resident was helped; refused if the resident's verdict says otherwise.
HELPFUL = frozenset({R.HELPED, R.PARTLY, R.ADVISED})
UNHAPPY = 2


def close(
    *,
    question: Question,
    result: Question.Result,
    words: str,
    by: User,
    now: datetime,
    verdict: int | None = None,
) -> Question:
    """Close the question with a result and words: the resident's own, or what happened.

    Cancels what is due, ends an open handover and the part of supporting organisations, and plans
    the check with the resident after the partnership's weeks. "No contact" needs three tries.
    Raises NotAllowedError for somebody outside the lead, WrongMomentError.
    """
    with transaction.atomic():
        question = status.lock(question)
        acting = acting_membership.must_lead(by, question, now)
        if (
            result == R.NO_CONTACT
            and contact_moments.failed_tries(question) < contact_moments.TRIES
        ):
            raise WrongMomentError(
                _("Probeer eerst drie keer contact te krijgen. Tot nu toe: {count} keer.").format(
                    count=contact_moments.failed_tries(question)
                )
            )
        if result in HELPFUL and verdict is not None and verdict <= UNHAPPY:
            raise WrongMomentError(
                _("De inwoner is niet tevreden. Bespreek eerst wat er nog nodig is.")
            )
        previously_responsible = notify.responsible(question)
        status.move(question, Question.Status.CLOSED, now=now)
        question.result = result
        question.result_words = words
        question.verdict = verdict
        question.check_code = uuid.uuid4()
        question.save()
        end_all(question, "closed", now)
        if result not in WITHOUT_CHECK:
            _plan_check(question, now)
        entry = timeline.by_staff(
            question=question,
            kind=TimelineEntry.Kind.CLOSED,
            user=by,
            organisation=acting.organisation,
            sentence=sentences.CLOSED(result=result),
            note=words,
            now=now,
        )
        notify.staff(question, entry, [previously_responsible], "question_moved", now, exclude=by)
        if result != R.DIED:
            notify.resident(question, entry, now)
    return question


def end_all(question: Question, why: str, now: datetime) -> None:
    """End the open handover, the supporting parts and everything due of a locked question."""
    by_resident = question.status == Question.Status.WITHDRAWN
    handover_endings.stop(question=question, by_resident=by_resident, now=now)
    for referral in question.referrals.filter(
        part=Referral.Part.SUPPORT, until__isnull=True
    ).select_related("organisation"):
        support.end_silently(question, referral.organisation, why, now)
    conference_closing.end_participation_at_closing(question=question, now=now)
    follow_up_services.close_open(question, now=now)


def _plan_check(question: Question, now: datetime) -> None:
    day = local_date(now) + timedelta(weeks=question.partnership.check_after_weeks)
    follow_up_services.make(
        question=question,
        kind=FollowUp.Kind.CHECK,
        what=follow_up_sentences.CHECK(),
        due_on=follow_up_services.calendar_of(question).add_working_days(day, 0),
        organisation=question.lead,
        team=question.lead_team,
        worker=question.assigned_to,
        waits_for=FollowUp.WaitsFor.RESIDENT,
        now=now,
    )


def give_verdict(
    *,
    question: Question,
    verdict: int,
    now: datetime,
    words: str = "",
    recorded_by: User | None = None,
) -> Question:
    """Record the resident's verdict on a closed question: 1 (bad) to 5 (good), and their words.

    Ends the check. Unhappy (1 or 2) reopens it with the same lead, who is told. `recorded_by` is
    the worker who heard it; None: given by the resident. Raises ValueError for another number,
    NotAllowedError, WrongMomentError for a question that is not closed.
    """
    if not 1 <= verdict <= 5:
        raise ValueError("a verdict is 1 to 5")
    with transaction.atomic():
        question = status.lock(question)
        if question.status != Question.Status.CLOSED:
            raise WrongMomentError(_("Deze vraag is nog niet afgerond."))
        question.verdict = verdict
        question.last_activity_at = now
        question.save()
        follow_up_services.close_open(question, [FollowUp.Kind.CHECK], done=True, now=now)
        sentence = sentences.VERDICT(verdict=verdict)
        if recorded_by is None:
            contact_preferences.confirm(question.asker_id, now=now)
            entry = listening.resident_wrote(
                question=question,
                kind=TimelineEntry.Kind.ADDED,
                sentence=sentence,
                note=words,
                now=now,
            )
        else:
            acting = acting_membership.must_work(recorded_by, question, now)
            entry = timeline.by_staff(
                question=question,
                kind=TimelineEntry.Kind.ADDED,
                user=recorded_by,
                organisation=acting.organisation,
                sentence=sentence,
                note=words,
                now=now,
            )
            listening.listen(
                question=question, entry=entry, text=words, now=now, exclude=recorded_by
            )
        if verdict <= UNHAPPY:
            question = reopen.reopen_locked(
                question=question,
                sentence=sentences.NOT_HELPED_YET(),
                now=now,
            )
        elif words:
            notify.staff(
                question,
                entry,
                [notify.responsible(question)],
                "resident_reacted",
                now,
                exclude=recorded_by,
            )
    return question
