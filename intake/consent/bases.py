"""Giving and ending a sharing basis, and recording the answer of the person it is about."""

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from intake.people.models import Person
from intake.questions import question_sentences, timeline
from intake.questions.models import Question, SharingBasis, TimelineEntry
from intake.questions.status import WrongMomentError
from organisations.directory.models import Organisation, Team
from organisations.partnerships.models import Partnership
from welzijn.accounts.models import User

# Lower comes first; see `in_order`.
_RANK = {
    SharingBasis.Kind.CONSENT: 0,
    SharingBasis.Kind.LEGAL_DUTY: 1,
    SharingBasis.Kind.DANGER: 2,
    SharingBasis.Kind.FIRST_HANDLING: 3,
}


def in_order(bases: Iterable[SharingBasis]) -> list[SharingBasis]:
    """Sort bases so that the one to act on, and to log, comes first.

    A consent first: it is what the resident knows and can revoke. Then a legal duty, then danger:
    both were recorded with a reason, and danger is an emergency, so the log says so only where
    nothing milder opens the question. First handling comes last: it opens a question for sorting
    it out, until somebody helps on another basis. Of equals the most recent one; of those the
    highest id, so that the outcome never depends on the order in which PostgreSQL returns rows.
    """
    return sorted(
        sorted(bases, key=lambda basis: (basis.valid_from, basis.pk), reverse=True),
        key=lambda basis: _RANK[SharingBasis.Kind(basis.kind)],
    )


def give(
    *,
    question: Question,
    organisation: Organisation | None = None,
    team: Team | None = None,
    kind: SharingBasis.Kind,
    purpose: str,
    how: SharingBasis.How,
    given_by: Person | None = None,
    recorded_by: User | None = None,
    reason: str = "",
    now: datetime,
) -> SharingBasis:
    """Record a basis for one organisation or team; return the valid one if there is one.

    The caller has locked the question. The database refuses a consent without a giver, danger or
    legal duty without a reason, and a receiver outside the partnership.
    """
    valid = SharingBasis.objects.filter(
        question=question, organisation=organisation, team=team, ended_at__isnull=True
    ).first()
    if valid is not None:
        return valid
    return SharingBasis.objects.create(
        question=question,
        organisation=organisation,
        team=team,
        team_organisations=[o.id for o in team.organisations.all()] if team else [],
        kind=kind,
        purpose=purpose,
        how=how,
        given_by=given_by,
        recorded_by=recorded_by,
        reason=reason,
        valid_from=now,
    )


def first_handling(*, question: Question, partnership: Partnership, now: datetime) -> SharingBasis:
    """Record the triage team's own basis, for a question that comes (back) to it."""
    assert partnership.triage_team is not None
    return give(
        question=question,
        team=partnership.triage_team,
        kind=SharingBasis.Kind.FIRST_HANDLING,
        purpose=gettext_noop("uitzoeken wie u kan helpen"),
        how=SharingBasis.How.SYSTEM,
        now=now,
    )


def end(*, basis: SharingBasis, why: str, now: datetime) -> None:
    """End a basis at once. Ending it twice changes nothing."""
    SharingBasis.objects.filter(pk=basis.pk, ended_at__isnull=True).update(
        ended_at=now, ended_why=why
    )


def record_subject_answer(
    *,
    question: Question,
    answer: Question.SubjectAnswer,
    answered_by: Question.Representation,
    how: SharingBasis.How,
    recorded_by: User,
    organisation: Organisation,
    now: datetime,
) -> None:
    """Record the answer of the person it is about, or of their representative.

    Workers see the person's name only after a yes. After a no, what the asker said about them
    stays closed and only the asker is helped. Raises WrongMomentError for a question about the
    asker.
    """
    if question.asker_id == question.subject_id:
        raise WrongMomentError(_("Deze vraag gaat over de vrager zelf."))
    question.subject_answer = answer
    question.subject_answer_by = answered_by
    question.subject_answer_how = how
    question.subject_answer_at = now
    question.subject_answer_recorded_by = recorded_by
    question.last_activity_at = now
    question.save()
    yes = answer == Question.SubjectAnswer.YES
    timeline.by_staff(
        question=question,
        kind=TimelineEntry.Kind.SHARED,
        user=recorded_by,
        organisation=organisation,
        sentence=question_sentences.SUBJECT_AGREED()
        if yes
        else question_sentences.SUBJECT_REFUSED(),
        now=now,
    )
