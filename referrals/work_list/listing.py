"""The work list: what is due, what is new, the user's own questions, and what others wait for.

Everything on it is within `visible_to`, besides handovers and consultations for one's
organisation, which show no person. Names on a page are looks, and stand in the log. A fixed number
of queries, whatever there is: each list is counted, and one is read, a page at a time.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.core.paginator import Page, Paginator
from django.db import transaction
from django.db.models import Case, Count, Exists, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from intake.questions.models import Question
from intake.questions.models.querysets import CASE_ROLES
from organisations.front_door import configuration as front_door
from organisations.partnerships.models import Partnership
from organisations.roles.models import Membership
from referrals.casework_base.list_access import record_list_access
from referrals.consultations.models import Consultation
from referrals.follow_ups.models import FollowUp
from referrals.handovers.models import Handover
from referrals.work_list.danger import DangerRow, danger_rows
from referrals.work_list.rows import (
    HandoverRow,
    RoleScope,
    Row,
    closed_row,
    due_row,
    handover_row,
    legal_term,
    question_row,
)
from welzijn.accounts.models import User
from welzijn.audit.reasons import Reason
from welzijn.core.working_days import Calendar, local_date
from welzijn.notifications.models import Message, Status

PAGE = 25
TODAY, NEW, MINE, HANDOVERS = "vandaag", "nieuw", "mijn", "overdracht"
CONSULTATIONS, CLOSED = "overleg", "afgerond"
LISTS = (TODAY, NEW, MINE, HANDOVERS, CLOSED)

Kind = FollowUp.Kind


@dataclass(frozen=True, slots=True)
class WorkList:
    """One list, the counts of all lists, and danger that nobody has judged."""

    chosen: str
    rows: Sequence[Row]
    handovers: Sequence[HandoverRow]
    page: Page[Any] | None
    counts: dict[str, int]
    consultations: int
    danger: Sequence[DangerRow]
    calendar: Calendar = field(repr=False)


def show(
    *,
    user: User,
    partnership: Partnership,
    roles: Sequence[Membership],
    chosen: str,
    page: int | str,
    now: datetime,
) -> WorkList:
    """Return one of the lists for `user`, with the counts of all. `chosen` is one of LISTS.

    `roles` are the user's memberships of this partnership that hold today.
    """
    today = local_date(now)
    calendar = front_door.of(partnership).calendar
    scope = RoleScope.of(roles)
    due = _due(user, partnership, scope, today)
    new = _new(user, partnership, scope, today)
    own = _own(user, partnership, scope, today)
    handovers = handovers_for(user, partnership, scope)
    counts = _count(
        partnership,
        {
            TODAY: due,
            NEW: new,
            MINE: own,
            HANDOVERS: handovers,
            CONSULTATIONS: consultations_for(user, partnership, today),
            CLOSED: (closed := _closed(user, partnership, today)),
        },
    )
    rows: list[Row] = []
    handover_rows: list[HandoverRow] = []
    found: Page[Any] | None
    with transaction.atomic():
        if chosen == HANDOVERS:
            found = _Counted(handovers, counts[chosen], _with_both_sides).get_page(page)
            handover_rows = [handover_row(h, user, scope, calendar, today) for h in found]
        elif chosen == TODAY:
            found = _Counted(due, counts[chosen], _with_question).get_page(page)
            rows = [due_row(f, partnership, calendar, today, scope.absent) for f in found]
        elif chosen == CLOSED:
            found = _Counted(closed, counts[chosen], _with_people).get_page(page)
            rows = [closed_row(q) for q in found]
        else:
            questions = new if chosen == NEW else own
            found = _Counted(questions, counts[chosen], _with_people).get_page(page)
            rows = [question_row(q, calendar, today, scope.absent) for q in found]
        danger = danger_rows(user, partnership, today)
        shown = [*(r.question for r in rows), *(row.question for row in danger if row.words)]
        record_list_access(
            user=user,
            partnership=partnership,
            questions=list({question.pk: question for question in shown}.values()),
            searched=False,
            screen=Reason.WORK_LIST,
            now=now,
        )
    return WorkList(
        chosen=chosen,
        rows=rows,
        handovers=handover_rows,
        page=found,
        counts=counts,
        consultations=counts[CONSULTATIONS],
        danger=danger,
        calendar=calendar,
    )


def _count(partnership: Partnership, lists: dict[str, QuerySet[Any]]) -> dict[str, int]:
    """Return the size of each list, in one query."""
    numbers = {
        name: Coalesce(
            Subquery(
                found.order_by()
                .annotate(same=Value(1))
                .values("same")
                .annotate(n=Count("pk"))
                .values("n")
            ),
            0,
        )
        for name, found in lists.items()
    }
    row: Mapping[str, Any] = Partnership.objects.filter(pk=partnership.pk).values(**numbers).get()
    return dict(row)


class _Counted(Paginator[Any]):
    """A paginator with a count that is known beforehand.

    It finds the rows of a page by their ids alone; what is shown of a row is read of those.
    """

    def __init__(
        self,
        objects: QuerySet[Any],
        count: int,
        with_columns: Callable[[QuerySet[Any]], QuerySet[Any]],
    ) -> None:
        super().__init__(objects, PAGE)
        self.__dict__["count"] = count
        self._objects, self._with_columns = objects, with_columns

    def page(self, number: int | str) -> Page[Any]:
        """Return the rows of one page. Raises InvalidPage, like Django's paginator."""
        number = self.validate_number(number)
        bottom = (number - 1) * PAGE
        ids = self._objects.values("pk")[bottom : bottom + PAGE]
        rows = self._objects.model._default_manager.filter(pk__in=ids)
        rows = rows.order_by(*self._objects.query.order_by)
        return Page(self._with_columns(rows), number, self)


def visible(user: User, partnership: Partnership, today: date) -> QuerySet[Question]:
    seen = Question.objects.visible_to(user, today).filter(partnership=partnership)
    return seen.not_set_aside()


def _due(user: User, partnership: Partnership, scope: RoleScope, today: date) -> QuerySet[FollowUp]:
    """Due today or earlier for the user, or unassigned in their organisation or team.

    A check that the resident got by mail waits for them and isn't work; one that couldn't be
    mailed is.
    """
    ours = Q(worker__in=[user.pk, *scope.absent]) | Q(worker=None) & (
        Q(team=None, organisation__in=scope.intake) | Q(team__in=scope.teams)
    )
    mailed = Message.objects.filter(subject_kind="check", subject_id=OuterRef("pk")).exclude(
        status=Status.SHOWN
    )
    return (
        FollowUp.objects.filter(ours, partnership=partnership, status="open", due_on__lte=today)
        .filter(Exists(visible(user, partnership, today).filter(pk=OuterRef("question"))))
        .exclude(kind=Kind.DUTY)
        .exclude(Q(kind=Kind.HANDOVER, waits_for=FollowUp.WaitsFor.RECEIVER))
        .exclude(Q(kind=Kind.CHECK) & Exists(mailed))
        .order_by(_turn(), "due_on", "id")
    )


def _turn() -> Case:
    """Order: danger first, then the user's work, then what waits for somebody else."""
    return Case(
        When(question__urgency=Question.Urgency.DANGER, then=0),
        When(waits_for=FollowUp.WaitsFor.US, then=1),
        default=2,
    )


def _with_question(found: QuerySet[FollowUp]) -> QuerySet[FollowUp]:
    return (
        found.annotate(legal_on=legal_term("question"))
        .select_related(
            "question__asker",
            "question__neighbourhood",
            "question__lead",
            "question__lead_team",
            "worker",
        )
        .prefetch_related("question__domain_links__life_domain")
    )


def _with_people(found: QuerySet[Question]) -> QuerySet[Question]:
    return (
        found.annotate(legal_on=legal_term("pk"))
        .select_related("asker", "neighbourhood", "lead", "lead_team", "assigned_to")
        .prefetch_related("domain_links__life_domain")
    )


def _with_both_sides(found: QuerySet[Handover]) -> QuerySet[Handover]:
    return found.select_related("question__neighbourhood", "sender", "receiver").prefetch_related(
        "question__domain_links__life_domain"
    )


def _new(user: User, partnership: Partnership, scope: RoleScope, today: date) -> QuerySet[Question]:
    """Questions not picked up yet, led by the user's organisation or team."""
    ours = Q(lead_team=None, lead__in=scope.organisations) | Q(lead_team__in=scope.teams)
    found = visible(user, partnership, today).filter(ours, status=Question.Status.NEW)
    return found.order_by("due_on", "id")


def _own(user: User, partnership: Partnership, scope: RoleScope, today: date) -> QuerySet[Question]:
    """Open questions that the user has, or that a colleague has for whom they stand in."""
    found = visible(user, partnership, today).filter(
        assigned_to__in=[user.pk, *scope.absent], status=Question.Status.PICKED_UP
    )
    return found.order_by("due_on", "id")


def _closed(user: User, partnership: Partnership, today: date) -> QuerySet[Question]:
    """Questions that the user had when they ended, the latest first."""
    found = Question.objects.visible_to(user, today).filter(
        partnership=partnership, assigned_to=user, status__in=Question.ENDED_STATUSES
    )
    return found.order_by("-closed_at", "-id")


def handovers_for(user: User, partnership: Partnership, scope: RoleScope) -> QuerySet[Handover]:
    """To answer as the receiver, to meet after my yes (or a colleague's who is away), and sent."""
    state = Handover.Status
    to_answer = Q(receiver__in=scope.intake, status__in=[state.OFFERED, state.QUESTION])
    nobodys = FollowUp.objects.filter(
        question=OuterRef("question"), kind=Kind.HANDOVER, status="open", worker=None
    )
    to_meet = Q(status=state.ACCEPTED) & (
        Q(answered_by__in=[user.pk, *scope.absent], receiver__in=scope.organisations)
        | Q(Exists(nobodys), receiver__in=scope.intake)
    )
    sent = (
        Q(status__in=Handover.OPEN)
        & (Q(question__assigned_to=user) | Q(proposed_by=user))
        & (Q(sender__in=scope.organisations) | Q(question__lead_team__in=scope.teams))
    )
    return Handover.objects.filter(
        to_answer | to_meet | sent, question__partnership=partnership
    ).order_by("due_on", "id")


def consultations_for(user: User, partnership: Partnership, today: date) -> QuerySet[Consultation]:
    """Consultations that the user's organisation has not answered."""
    memberships = Membership.objects.active(today).filter(
        user=user, partnership=partnership, role__in=CASE_ROLES
    )
    return Consultation.objects.filter(
        partnership=partnership, answered_at=None, receiver__in=memberships.values("organisation")
    )
