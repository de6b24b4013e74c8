"""The statuses of a question: each move of the table and no other, and what it sets."""

from datetime import timedelta

import pytest

from intake.questions import status
from intake.questions.models import Question
from intake.questions.status import WrongMomentError
from tests.support import factories as make

S = Question.Status
ALLOWED = {
    (S.NEW, S.PICKED_UP),
    (S.NEW, S.CLOSED),
    (S.NEW, S.WITHDRAWN),
    (S.PICKED_UP, S.NEW),
    (S.PICKED_UP, S.CLOSED),
    (S.PICKED_UP, S.WITHDRAWN),
    (S.CLOSED, S.NEW),
    (S.CLOSED, S.PICKED_UP),
    (S.WITHDRAWN, S.NEW),
    (S.WITHDRAWN, S.PICKED_UP),
}
LATER = make.TUESDAY + timedelta(hours=1)


@pytest.mark.parametrize("source", list(S))
@pytest.mark.parametrize("target", list(S))
def test_only_the_moves_of_the_table_are_made(source: str, target: str) -> None:
    question = Question(status=source, last_activity_at=make.TUESDAY, closed_at=make.TUESDAY)
    question.result = Question.Result.HELPED
    if (source, target) not in ALLOWED:
        with pytest.raises(WrongMomentError):
            status.move(question, target, now=LATER)
        assert (question.status, question.last_activity_at) == (source, make.TUESDAY)
        return
    status.move(question, target, now=LATER)
    assert (question.status, question.last_activity_at) == (target, LATER)
    ended = target in (S.CLOSED, S.WITHDRAWN)
    assert question.closed_at == (LATER if ended else None)
    assert question.result == (Question.Result.HELPED if target == S.CLOSED else "")
