"""Giving and ending a sharing basis, and recording the answer of the person it is about."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from intake.people.models import Person
from intake.questions import question_sentences, timeline
from intake.questions.models import Question, SharingBasis, TimelineEntry
from intake.questions.status import WrongMomentError
from organisations.directory.models import Organisation, Team
from organisations.partnerships.models import Partnership
from welzijn.accounts.models import User

# `ended_why` of a basis that the resident stopped, and of one that another basis took over from.
REVOKED = "revoked"
SUPERSEDED = "superseded"
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
    purpose: SharingBasis.Purpose,
    how: SharingBasis.How,
    given_by: Person | None = None,
    recorded_by: User | None = None,
    reason: str = "",
    now: datetime,
) -> SharingBasis:
    """Record a basis for one organisation or team; return it, or the valid one if that is stronger.

    A valid consent stays: it is the strongest, and the resident can stop it. A valid basis of
    the same kind stays as well. Any other is superseded: it ends, and both stay in the register,
    so that a disclosure without consent and the later consent can both be read. First handling
    supersedes nothing. The caller has locked the question. The database refuses a consent without
    a giver, danger or legal duty without a reason, and a receiver outside the partnership.
    """
    valid = SharingBasis.objects.filter(
        question=question, organisation=organisation, team=team, ended_at__isnull=True
    ).first()
    if valid is not None:
        if valid.kind in (SharingBasis.Kind.CONSENT, kind) or (
            kind == SharingBasis.Kind.FIRST_HANDLING
        ):
            return valid
        end(basis=valid, why=SUPERSEDED, now=now)
    return SharingBasis.objects.create(
        question=question,
        organisation=organisation,
        team=team,
        team_organisations=readers_of(question, team) if team else [],
        kind=kind,
        purpose=purpose,
        how=how,
        given_by=given_by,
        recorded_by=recorded_by,
        reason=reason,
        valid_from=now,
    )


def stopped_by_resident(question: Question) -> set[UUID]:
    """Return the organisations with which the resident stopped sharing, until a new yes."""
    latest: dict[UUID, SharingBasis] = {}
    for basis in question.sharing_bases.filter(organisation__isnull=False).order_by(
        "valid_from", "pk"
    ):
        assert basis.organisation_id is not None
        latest[basis.organisation_id] = basis
    return {
        organisation
        for organisation, basis in latest.items()
        if basis.ended_at is not None and basis.ended_why == REVOKED
    }


def readers_of(question: Question, team: Team) -> list[UUID]:
    """Return the team's organisations without those that the resident stopped.

    All of them if none would be left: somebody has to sort the question out.
    """
    everybody = [organisation.id for organisation in team.organisations.all()]
    stopped = stopped_by_resident(question)
    return [one for one in everybody if one not in stopped] or everybody


def leave_out(*, basis: SharingBasis, organisation: Organisation, now: datetime) -> bool:
    """Renew a team's basis without one organisation; False if that is the only one in it.

    The earlier basis ends and stays readable.
    """
    others = [one for one in basis.team_organisations if one != organisation.id]
    if not others:
        return False
    renew(basis=basis, organisations=others, why=REVOKED, now=now)
    return True


def renew(
    *, basis: SharingBasis, organisations: list[UUID], why: str, now: datetime
) -> SharingBasis:
    """End a team's basis and record the same one for other organisations of the team."""
    end(basis=basis, why=why, now=now)
    return SharingBasis.objects.create(
        question_id=basis.question_id,
        team_id=basis.team_id,
        team_organisations=organisations,
        kind=basis.kind,
        purpose=basis.purpose,
        how=basis.how,
        given_by_id=basis.given_by_id,
        recorded_by_id=basis.recorded_by_id,
        reason=basis.reason,
        valid_from=now,
    )


def first_handling(*, question: Question, partnership: Partnership, now: datetime) -> SharingBasis:
    """Record the triage team's own basis, for a question that comes (back) to it."""
    assert partnership.triage_team is not None
    return give(
        question=question,
        team=partnership.triage_team,
        kind=SharingBasis.Kind.FIRST_HANDLING,
        purpose=SharingBasis.Purpose.SORT_OUT,
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
