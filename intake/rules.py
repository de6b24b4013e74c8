"""Who may do what with a question, as predicates over one question.

Says the same as `intake/querysets.py` says in SQL. A predicate without an object is False: None
would mean "skip" to django-rules and let anybody in.
"""

from enum import StrEnum
from typing import Any

import rules
from django.utils import timezone

from intake.models import Question
from intake.querysets import CASE_ROLES, INTAKE_ROLES
from organisations.models import Membership, Role
from welzijn.accounts.models import User


class Permission(StrEnum):
    """Names of permissions; nothing else spells them."""

    READ_QUESTION = "intake.read_question"
    LIST_QUESTION = "intake.list_question"
    LOG_QUESTION = "intake.log_question"


def _memberships(user: Any, question: Question) -> list[Membership]:
    if not isinstance(user, User) or not user.is_active:
        return []
    return list(
        Membership.objects.active(timezone.localdate()).filter(
            user=user, partnership_id=question.partnership_id
        )
    )


@rules.predicate
def reads(user: Any, question: Question | None) -> bool:
    """A valid basis for an organisation or team of theirs, and a part in the work."""
    if question is None:
        return False
    mine = _memberships(user, question)
    for basis in question.sharing_bases.filter(ended_at__isnull=True):
        for membership in mine:
            if basis.team_id is not None:
                if (
                    membership.role == Role.TEAM_MEMBER
                    and membership.team_id == basis.team_id
                    and membership.organisation_id in basis.team_organisations
                ):
                    return True
            elif membership.organisation_id == basis.organisation_id:
                if membership.role in INTAKE_ROLES and membership.reads_new:
                    return True
                if membership.role in CASE_ROLES and question.assigned_to_id == user.id:
                    return True
    return False


@rules.predicate
def lists(user: Any, question: Question | None) -> bool:
    """May see the row without the person."""
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
    """Front desk or intake worker of this partnership."""
    if partnership is None or not isinstance(user, User) or not user.is_active:
        return False
    return (
        Membership.objects.active()
        .filter(user=user, partnership=partnership, role=Role.FRONT_DESK)
        .exists()
    )


rules.add_perm(Permission.READ_QUESTION, reads)
rules.add_perm(Permission.LIST_QUESTION, lists)
rules.add_perm(Permission.LOG_QUESTION, works_at_a_desk)
