"""Whose name an administrator sees: of an account that was made or used here, and of no other.

An account may exist from another partnership: whoever types its address learns no name by it.
"""

from collections.abc import Iterable
from datetime import timedelta

from organisations.roles.models import Membership
from welzijn.accounts.models import User

# An invitation makes the account just before its role.
_AT_ONCE = timedelta(minutes=1)


def is_known_here(user: User, roles: Iterable[Membership]) -> bool:
    """Return whether the account was made with the first of these roles, or used since."""
    first = min(role.granted_at for role in roles)
    made = user.created_at > first - _AT_ONCE
    return made or (user.last_login is not None and user.last_login >= first)


def name_here(user: User, roles: Iterable[Membership]) -> str:
    """Return the person's name, or only their address while the account is not known here."""
    return user.name if is_known_here(user, roles) else user.email
