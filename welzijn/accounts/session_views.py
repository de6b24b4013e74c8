"""A worker's own sessions."""

from datetime import datetime

from allauth.usersessions.models import UserSession

from welzijn.accounts.models import User


def end_session(*, user: User, session: int) -> bool:
    """End a session of `user` at once. Return False where they have no such session."""
    found = UserSession.objects.filter(user=user, pk=session).first()
    if found is None:
        return False
    found.end()
    return True


def end_all_sessions(*, user: User, now: datetime) -> None:
    """End every session of `user` at once, on all devices.

    Also those that the list of sessions doesn't know: SessionTimeMiddleware refuses whatever began
    before `signed_out_at`.
    """
    User.objects.filter(pk=user.pk).update(signed_out_at=now)
    for listed in UserSession.objects.filter(user=user):
        listed.end()
