"""The only way to a person's data: it checks permission and logs the access in one transaction."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.http import Http404

from intake.consent import bases as sharing_bases
from intake.people.models import Person
from intake.questions.models import Question, SharingBasis
from intake.questions.permissions import opens
from organisations.partnerships.models import Partnership
from organisations.roles.memberships import memberships_of
from organisations.roles.models import Membership
from welzijn.accounts.models import User
from welzijn.audit import access_log
from welzijn.audit.models import AccessEvent
from welzijn.audit.reasons import Reason
from welzijn.core.working_days import local_date


@dataclass(frozen=True, slots=True)
class Opened:
    """A question that a user may read in full, with the basis and membership that allow it."""

    question: Question
    basis: SharingBasis
    membership: Membership


def open_question(
    *,
    user: User,
    partnership: Partnership,
    question_id: UUID,
    why: Reason,
    now: datetime,
    what: str = "question",
) -> Opened:
    """Return the question with its people for `user`, and log the access.

    `why` says for which page or action, `what` which part of the question is read. Raises Http404
    for what this user may not read, so that another partnership's question and one that doesn't
    exist look the same. The person it is about is left out until they agree (`hide_subject`).
    """
    with transaction.atomic():
        question = (
            Question.objects.visible_to(user, local_date(now))
            .filter(partnership=partnership, pk=question_id)
            .with_people()
            .first()
        )
        if question is None:
            raise Http404
        membership, basis = acting_membership(user, question, now)
        access_log.record(
            access_log.event(
                now=now,
                partnership_id=partnership.id,
                actor=user,
                organisation_id=membership.organisation_id,
                role=membership.role,
                action=AccessEvent.Action.READ,
                what=what,
                question_id=question.id,
                person_id=question.asker_id,
                basis=basis.kind,
                reason=why,
                emergency=basis.kind == SharingBasis.Kind.DANGER,
            )
        )
    hide_subject(question)
    return Opened(question, basis, membership)


def acting_membership(
    user: User, question: Question, now: datetime
) -> tuple[Membership, SharingBasis]:
    """Return the membership and basis by which `user` may read `question`; Http404 if none."""
    valid = question.sharing_bases.filter(ended_at__isnull=True)
    found = acting_membership_among(question, memberships_of(user, local_date(now)), valid)
    if found is None:
        raise Http404
    return found


def acting_membership_among(
    question: Question, mine: Iterable[Membership], valid: Iterable[SharingBasis]
) -> tuple[Membership, SharingBasis] | None:
    """Return the first valid basis that opens `question`, with its membership, or None.

    Bases in the order of `bases.in_order`, memberships in the order given: the look is logged
    under the same basis each time.
    """
    here = [m for m in mine if m.partnership_id == question.partnership_id]
    ordered = sharing_bases.in_order(valid)
    return next(((m, basis) for basis in ordered for m in here if opens(m, basis, question)), None)


def hide_subject(question: Question) -> None:
    """Remove the person it is about from the object in memory, unless they have agreed."""
    if not question.subject_may_be_shown:
        question.subject = Person(
            id=question.subject_id,
            partnership_id=question.partnership_id,
            age_band=question.subject.age_band,
        )
