"""Questions to report on, and the rollup against a full recount."""

from datetime import UTC, date, datetime
from typing import Any

from django.db import connection

from intake.questions.models import Question
from referrals.reports import counting
from tests.support import factories as make
from tests.support import guards

MAY = datetime(2026, 5, 12, 9, 0, tzinfo=UTC)
FAR_AHEAD = date(2100, 1, 1)


def equals_recount(here: make.World) -> bool:
    rollup = counting.rolled_up(here.partnership, make.LONG_AGO, FAR_AHEAD)
    return rollup == counting.recount(here.partnership)


def make_questions(here: make.World, number: int, *domains: str, **fields: Any) -> list[Question]:
    return [make.question(here, *domains, now=MAY, **fields) for _n in range(number)]


def close_question(question: Question, result: str = "helped", at: datetime = MAY) -> None:
    question.status, question.result, question.closed_at = "closed", result, at
    question.save()


def erase_question(question: Question) -> None:
    """Delete as retention does: past the trigger, after the deferred constraints were checked."""
    connection.check_constraints()
    with guards.switched_off():
        question.delete()
