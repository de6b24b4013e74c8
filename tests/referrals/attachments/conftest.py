"""A question with one letter of the resident."""

import pytest

from tests.referrals.attachments.cases import Case


@pytest.fixture
def case() -> Case:
    """A question with one letter."""
    return Case()
