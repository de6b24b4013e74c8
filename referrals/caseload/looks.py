"""Names and words in a list are looks: recorded in the transaction that reads them."""

from collections.abc import Sequence
from datetime import datetime

from intake.models import Question, SharingBasis
from intake.querysets import CASE_ROLES, INTAKE_ROLES
from organisations.models import Membership, Partnership, Role
from welzijn.accounts.models import User
from welzijn.audit import look
from welzijn.audit.models import AccessEvent
from welzijn.workdays import local_date


def record_looks(
    *,
    user: User,
    partnership: Partnership,
    questions: Sequence[Question],
    searched: bool,
    screen: str,
    now: datetime,
) -> None:
    """Write one entry for each question of which `user` sees a name or words in a list.

    Two queries and one INSERT, however many they are; none for an empty list. Raises LookupError
    for a question that `user` has no standing to read: then nothing may be shown.
    """
    if not questions:
        return
    mine = list(
        Membership.objects.active(local_date(now)).filter(user=user, partnership=partnership)
    )
    valid: dict[object, list[SharingBasis]] = {}
    for basis in SharingBasis.objects.filter(question__in=questions, ended_at__isnull=True):
        valid.setdefault(basis.question_id, []).append(basis)
    events = []
    for question in questions:
        membership, basis = _standing(user, question, mine, valid.get(question.pk, []))
        events.append(
            look.event(
                now=now,
                partnership_id=partnership.id,
                actor=user,
                organisation_id=membership.organisation_id,
                role=membership.role,
                action=AccessEvent.Action.SEARCH if searched else AccessEvent.Action.LIST,
                what="question",
                question_id=question.pk,
                person_id=question.asker_id,
                basis=basis.kind,
                reason=screen,
            )
        )
    look.record(*events)


def _standing(
    user: User, question: Question, mine: Sequence[Membership], valid: Sequence[SharingBasis]
) -> tuple[Membership, SharingBasis]:
    """By which role and basis, as `intake.reading.standing` finds it for one question."""
    for basis in valid:
        for membership in mine:
            if basis.team_id is not None:
                if (
                    membership.role == Role.TEAM_MEMBER
                    and membership.team_id == basis.team_id
                    and membership.organisation_id in basis.team_organisations
                ):
                    return membership, basis
            elif basis.organisation_id == membership.organisation_id and (
                (membership.role in INTAKE_ROLES and membership.reads_new)
                or (membership.role in CASE_ROLES and question.assigned_to_id == user.id)
            ):
                return membership, basis
    raise LookupError("a name without a standing")
