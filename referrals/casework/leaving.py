"""End everything of a colleague who leaves, in one transaction: work, roles, duty and sessions.

    work_of(worker=, partnership=)                            what there is, by organisation
    leave(worker=, successors=, partnership=, by=, now=)      hand it over and end the account

An administrator decides, who reads no question by it: what a successor may not read or work on goes
back to its organisation or team, due to be picked up. Nothing is orphaned (invariant 1).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from intake.questions import status, timeline
from intake.questions.models import Question, TimelineEntry
from intake.questions.models.querysets import CASE_ROLES
from organisations.colleagues import account
from organisations.directory.models import Organisation, Service
from organisations.partnerships.models import Partnership
from organisations.roles.models import Membership, Role
from referrals.casework import absence, sentences
from referrals.casework import assign as casework_assign
from referrals.casework_base import acting_membership, notify
from referrals.follow_ups import services as follow_up_services
from referrals.follow_ups.models import FollowUp
from referrals.handovers import meetings as handover_meetings
from referrals.leads import assignment as lead_assignment
from welzijn.accounts.models import User
from welzijn.core.working_days import local_date


@dataclass(frozen=True, slots=True)
class Work:
    """What somebody has to hand over at one organisation: only numbers."""

    organisation: Organisation
    questions: int
    tasks: int
    services: int


def work_of(*, worker: User, partnership: Partnership) -> list[Work]:
    """Return what somebody has, by organisation, also where they have no role any more."""
    questions = Counter(_questions(worker, partnership).values_list("lead_id", flat=True))
    tasks = Counter(_tasks(worker, partnership).values_list("organisation_id", flat=True))
    services = Counter(
        Service.objects.filter(partnership=partnership, keeper=worker).values_list(
            "organisation_id", flat=True
        )
    )
    ids = {*questions, *tasks, *services}
    return [
        Work(one, questions[one.pk], tasks[one.pk], services[one.pk])
        for one in Organisation.objects.filter(pk__in=ids).order_by("name")
    ]


def _questions(worker: User, partnership: Partnership) -> QuerySet[Question]:
    return Question.objects.open().filter(partnership=partnership, assigned_to=worker)


def _tasks(worker: User, partnership: Partnership) -> QuerySet[FollowUp]:
    return FollowUp.objects.filter(
        partnership=partnership, worker=worker, status=FollowUp.Status.OPEN
    )


def possible_successors(
    *, worker: User, partnership: Partnership, organisation: UUID
) -> QuerySet[User]:
    """Return who works on questions at an organisation, without the one who leaves."""
    held = Membership.objects.active().filter(
        partnership=partnership, organisation=organisation, role__in=CASE_ROLES
    )
    return (
        User.objects.filter(pk__in=held.values("user")).exclude(pk=worker.pk).order_by("name", "pk")
    )


def leave(
    *,
    worker: User,
    successors: Mapping[UUID, User | None],
    partnership: Partnership,
    by: User,
    now: datetime,
) -> int:
    """Hand everything over and end the account; return how many questions got a new worker.

    `successors`: by organisation, who takes over; None gives it back to the organisation. Raises
    ValidationError for one's own account and for a successor of another organisation.
    """
    if worker == by:
        raise ValidationError(_("Uw eigen werk draagt u zelf over."))
    for organisation, to in successors.items():
        own = possible_successors(worker=worker, partnership=partnership, organisation=organisation)
        if to is not None and to not in own:
            raise ValidationError(_("Kies iemand van deze organisatie."))
    with transaction.atomic():
        acting = (
            Membership.objects.active(local_date(now))
            .filter(user=by, partnership=partnership, role=Role.ADMINISTRATOR)
            .select_related("organisation")
            .first()
        )
        if acting is None:
            raise ValidationError(_("Dit doet een beheerder."))
        handed = 0
        for found in _questions(worker, partnership).order_by("id"):
            question = status.lock(found)
            if question.assigned_to_id == worker.pk and question.is_open:
                handed += _hand_over(question, worker, successors, acting, now)
        several = [to for to in successors.values() if to is not None]
        absence.hand_on_follow_ups(
            worker=worker, to=several, partnership=partnership, by=by, now=now, leaving=True
        )
        for service in Service.objects.filter(partnership=partnership, keeper=worker):
            service.keeper = successors.get(service.organisation_id)
            service.save(update_fields=["keeper"])
        account.end(user=worker, partnership=partnership, by=by, now=now)
    return handed


def _hand_over(
    question: Question,
    worker: User,
    successors: Mapping[UUID, User | None],
    acting: Membership,
    now: datetime,
) -> bool:
    """Give one locked question to its successor, or back; return whether somebody got it."""
    to = successors.get(question.lead_id)
    if to is not None and not acting_membership.can_be_assigned(to, question, local_date(now)):
        to = None
    if to is None:
        status.move(question, Question.Status.NEW, now=now)
    question.assigned_to = to
    question.save()
    casework_assign.reassign_follow_ups(question, worker, to)
    if to is None:
        lead_assignment.make_pick_up_due(question, now)
    follow_up_services.next_step(question)
    handover_meetings.reassign_meeting(question=question, now=now)
    entry = timeline.by_staff(
        question=question,
        kind=TimelineEntry.Kind.ASSIGNED,
        user=acting.user,
        organisation=acting.organisation,
        sentence=sentences.ASSIGNED(who=question.lead) if to else sentences.HANDED_ON(),
        now=now,
    )
    told = notify.user(to) if to else notify.lead_mailbox(question)
    notify.staff(question, entry, [told], "question_moved", now, exclude=acting.user)
    return to is not None
