"""The world of the tests of retention."""

import pytest

from tests import factories as make
from tests.referrals.traces import with_terms


@pytest.fixture
def here() -> make.World:
    """Putten, which says how long it keeps things."""
    return with_terms(make.world())
