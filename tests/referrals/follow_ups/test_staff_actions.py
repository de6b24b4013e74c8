"""What staff do with a follow-up: plan, move, finish."""

from datetime import date

import pytest

from intake.questions.models import Question
from intake.questions.status import WrongMomentError
from referrals.casework import pick_up
from referrals.follow_ups import staff_actions as follow_up_actions
from tests.referrals.follow_ups.due import open_kinds
from tests.support import factories as make
from tests.support.factories import World
from welzijn.accounts.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def here() -> World:
    return make.world()


@pytest.fixture
def worker(here: World) -> User:
    return make.intake_worker(here, "stimenz")


@pytest.fixture
def question(here: World, worker: User) -> Question:
    question = make.question(here, "geld", name="Ada de Wit")
    return pick_up.pick_up(question=question, by=worker, now=make.TUESDAY)


def test_a_moved_follow_up_has_a_new_version(question: Question, worker: User) -> None:
    planned = follow_up_actions.plan(
        question=question, what="bellen", due_on=date(2026, 11, 26), by=worker, now=make.TUESDAY
    )
    moved = follow_up_actions.move(
        follow_up=planned, due_on=date(2026, 11, 27), by=worker, now=make.TUESDAY
    )
    same = follow_up_actions.move(
        follow_up=planned, due_on=date(2026, 11, 27), by=worker, now=make.TUESDAY
    )
    assert (moved.due_version, same.due_version) == (2, 2)
    follow_up_actions.done(follow_up=planned, by=worker, now=make.TUESDAY)
    assert "agreed" not in open_kinds(question)


def test_nobody_plans_in_the_past(question: Question, worker: User) -> None:
    with pytest.raises(WrongMomentError):
        follow_up_actions.plan(
            question=question, what="x", due_on=date(2026, 11, 23), by=worker, now=make.TUESDAY
        )
