"""The rows of the work list, as the page shows them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext as _

from intake.questions.models import Question
from intake.questions.models.querysets import CASE_ROLES, INTAKE_ROLES
from organisations.partnerships.models import Partnership
from organisations.roles.models import Membership, Role
from referrals.follow_ups.models import FollowUp
from referrals.handovers import (
    notifications as handover_notifications,
)
from referrals.handovers import (
    state_machine as handover_state_machine,
)
from referrals.handovers.models import Handover
from welzijn.accounts.models import User
from welzijn.core.working_days import Calendar, local_date

EXCERPT_LENGTH = 110


@dataclass(frozen=True, slots=True)
class Row:
    """One line: a question, what is due for it, and since how many working days it is late."""

    question: Question
    what: str
    due_on: date
    late: int
    waits_for: str
    who: str
    excerpt: str
    domains: str
    kind: str = ""
    legal_on: date | None = None


@dataclass(frozen=True, slots=True)
class HandoverRow:
    """A handover that waits for us or for somebody else; no person in it."""

    handover: Handover
    ours: bool
    what: str
    late: int
    path: str


@dataclass(frozen=True, slots=True)
class RoleScope:
    """The organisations and teams for which a user does casework, intake or teamwork."""

    organisations: frozenset[Any]
    intake: frozenset[Any]
    teams: frozenset[Any]
    absent: frozenset[Any]  # colleagues for whom they stand in

    @classmethod
    def of(cls, memberships: Sequence[Membership]) -> "RoleScope":
        return cls(
            frozenset(m.organisation_id for m in memberships if m.role in CASE_ROLES),
            frozenset(
                m.organisation_id for m in memberships if m.role in INTAKE_ROLES and m.reads_new
            ),
            frozenset(m.team_id for m in memberships if m.role == Role.TEAM_MEMBER and m.team_id),
            frozenset(absent for m in memberships for absent in m.stands_in_for),
        )


def _domains(question: Question) -> str:
    return ", ".join(sorted(link.life_domain.for_staff for link in question.domain_links.all()))


def excerpt(words: str) -> str:
    """Return the beginning of what somebody wrote, on one line."""
    text = " ".join(words[: EXCERPT_LENGTH * 2].split())
    return text if len(text) <= EXCERPT_LENGTH else f"{text[:EXCERPT_LENGTH].rstrip()}…"


def legal_term(question: str) -> Subquery:
    """Return a subquery for the date of the open legal term; `question` names its id."""
    terms = FollowUp.objects.filter(
        question=OuterRef(question), kind=FollowUp.Kind.CLOCK, status=FollowUp.Status.OPEN
    )
    return Subquery(terms.values("due_on")[:1])


def due_row(
    follow_up: FollowUp,
    partnership: Partnership,
    calendar: Calendar,
    today: date,
    absent: Collection[Any] = (),
) -> Row:
    """Return something due; `absent` are those for whom the reader stands in."""
    # Reuse the loaded partnership, whose front door is cached.
    follow_up.partnership = partnership
    question = follow_up.question
    return Row(
        question=question,
        what=_what(follow_up, absent),
        due_on=follow_up.due_on,
        late=late_for_us(follow_up, calendar, today),
        waits_for=follow_up.get_waits_for_display() if follow_up.waits_for != "us" else "",
        who=question.asker.name,
        excerpt="",
        domains=_domains(question),
        kind=follow_up.kind,
        legal_on=follow_up.legal_on,  # type: ignore[attr-defined]  # annotated above
    )


def _what(follow_up: FollowUp, absent: Collection[Any]) -> str:
    if follow_up.worker is not None and follow_up.worker_id in absent:
        return _("{what} (u vervangt {name})").format(
            what=follow_up.what, name=follow_up.worker.name
        )
    return follow_up.what


def late_for_us(follow_up: FollowUp, calendar: Calendar, today: date) -> int:
    """Return by how many working days it is late; 0 while it waits for the resident."""
    if follow_up.waits_for == FollowUp.WaitsFor.RESIDENT:
        return 0
    return calendar.overdue_by(follow_up.due_on, today)


def question_row(
    question: Question, calendar: Calendar, today: date, absent: Collection[Any] = ()
) -> Row:
    """Return a question; `absent` are those for whom the reader stands in."""
    theirs = question.assigned_to is not None and question.assigned_to_id in absent
    return Row(
        question=question,
        what=_("u vervangt {name}").format(name=question.assigned_to) if theirs else "",
        due_on=question.due_on,
        late=calendar.overdue_by(question.due_on, today),
        waits_for="",
        who=question.asker.name,
        excerpt=excerpt(question.words),
        domains=_domains(question),
        legal_on=question.legal_on,  # type: ignore[attr-defined]  # annotated above
    )


def closed_row(question: Question) -> Row:
    """Return a question that ended, with the day on which it did and what came of it."""
    assert question.closed_at is not None
    return Row(
        question=question,
        what=question.get_result_display() if question.result else question.get_status_display(),
        due_on=local_date(question.closed_at),
        late=0,
        waits_for="",
        who=question.asker.name,
        excerpt=excerpt(question.words),
        domains=_domains(question),
    )


def handover_row(
    handover: Handover, user: User, scope: RoleScope, calendar: Calendar, today: date
) -> HandoverRow:
    receiving = (
        handover.receiver_id in scope.intake | scope.organisations
        and handover.status != Handover.Status.PROPOSED
        and handover.proposed_by_id != user.id
    )
    turn = handover_state_machine.TURN[Handover.Status(handover.status)]
    ours = turn == (
        handover_state_machine.RECEIVER if receiving else handover_state_machine.SENDER
    ) or (not receiving and turn == handover_state_machine.RESIDENT)
    meets = receiving and handover.status == Handover.Status.ACCEPTED
    path = (
        handover_notifications.path_of(handover)
        if receiving and not meets
        else f"/vraagstuk/{handover.question_id}/"
    )
    return HandoverRow(
        handover=handover,
        ours=ours,
        what=handover_state_machine.DUE_SENTENCES[Handover.Status(handover.status)].words(),
        late=calendar.overdue_by(handover.due_on, today) if handover.due_on else 0,
        path=path,
    )
