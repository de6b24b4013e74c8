"""The moves between the statuses of a question."""

import pytest

from intake.questions import status
from intake.questions.models import Question
from intake.questions.status import WrongMomentError
from tests.support import factories as make

S = Question.Status


@pytest.mark.parametrize("was", S.values)
@pytest.mark.parametrize("to", S.values)
def test_a_move_outside_the_table_is_refused_and_changes_nothing(was: str, to: str) -> None:
    question = Question(status=was)
    if to in status.MOVES[was]:
        status.move(question, to, now=make.TUESDAY)
        assert question.status == to
        return
    with pytest.raises(WrongMomentError):
        status.move(question, to, now=make.TUESDAY)
    assert (question.status, question.closed_at) == (was, None)


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
    Question.objects.filter(pk=question.pk).update(words="aangevuld")
    assert status.lock(stale).words == "aangevuld"
