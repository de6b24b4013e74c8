"""An administrator learns no name by typing an address that exists elsewhere."""

from datetime import timedelta

import pytest

from organisations.roles.known_accounts import is_known_here, name_here
from tests.support import factories as make

pytestmark = pytest.mark.django_db


def test_a_name_shows_once_the_account_was_made_or_used_here() -> None:
    user = make.professional(make.world(), "stimenz")
    roles = list(user.memberships.all())
    first = roles[0].granted_at
    # Made with its first role: the invitation of this partnership typed the name itself.
    user.created_at = first - timedelta(seconds=1)
    assert name_here(user, roles) == user.name
    user.created_at = first - timedelta(days=30)
    user.last_login = first - timedelta(days=2)
    assert name_here(user, roles) == user.email
    user.last_login = first + timedelta(days=1)
    assert is_known_here(user, roles)
