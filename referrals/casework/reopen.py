"""Reopen a closed or withdrawn question, with the same lead.

reopen(question=, by=, why=, now=)          by staff of the lead
resident_reopens(question=, now=, words="") by the resident on their page
reopen_locked(question=, sentence=, now=)          for the other verbs, with the question locked
"""

from datetime import datetime

from django.db import transaction

from intake.consent import bases as sharing_bases
from intake.danger import listening
from intake.questions import status, timeline
from intake.questions.models import Question, SetAside, TimelineEntry
from intake.questions.sentences import Sentence
from organisations.directory.models import Organisation
from referrals.casework import sentences
from referrals.casework_base import acting_membership, notify
from referrals.follow_ups import legal_clock
from referrals.follow_ups import services as follow_up_services
from referrals.follow_ups.models import FollowUp
from referrals.leads import assignment as lead_assignment
from welzijn.accounts.models import User
from welzijn.core.working_days import local_date


def reopen(*, question: Question, by: User, why: str, now: datetime) -> Question:
    """Reopen it. Raises NotAllowedError for somebody outside the lead, WrongMomentError."""
    with transaction.atomic():
        question = status.lock(question)
        acting = acting_membership.must_lead(by, question, now)
        return reopen_locked(
            question=question,
            sentence=sentences.REOPENED(),
            note=why,
            by=by,
            organisation=acting.organisation,
            now=now,
        )


def resident_reopens(*, question: Question, now: datetime, words: str = "") -> Question:
    """Reopen it for the resident. Raises WrongMomentError for an open question."""
    with transaction.atomic():
        question = status.lock(question)
        return reopen_locked(
            question=question,
            sentence=sentences.REOPENED_BY_RESIDENT(),
            note=words,
            now=now,
        )


def reopen_locked(
    *,
    question: Question,
    sentence: Sentence,
    now: datetime,
    note: str = "",
    by: User | None = None,
    organisation: Organisation | None = None,
) -> Question:
    """Reopen a locked question with the same lead, and the same worker while they may read it.

    Where the lead has no basis any more (the resident ended it after closing), the triage team gets
    it on its own basis. First contact is due anew. Tells who is responsible and the resident.
    """
    # Who opens it again shows that it is real, where it was cleared as one of a flood.
    SetAside.objects.filter(
        question=question, cleared_at__isnull=False, released_at__isnull=True
    ).update(released_at=now)
    had_basis = acting_membership.basis_of_lead(question) is not None
    worker = question.assigned_to
    if not had_basis:
        triage = question.partnership.triage_team
        assert triage is not None
        sharing_bases.first_handling(question=question, partnership=question.partnership, now=now)
        status.move(question, Question.Status.NEW, now=now)
        follow_up_services.close_open(question, [FollowUp.Kind.CHECK], now=now)
        question.first_contact_at = None
        lead_assignment.assign_lead(
            question=question, organisation=triage.organisation, team=triage, now=now
        )
    else:
        stays = worker is not None and acting_membership.can_be_assigned(
            worker, question, local_date(now)
        )
        to = Question.Status.PICKED_UP if stays else Question.Status.NEW
        status.move(question, to, now=now)
        question.assigned_to = worker if stays else None
        question.first_contact_at = None
        question.promised_on = follow_up_services.calendar_of(question).add_working_days(
            local_date(now), question.partnership.contact_within
        )
        question.save()
        follow_up_services.close_open(question, [FollowUp.Kind.CHECK], now=now)
        if stays:
            lead_assignment.make_first_contact_due(question, now)
            legal_clock.watch(question, now)
        else:
            lead_assignment.make_pick_up_due(question, now)
        follow_up_services.next_step(question)
    if by is not None and organisation is not None:
        entry = timeline.by_staff(
            question=question,
            kind=TimelineEntry.Kind.REOPENED,
            user=by,
            organisation=organisation,
            sentence=sentence,
            note=note,
            now=now,
        )
    else:
        entry = listening.resident_wrote(
            question=question,
            kind=TimelineEntry.Kind.REOPENED,
            sentence=sentence,
            note=note,
            now=now,
        )
    notify.staff(
        question, entry, [notify.responsible(question)], "question_reopened", now, exclude=by
    )
    if by is not None:
        notify.resident(question, entry, now)
    return question
