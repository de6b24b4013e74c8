"""Record access to names and words shown in a list, in the transaction that reads them."""

from collections.abc import Sequence
from datetime import datetime

from intake.access_log.open_question import acting_membership_among
from intake.questions.models import Question, SharingBasis
from organisations.partnerships.models import Partnership
from organisations.roles.memberships import memberships_of
from welzijn.accounts.models import User
from welzijn.audit import access_log
from welzijn.audit.models import AccessEvent
from welzijn.audit.reasons import Reason
from welzijn.core.working_days import local_date


def record_list_access(
    *,
    user: User,
    partnership: Partnership,
    questions: Sequence[Question],
    searched: bool,
    screen: Reason | str,
    now: datetime,
    action: AccessEvent.Action | None = None,
) -> None:
    """Record one access for each question of which `user` sees a name or words in a list.

    `screen` is the reason; `action` is what else was done with the list than seeing it. One query
    and one INSERT, however many they are; none for an empty list. Raises LookupError
    for a question that `user` may not read: then nothing may be shown.
    """
    if not questions:
        return
    memberships = memberships_of(user, local_date(now))
    valid: dict[object, list[SharingBasis]] = {}
    for basis in SharingBasis.objects.filter(question__in=questions, ended_at__isnull=True):
        valid.setdefault(basis.question_id, []).append(basis)
    events = []
    for question in questions:
        found = acting_membership_among(question, memberships, valid.get(question.pk, []))
        if found is None:
            raise LookupError("a listed name without a basis")
        membership, basis = found
        events.append(
            access_log.event(
                now=now,
                partnership_id=partnership.id,
                actor=user,
                organisation_id=membership.organisation_id,
                role=membership.role,
                action=action
                or (AccessEvent.Action.SEARCH if searched else AccessEvent.Action.LIST),
                what="question",
                question_id=question.pk,
                person_id=question.asker_id,
                basis=basis.kind,
                reason=screen,
            )
        )
    access_log.record(*events)
