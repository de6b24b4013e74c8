"""Possible danger that nobody has judged: what stands above the work list."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists, OuterRef

from intake.danger import listening
from intake.danger.models import HeardDanger
from intake.questions.models import Question
from organisations.partnerships.models import Partnership
from referrals.follow_ups.models import FollowUp
from referrals.work_list.rows import excerpt
from welzijn.accounts.models import User

MOST = 25


@dataclass(frozen=True, slots=True)
class DangerRow:
    """One question: when it was heard, and the latest words that may mean danger."""

    question: Question
    at: datetime
    words: str
    answer: str


def danger_rows(user: User, partnership: Partnership, today: date) -> list[DangerRow]:
    """Return what is to be judged, among what the user may read; the caller records the looks.

    Two queries; one where there is nothing.
    """
    # Those of a flood too: whoever got the merged alarm looks for the real one here.
    seen = Question.objects.visible_to(user, today).filter(partnership=partnership)
    due = list(
        FollowUp.objects.filter(
            partnership=partnership, kind=FollowUp.Kind.DUTY, status=FollowUp.Status.OPEN
        )
        .filter(Exists(seen.filter(pk=OuterRef("question"))))
        .select_related("question__neighbourhood", "question__asker")
        .order_by("created_at", "id")[:MOST]
    )
    if not due:
        return []
    latest = (
        HeardDanger.objects.filter(question__in=[row.question_id for row in due])
        .select_related("entry")
        .order_by("question_id", "-at", "-id")
        .distinct("question_id")
    )
    heard = {one.question_id: one for one in latest}
    return [_row(row, heard.get(row.question_id)) for row in due]


def _row(due: FollowUp, heard: HeardDanger | None) -> DangerRow:
    question = due.question
    if heard is None:
        return DangerRow(question, due.created_at, excerpt(question.words), "")
    heard.question = question
    return DangerRow(
        question=question,
        at=max(due.created_at, heard.at),
        words=excerpt(listening.typed_words(heard)),
        answer=heard.get_answer_display() if heard.answer else "",
    )
