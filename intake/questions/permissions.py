"""Who may do what with a question, as predicates over one question.

`querysets.py` declares the same in SQL. A predicate without an object returns False: None means
"skip" to django-rules and would let anybody in.
"""

from enum import StrEnum
from typing import Any

import rules

from intake.questions.models import Question, SharingBasis
from intake.questions.models.querysets import CASE_ROLES, INTAKE_ROLES
from organisations.roles.memberships import memberships_of
from organisations.roles.models import Membership, Role
from organisations.roles.permissions import roles_at
from welzijn.accounts.models import User


class Permission(StrEnum):
    """The names of the permissions, defined only here."""

    READ_QUESTION = "intake.read_question"
    LIST_QUESTION = "intake.list_question"
    LOG_QUESTION = "intake.log_question"


def opens(membership: Membership, basis: SharingBasis, question: Question) -> bool:
    """Whether this basis gives the holder of this membership access to `question`.

    Basis and membership are valid now and of its partnership. A basis for a team is for the members
    whose organisation it names; one for an organisation is for its intake workers, for the worker
    to whom the question is assigned, and for who stands in for that worker.
    """
    if basis.team_id is not None:
        return (
            membership.role == Role.TEAM_MEMBER
            and membership.team_id == basis.team_id
            and membership.organisation_id in basis.team_organisations
        )
    if membership.organisation_id != basis.organisation_id:
        return False
    if membership.role in INTAKE_ROLES and membership.reads_new:
        return True
    return membership.role in CASE_ROLES and question.assigned_to_id in {
        membership.user_id,
        *membership.stands_in_for,
    }


def _memberships(user: Any, question: Question) -> list[Membership]:
    if not isinstance(user, User):
        return []
    return [m for m in memberships_of(user) if m.partnership_id == question.partnership_id]


@rules.predicate
def reads(user: Any, question: Question | None) -> bool:
    """Whether a valid basis and membership let `user` read the whole question."""
    if question is None:
        return False
    mine = _memberships(user, question)
    return any(
        opens(membership, basis, question)
        for basis in question.sharing_bases.filter(ended_at__isnull=True)
        for membership in mine
    )


@rules.predicate
def lists(user: Any, question: Question | None) -> bool:
    """Whether `user` may see the row without the person."""
    if question is None:
        return False
    for membership in _memberships(user, question):
        if membership.role == Role.COORDINATOR:
            return True
        if (
            membership.role == Role.NEIGHBOURHOOD_LEAD
            and membership.neighbourhood_id == question.neighbourhood_id
        ):
            return True
        if (
            membership.role in INTAKE_ROLES
            and membership.reads_new
            and membership.organisation_id == question.lead_id
        ):
            return True
    return bool(reads(user, question))


@rules.predicate
def works_at_a_desk(user: Any, partnership: Any) -> bool:
    """Whether `user` works at a front desk of this partnership."""
    return any(m.role == Role.FRONT_DESK for m in roles_at(user, partnership))


rules.add_perm(Permission.READ_QUESTION, reads)
rules.add_perm(Permission.LIST_QUESTION, lists)
rules.add_perm(Permission.LOG_QUESTION, works_at_a_desk)
