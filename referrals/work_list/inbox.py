"""Everything that asks something of somebody, in one list of theirs.

What is asked of an organisation or team stands with all who read new there, until one of them picks
it up. A fixed number of queries, whatever there is; nothing on a row is a name of a resident. The
words on a row (what was planned) belong to questions that the user reads: those are looks.
"""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _

from intake.questions.models import Question, TimelineEntry
from organisations.front_door import configuration as front_door
from organisations.partnerships.models import Partnership
from organisations.roles.models import Membership
from referrals.conferences.models import Conference, Participant
from referrals.consultations.models import Consultation
from referrals.follow_ups.models import FollowUp
from referrals.handovers import notifications as handover_notifications
from referrals.handovers import state_machine
from referrals.handovers.models import Handover
from referrals.work_list.inbox_rows import InboxKind, InboxRow
from referrals.work_list.listing import handovers_for, visible
from referrals.work_list.rows import RoleScope
from welzijn.accounts.models import User
from welzijn.core.working_days import local_date, local_moment

MOST = 200
Kind = FollowUp.Kind
Actor = TimelineEntry.Actor


def rows(
    *,
    user: User,
    partnership: Partnership,
    roles: Sequence[Membership],
    now: datetime,
    seen_at: datetime | None,
) -> list[InboxRow]:
    """Return what is asked of `user`: danger first, then what is new, then by its day."""
    today = local_date(now)
    calendar = front_door.of(partnership).calendar
    scope = RoleScope.of(roles)
    seen = visible(user, partnership, today)
    next_day = calendar.add_working_days(today, 1)
    found = [
        *_due(user, partnership, scope, seen, next_day),
        *_questions(user, scope, seen),
        *_consultations(partnership, scope),
        *_handovers(user, partnership, scope),
        *_conferences(user, partnership, now, next_day),
    ]
    marked = [
        _marked(
            row,
            is_new=seen_at is None or row.since > seen_at,
            late=calendar.overdue_by(row.due_on, today) if row.due_on else 0,
        )
        for row in found
    ]
    far = date.max
    return sorted(
        marked,
        key=lambda row: (
            row.asks != InboxKind.DANGER,
            not row.is_new,
            row.due_on or far,
            row.since,
        ),
    )


def _marked(row: InboxRow, *, is_new: bool, late: int) -> InboxRow:
    values = {name: getattr(row, name) for name in InboxRow.__slots__}
    return InboxRow(**{**values, "is_new": is_new, "late": late})


def _due(
    user: User,
    partnership: Partnership,
    scope: RoleScope,
    seen: QuerySet[Question],
    next_day: date,
) -> list[InboxRow]:
    """What is due for them, or for their organisation or team as long as nobody took it.

    Of one's own plans only what is due by the next working day; what others ask is there at once.
    """
    ours = Q(worker=None) & (Q(team=None, organisation__in=scope.intake) | Q(team__in=scope.teams))
    by_others = Q(created_by__isnull=False) & ~Q(created_by=user)
    asked = Q(due_on__lte=next_day) | by_others | ours
    # Danger reaches all who read the question, and a judgement is asked of each of them.
    found = (
        FollowUp.objects.filter(
            Q(kind=Kind.DUTY) | (Q(worker__in=[user.pk, *scope.absent]) | ours) & asked,
            partnership=partnership,
            status=FollowUp.Status.OPEN,
        )
        .filter(Exists(seen.filter(pk=OuterRef("question"))))
        .exclude(kind__in=[Kind.PICK_UP, Kind.HANDOVER, Kind.CONSULTATION])
        .exclude(waits_for=FollowUp.WaitsFor.RESIDENT, due_on__gt=next_day)
        .select_related("question", "organisation", "team")
        .order_by("due_on", "id")[:MOST]
    )
    return [_due_row(one, user, partnership) for one in found]


def _due_row(one: FollowUp, user: User, partnership: Partnership) -> InboxRow:
    one.partnership = partnership
    asks = {Kind.DUTY: InboxKind.DANGER, Kind.DESK: InboxKind.DESK}.get(
        Kind(one.kind), InboxKind.DUE
    )
    if one.sentence == "follow_up.support":
        asks = InboxKind.SUPPORT
    path = reverse("case_due", args=[one.question_id, one.pk])
    danger = asks is InboxKind.DANGER
    return InboxRow(
        asks=asks,
        reference=one.question.reference,
        what=one.what,
        hat=str(one.team or one.organisation),
        since=one.created_at,
        path=reverse("case", args=[one.question_id]) if danger else path,
        due_on=one.due_on,
        mine=one.worker_id is not None,
        pick_up=path if one.worker_id is None and not danger else "",
        question=one.question,
    )


def _questions(user: User, scope: RoleScope, seen: QuerySet[Question]) -> list[InboxRow]:
    """New ones of their organisation or team, those given to them, and those with an answer."""
    entries = TimelineEntry.objects.filter(question=OuterRef("pk"))
    by_staff = entries.filter(actor_kind=Actor.STAFF).order_by("-at")
    written = entries.filter(actor_kind=Actor.RESIDENT).exclude(kind=TimelineEntry.Kind.RECEIVED)
    given = entries.filter(
        kind__in=[TimelineEntry.Kind.ASSIGNED, TimelineEntry.Kind.MOVED], actor_kind=Actor.STAFF
    ).exclude(actor=user)
    mine = entries.filter(actor=user).order_by("-at")
    ours = Q(lead_team=None, lead__in=scope.intake) | Q(lead_team__in=scope.teams)
    has = Q(assigned_to__in=[user.pk, *scope.absent], status=Question.Status.PICKED_UP)
    new = Q(status=Question.Status.NEW) & ours
    found = (
        seen.filter(has | new)
        .annotate(
            answered_by_us=Subquery(by_staff.values("at")[:1]),
            written_at=Subquery(written.order_by("-at").values("at")[:1]),
            given_at=Subquery(given.order_by("-at").values("at")[:1]),
            worked_at=Subquery(mine.values("at")[:1]),
        )
        .select_related("lead", "lead_team")
        .order_by("due_on", "id")[:MOST]
    )
    return [row for one in found if (row := _question_row(one, user)) is not None]


def _question_row(one: Any, user: User) -> InboxRow | None:
    """Return what the question asks, if anything: picking up before reading what was written."""
    long_ago = datetime(1, 1, 1, tzinfo=UTC)
    if one.status == Question.Status.NEW:
        asks, since, what = InboxKind.NEW, one.received_at, _("oppakken")
    elif one.written_at and one.written_at > (one.answered_by_us or long_ago):
        asks, since, what = InboxKind.ANSWER, one.written_at, _("lees wat de inwoner schreef")
    elif one.given_at and one.given_at > (one.worked_at or long_ago):
        asks, since, what = InboxKind.REBALANCED, one.given_at, _("een collega gaf u deze vraag")
    else:
        return None
    case = reverse("case", args=[one.pk])
    new = asks is InboxKind.NEW
    return InboxRow(
        asks=asks,
        reference=one.reference,
        what=what,
        hat=str(one.lead_team or one.lead),
        since=since,
        path=case,
        due_on=one.due_on,
        mine=not new,
        pick_up=reverse("case_pick_up", args=[one.pk]) if new else "",
    )


def _consultations(partnership: Partnership, scope: RoleScope) -> list[InboxRow]:
    found = (
        Consultation.objects.filter(
            partnership=partnership, answered_at=None, receiver__in=scope.organisations
        )
        .select_related("sender", "receiver")
        .order_by("asked_at")[:MOST]
    )
    return [
        InboxRow(
            asks=InboxKind.CONSULTATION,
            reference="",
            what=_("{who} vraagt om raad").format(who=one.sender),
            hat=str(one.receiver),
            since=one.asked_at,
            path=reverse("consultation", args=[one.pk]),
            mine=False,
        )
        for one in found
    ]


def _handovers(user: User, partnership: Partnership, scope: RoleScope) -> list[InboxRow]:
    """Where it is the turn of the user or of those who read new at the receiver."""
    found = handovers_for(user, partnership, scope).select_related(
        "question", "sender", "receiver"
    )[:MOST]
    asked = []
    for one in found:
        state = Handover.Status(one.status)
        receives = one.receiver_id in scope.intake | scope.organisations and (
            one.proposed_by_id != user.id
        )
        turn = state_machine.TURN[state]
        if turn == (state_machine.SENDER if receives else state_machine.RECEIVER):
            continue
        to_answer = receives and state in {Handover.Status.OFFERED, Handover.Status.QUESTION}
        asked.append(
            InboxRow(
                asks=InboxKind.HANDOVER,
                reference=one.question.reference,
                what=state_machine.DUE_SENTENCES[state].words(),
                hat=str(one.receiver if receives else one.sender),
                since=one.answered_at or one.resident_yes_at or one.proposed_at,
                path=handover_notifications.path_of(one)
                if to_answer
                else reverse("case", args=[one.question_id]),
                due_on=one.due_on,
                mine=not to_answer,
            )
        )
    return asked


def _conferences(
    user: User, partnership: Partnership, now: datetime, next_day: date
) -> list[InboxRow]:
    """The MDO of today and the next working day, and invitations without an answer."""
    soon = local_moment(next_day + timedelta(days=1), time(0))
    found = (
        Participant.objects.filter(
            Q(conference__starts_at__lt=soon) | Q(comes=None),
            user=user,
            removed_at=None,
            conference__partnership=partnership,
            conference__status=Conference.Status.PLANNED,
            conference__ends_at__gt=now,
        )
        .exclude(comes=False)
        .select_related("conference", "organisation")
        .order_by("conference__starts_at")[:MOST]
    )
    return [
        InboxRow(
            asks=InboxKind.CONFERENCE,
            reference="",
            what=_("zeg of u komt") if one.comes is None else _("bereid u voor"),
            hat=str(one.organisation),
            # A meeting that comes near is new again: it asks something else than the invitation.
            since=max(one.invited_at, starts_at - timedelta(days=1))
            if one.comes
            else one.invited_at,
            path=reverse("conference", args=[one.conference_id]),
            due_on=local_date(starts_at),
        )
        for one in found
        if (starts_at := one.conference.starts_at) is not None
    ]
