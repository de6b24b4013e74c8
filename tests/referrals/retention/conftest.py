"""The world of the tests of retention."""

import pytest

from tests.referrals.retention.full_case import with_terms
from tests.support import factories as make


@pytest.fixture
def here() -> make.World:
    """Putten, which says how long it keeps things."""
    return with_terms(make.world())
