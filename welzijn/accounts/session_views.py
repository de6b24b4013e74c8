"""The places where a member of staff is signed in, and how they end one."""

from allauth.usersessions.models import UserSession

from welzijn.accounts.models import User


def end_one(*, user: User, session: int) -> bool:
    """Sign `user` out there, at once. False where they have no such session (any more)."""
    found = UserSession.objects.filter(user=user, pk=session).first()
    if found is None:
        return False
    found.end()
    return True
