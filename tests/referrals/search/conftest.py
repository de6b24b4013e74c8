"""The partnership in which is searched, and who searches."""

from typing import Any

import pytest

from tests.support import factories as make
from welzijn.accounts.models import User


@pytest.fixture
def here(settings: Any) -> make.World:
    settings.WELZIJN_DEMO = True  # a second factor is another test's subject
    return make.world()


@pytest.fixture
def worker(here: make.World) -> User:
    return make.intake_worker(here, "stimenz")
