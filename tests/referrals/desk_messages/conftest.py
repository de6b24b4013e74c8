"""A question about money that a worker of Stimenz has picked up."""

import pytest

from intake.questions.models import Question
from referrals.casework import pick_up
from tests.support import factories as make
from tests.support.factories import World
from welzijn.accounts.models import User


@pytest.fixture
def here() -> World:
    """A partnership like Putten."""
    return make.world()


@pytest.fixture
def worker(here: World) -> User:
    """An intake worker of the organisation that leads."""
    return make.intake_worker(here, "stimenz")


@pytest.fixture
def question(here: World, worker: User) -> Question:
    """Picked up by the worker on Tuesday; the resident may be phoned and mailed."""
    reach = make.ContactChoices(email="ada@voordeur.example", ways=("email",))
    question = make.question(here, "geld", name="Ada de Wit", reach=reach)
    return pick_up.pick_up(question=question, by=worker, now=make.TUESDAY)
