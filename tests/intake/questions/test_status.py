"""The statuses of a question: each move of the table and no other, and what it sets."""

from datetime import timedelta

import pytest

from intake.questions import status
from intake.questions.models import Question
from intake.questions.status import WrongMomentError
from tests.support import factories as make
from tests.support import guards

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
        assert (question.closed_at, question.result) == (make.TUESDAY, Question.Result.HELPED)
        return
    status.move(question, target, now=LATER)
    assert (question.status, question.last_activity_at) == (target, LATER)
    ended = target in (S.CLOSED, S.WITHDRAWN)
    assert question.closed_at == (LATER if ended else None)
    assert question.result == (Question.Result.HELPED if target == S.CLOSED else "")


@pytest.mark.parametrize("source", list(S))
def test_a_refused_move_sets_no_end(source: str) -> None:
    question = Question(status=source)
    refused = [target for target in S if (source, target) not in ALLOWED]
    assert refused
    for target in refused:
        with pytest.raises(WrongMomentError):
            status.move(question, target, now=LATER)
        assert (question.status, question.closed_at) == (source, None)


def test_an_ended_question_can_only_be_opened_again() -> None:
    for ended in Question.ENDED_STATUSES:
        assert status.MOVES[ended] == set(Question.OPEN_STATUSES)


def test_open_and_ended_statuses_are_all_statuses() -> None:
    assert {*Question.OPEN_STATUSES, *Question.ENDED_STATUSES} == set(S.values)


def test_ending_sets_the_moment_and_opening_again_clears_it_with_the_result() -> None:
    question = Question(status=S.PICKED_UP)
    status.move(question, S.CLOSED, now=make.TUESDAY)
    question.result = Question.Result.HELPED
    assert (question.closed_at, question.is_open) == (make.TUESDAY, False)
    status.move(question, S.NEW, now=make.TUESDAY)
    assert (question.closed_at, question.result, question.is_open) == (None, "", True)


@pytest.mark.django_db
def test_a_lock_reads_the_question_again() -> None:
    question = make.question(make.world(), "geld")
    stale = Question.objects.get(pk=question.pk)
    with guards.switched_off():
        Question.objects.filter(pk=question.pk).update(words="aangevuld")
    assert status.lock(stale).words == "aangevuld"
