"""Return the work of a former worker to their organisation or team.

A role can end unnoticed. The sweep returns such a question, due to be picked up, and notifies the
mailbox (invariant 1).

    return_orphaned_work(partnerships=, now=) -> how many
"""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from intake.questions import timeline
from intake.questions.models import Question, TimelineEntry
from intake.questions.models.querysets import CASE_ROLES
from organisations.roles.models import Membership, Role
from referrals.casework import sentences as casework_sentences
from referrals.casework_base import acting_membership, notify
from referrals.handovers import meetings as handover_meetings
from referrals.leads import assignment as lead_assignment
from welzijn.core.working_days import local_date
from welzijn.sweeps import rows, set_aside

SWEEP = "orphaned work"
BATCH = 200


def return_orphaned_work(*, partnerships: Collection[UUID], now: datetime) -> int:
    """Return every picked-up question whose worker may no longer work on it; return the count."""

    def give_back(keys: Sequence[UUID]) -> int:
        count = 0
        for pk in keys:
            question = (
                Question.objects.select_for_update(no_key=True, of=("self",), skip_locked=True)
                .filter(pk=pk, status=Question.Status.PICKED_UP)
                .first()
            )
            count += question is not None and _return(question, now)
        return count

    orphaned = set_aside.without_held(_orphaned(partnerships, now), SWEEP, now=now)
    keys = list(orphaned.values_list("pk", flat=True)[:BATCH])
    return rows.work_off(SWEEP, keys, give_back, now=now).done


def _orphaned(partnerships: Collection[UUID], now: datetime) -> QuerySet[Question]:
    on = local_date(now)
    here = Membership.objects.active(on).filter(
        user=OuterRef("assigned_to"), partnership=OuterRef("partnership")
    )
    of_the_organisation = here.filter(organisation=OuterRef("lead"), role__in=CASE_ROLES)
    of_the_team = here.filter(team=OuterRef("lead_team"), role=Role.TEAM_MEMBER)
    return Question.objects.filter(
        Q(lead_team=None) & ~Exists(of_the_organisation)
        | Q(lead_team__isnull=False) & ~Exists(of_the_team),
        partnership__in=list(partnerships),
        status=Question.Status.PICKED_UP,
    ).order_by("id")


def _return(question: Question, now: datetime) -> bool:
    worker = question.assigned_to
    if (
        worker is None
        or acting_membership.can_be_assigned(worker, question, local_date(now)) is not None
    ):
        return False
    lead_assignment.return_to_lead(question, now)
    handover_meetings.reassign_meeting(question=question, now=now)
    entry = timeline.by_system(
        question=question,
        kind=TimelineEntry.Kind.ASSIGNED,
        sentence=casework_sentences.HANDED_ON(),
        now=now,
    )
    notify.staff(question, entry, [notify.lead_mailbox(question)], "question_moved", now)
    return True
