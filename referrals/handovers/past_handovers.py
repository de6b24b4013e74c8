"""What a user handed over and was met: to whom and when, without what it was about."""

from collections.abc import Sequence
from uuid import UUID

from django.db.models import Q, QuerySet

from organisations.partnerships.models import Partnership
from organisations.roles.permissions import roles_at
from referrals.handovers.models import Handover
from welzijn.accounts.models import User

MOST = 25


def _given(user: User, partnership: Partnership) -> QuerySet[Handover]:
    """Return the handovers that went well and that `user` proposed or heard the resident's yes for.

    While they work at the organisation that gave it. Not those of colleagues: who had a question
    is nobody else's business.
    """
    theirs = {m.organisation_id for m in roles_at(user, partnership)}
    return (
        Handover.objects.filter(
            Q(proposed_by=user) | Q(resident_yes_recorded_by=user),
            question__partnership=partnership,
            sender__in=theirs,
            status=Handover.Status.COMPLETED,
        )
        .select_related("question", "sender", "receiver", "answered_by")
        .only(
            *("met_at", "met_how", "ended_at", "resident_yes_at", "proposed_at", "answered_at"),
            *("status", "sender__name", "receiver__name", "answered_by__name"),
            *("question__reference",),
        )
    )


def past_handovers_of(user: User, partnership: Partnership) -> Sequence[Handover]:
    """Return the latest of them."""
    return list(_given(user, partnership).order_by("-ended_at", "-id")[:MOST])


def past_handover(user: User, partnership: Partnership, question_id: UUID) -> Handover | None:
    """Return the last one of this question, or None."""
    given = _given(user, partnership).filter(question=question_id)
    return given.order_by("-ended_at", "-id").first()
