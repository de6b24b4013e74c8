"""The partnership that the tests of the reports stand in."""

from typing import Any

import pytest

from tests.support import factories as make


@pytest.fixture
def here(settings: Any) -> make.World:
    settings.WELZIJN_DEMO = True  # a second factor is another test's subject
    return make.world()
