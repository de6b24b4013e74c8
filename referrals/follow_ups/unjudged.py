"""Danger that nobody has judged: above every list, whatever its sort, with since when."""

from collections.abc import Collection
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from intake.questions.models import Question
from organisations.partnerships.models import Partnership
from referrals.follow_ups.models import FollowUp
from welzijn.accounts.models import User

MOST = 25


def open_for(question: OuterRef) -> QuerySet[FollowUp]:
    """Return the judgement that a question waits for, for a subquery."""
    return FollowUp.objects.filter(
        question=question, kind=FollowUp.Kind.DUTY, status=FollowUp.Status.OPEN
    )


def since_of(questions: Collection[UUID]) -> dict[UUID, datetime]:
    """Return since when each of these questions waits for a judgement, of those that do."""
    due = FollowUp.objects.filter(
        question__in=questions, kind=FollowUp.Kind.DUTY, status=FollowUp.Status.OPEN
    )
    return dict(due.values_list("question", "created_at"))


class Unjudged(NamedTuple):
    """A question and the moment since which somebody has to judge it; no name and no words."""

    question: Question
    since: datetime


def listed(user: User, partnership: Partnership, today: date) -> list[Unjudged]:
    """Return what waits for a judgement among the questions that `user` may list. One query."""
    questions = Question.objects.listed_for(user, today).filter(partnership=partnership)
    due = (
        FollowUp.objects.filter(
            partnership=partnership, kind=FollowUp.Kind.DUTY, status=FollowUp.Status.OPEN
        )
        .filter(Exists(questions.filter(pk=OuterRef("question"))))
        .select_related("question__neighbourhood", "question__lead", "question__lead_team")
        .order_by("created_at", "id")[:MOST]
    )
    return [Unjudged(one.question, one.created_at) for one in due]
