"""A worker's own sessions."""

from allauth.usersessions.models import UserSession

from welzijn.accounts.models import User


def end_session(*, user: User, session: int) -> bool:
    """End a session of `user` at once. Return False where they have no such session."""
    found = UserSession.objects.filter(user=user, pk=session).first()
    if found is None:
        return False
    found.end()
    return True
