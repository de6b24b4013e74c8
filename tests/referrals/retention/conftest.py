"""The partnership that the tests of retention stand in."""

import pytest

from tests.referrals.retention.full_case import with_terms
from tests.support import factories as make


@pytest.fixture
def here() -> make.World:
    """Putten, with retention terms."""
    return with_terms(make.world())
