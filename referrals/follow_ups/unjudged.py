"""Danger that nobody has judged: above every list, whatever its sort, with since when."""

from datetime import date, datetime
from typing import NamedTuple

from django.db.models import Exists, OuterRef

from intake.questions.models import Question
from organisations.partnerships.models import Partnership
from referrals.follow_ups.models import FollowUp
from welzijn.accounts.models import User

MOST = 25


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
