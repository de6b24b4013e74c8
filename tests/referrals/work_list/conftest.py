"""A question of a named resident, new at the organisation of a worker."""

import pytest

from intake.questions.models import Question
from tests.support import factories as make
from tests.support.factories import World
from welzijn.accounts.models import User

NAME = "Zeynep Yildiz"


@pytest.fixture
def here() -> World:
    return make.world()


@pytest.fixture
def worker(here: World) -> User:
    return make.intake_worker(here, "stimenz")


@pytest.fixture
def question(here: World) -> Question:
    return make.question(here, "geld", name=NAME, words="brief van deurwaarder snap nie")
