"""Spread questions over colleagues in one step, with a preview and a way back.

propose(...)     who would get what, by the room that each has; nothing is changed
carry_out(...)   assign it; what couldn't be done is named
undo(...)        give it back, as far as nobody went on with it
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Count, F, Q
from django.utils.translation import gettext as _

from intake.questions import status
from intake.questions.models import Question, SharingBasis
from intake.questions.models.querysets import CASE_ROLES
from intake.questions.status import WrongMomentError
from organisations.partnerships.models import Partnership
from organisations.roles.availability_models import WorkingHours
from organisations.roles.models import Membership
from referrals.caseload.bulk import Outcome
from referrals.caseload.models import Spread, SpreadRow
from referrals.casework import absence, other_organisation
from referrals.casework import assign as casework_assign
from referrals.casework_base import acting_membership
from referrals.casework_base.acting_membership import NotAllowedError
from referrals.follow_ups.models import FollowUp
from welzijn.accounts.models import User
from welzijn.core.working_days import local_date

WAY_BACK = timedelta(days=1)
# The reason between the list and the preview lies in the session: an address says no more than ids.
REASON = "reden van een verdeling"
# Of whom the hours are not known.
FULL_WEEK = 36


@dataclass(frozen=True, slots=True)
class Proposal:
    """One question, who would get it, and who could."""

    question: Question
    taker: User | None
    possible: Sequence[User]


@dataclass(frozen=True, slots=True)
class Capacity:
    """What somebody has open and how much fits; unknown hours count as a full week."""

    open: int
    hours: int | None
    most: int | None

    @property
    def left(self) -> int | None:
        """How many more fit; None where nobody said how many do."""
        return None if self.most is None else max(0, self.most - self.open)


def capacities(*, partnership: Partnership, users: Sequence[User]) -> dict[UUID, Capacity]:
    """Return the room of each colleague, in two queries."""
    counted = dict(
        Question.objects.open()
        .filter(partnership=partnership, assigned_to__in=users)
        .order_by()
        .values_list("assigned_to")
        .annotate(n=Count("pk"))
    )
    hours = {
        row.user_id: row
        for row in WorkingHours.objects.filter(partnership=partnership, user__in=users)
    }
    return {
        user.pk: Capacity(
            counted.get(user.pk, 0),
            hours[user.pk].hours if user.pk in hours else None,
            hours[user.pk].most if user.pk in hours else None,
        )
        for user in users
    }


def propose(
    *,
    questions: Sequence[Question],
    takers: Sequence[User],
    partnership: Partnership,
    on: date,
) -> list[Proposal]:
    """Divide the questions over the takers: each goes to who may have it and has most room.

    A fixed number of queries. Where none of them may work on a question, nobody gets it.
    """
    room = capacities(partnership=partnership, users=takers)
    mine: dict[UUID, list[Membership]] = {user.pk: [] for user in takers}
    for membership in Membership.objects.active(on).filter(
        partnership=partnership, user__in=takers, role__in=CASE_ROLES
    ):
        mine[membership.user_id].append(membership)
    bases: dict[UUID, list[SharingBasis]] = {}
    for basis in SharingBasis.objects.filter(question__in=questions, ended_at__isnull=True):
        bases.setdefault(basis.question_id, []).append(basis)
    given: Counter[UUID] = Counter()
    proposals = []
    for question in questions:
        valid = bases.get(question.pk, [])
        lead_basis = next((basis for basis in valid if _of_lead(basis, question)), None)
        possible = [
            user
            for user in takers
            if user.pk != question.assigned_to_id
            and acting_membership.assignable_among(question, mine[user.pk], lead_basis)
        ]
        taker = min(
            possible, key=lambda user: _fullness(room[user.pk], given[user.pk]), default=None
        )
        if taker is not None:
            given[taker.pk] += 1
        proposals.append(Proposal(question, taker, possible))
    return proposals


def needs_reason(*, questions: Sequence[Question], by: User, on: date) -> bool:
    """Whether one of them is the work of an organisation that `by` does not belong to."""
    return any(other_organisation.is_anothers(by, question, on) for question in questions)


def _of_lead(basis: SharingBasis, question: Question) -> bool:
    if question.lead_team_id is not None:
        return basis.team_id == question.lead_team_id
    return basis.organisation_id == question.lead_id


def _fullness(room: Capacity, given: int) -> tuple[bool, float]:
    """Who has no room left comes last; then by what they have for each hour."""
    number = room.open + given
    full = room.most is not None and number >= room.most
    return full, number / (room.hours or FULL_WEEK)


def carry_out(
    *,
    partnership: Partnership,
    chosen: Mapping[UUID, User | None],
    by: User,
    now: datetime,
    reason: str = "",
    worker: User | None = None,
) -> tuple[Spread | None, Outcome]:
    """Assign each question to who was chosen (None: back to its organisation).

    With `worker`: only what that colleague still has, and all else that is due for them goes too,
    to the same people in turn. Returns the spread that can be undone, and what was refused.
    """
    outcome = Outcome()
    spread = Spread(partnership=partnership, by=by, at=now)
    rows: list[SpreadRow] = []
    listed = Question.objects.listed_for(by, local_date(now)).filter(
        partnership=partnership, pk__in=chosen
    )
    with transaction.atomic():
        for found in listed.order_by("due_on", "id"):
            before = found.assigned_to
            try:
                with transaction.atomic():
                    given = _give(found, chosen[found.pk], by, now, reason=reason, worker=worker)
            except (NotAllowedError, WrongMomentError) as error:
                outcome.refuse(found.reference, str(error))
                continue
            outcome.done.append(found.reference)
            rows.append(SpreadRow(spread=spread, question=found, giver=before, taker=given))
        if worker is not None:
            takers = list(dict.fromkeys(user for user in chosen.values() if user is not None))

            def record(row: FollowUp, to: User | None) -> None:
                rows.append(
                    SpreadRow(
                        spread=spread, question=row.question, follow_up=row, giver=worker, taker=to
                    )
                )

            absence.hand_on_follow_ups(
                worker=worker, to=takers, partnership=partnership, by=by, now=now, record=record
            )
        if not rows:
            return None, outcome
        spread.save()
        SpreadRow.objects.bulk_create(rows)
    return spread, outcome


def _give(
    question: Question,
    taker: User | None,
    by: User,
    now: datetime,
    *,
    reason: str,
    worker: User | None,
) -> User | None:
    """Give one question; return who has it now."""
    question = status.lock(question)
    if worker is not None and question.assigned_to_id != worker.pk:
        raise WrongMomentError(_("Deze vraag heeft nu iemand anders."))
    if taker is None or (worker is not None and not _fits(taker, question, now)):
        if question.assigned_to is None:
            raise WrongMomentError(_("Deze vraag heeft nog niemand."))
        handed = absence.hand_on(
            question=question, worker=question.assigned_to, to=None, by=by, now=now, reason=reason
        )
    else:
        handed = casework_assign.assign(question=question, to=taker, by=by, now=now, reason=reason)
    return handed.assigned_to


def _fits(taker: User, question: Question, now: datetime) -> bool:
    return acting_membership.can_be_assigned(taker, question, local_date(now)) is not None


def recent(*, partnership: Partnership, now: datetime) -> Any:
    """Return what can still be undone, the latest first."""
    return (
        Spread.objects.filter(
            partnership=partnership, undone_at__isnull=True, at__gt=now - WAY_BACK
        )
        .select_related("by")
        .annotate(number=Count("rows", filter=Q(rows__follow_up=None)))
    )


def undo(*, spread: Spread, by: User, now: datetime) -> Outcome:
    """Give everything back to who had it, except what somebody went on with.

    By a coordinator, within WAY_BACK, once. Raises WrongMomentError.
    """
    outcome = Outcome()
    reason = _("de verdeling is teruggedraaid")
    with transaction.atomic():
        spread = Spread.objects.select_for_update().get(pk=spread.pk)
        if spread.undone_at is not None or spread.at <= now - WAY_BACK:
            raise WrongMomentError(
                _("Dit is al teruggedraaid, of het is langer dan een dag geleden.")
            )
        rows = spread.rows.select_related("question", "giver", "taker", "follow_up")
        for row in rows.order_by("follow_up_id", "id"):
            if row.follow_up_id is not None:
                FollowUp.objects.filter(
                    pk=row.follow_up_id, status=FollowUp.Status.OPEN, worker=row.taker
                ).update(worker=row.giver, due_version=F("due_version") + 1)
                continue
            try:
                with transaction.atomic():
                    _give_back(row, by, now, reason)
            except (NotAllowedError, WrongMomentError) as error:
                outcome.refuse(row.question.reference, str(error))
            else:
                outcome.done.append(row.question.reference)
        spread.undone_at = now
        spread.save(update_fields=["undone_at"])
    return outcome


def _give_back(row: SpreadRow, by: User, now: datetime, reason: str) -> None:
    question = status.lock(row.question)
    if question.assigned_to_id != row.taker_id or not question.is_open:
        raise WrongMomentError(_("Deze vraag heeft nu iemand anders."))
    if question.last_activity_at > row.spread.at:
        raise WrongMomentError(_("Hier is intussen aan gewerkt."))
    if row.giver is not None:
        casework_assign.assign(
            question=question, to=row.giver, by=by, now=now, reason=reason, exactly=True
        )
    else:
        assert row.taker is not None
        absence.hand_on(question=question, worker=row.taker, to=None, by=by, now=now, reason=reason)
