"""Sessions that a provider opened: recorded at sign-in, ended when the provider says so."""

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.http import HttpRequest

from welzijn.accounts.models import User
from welzijn.accounts.sessions import PROVIDER_SECOND_FACTOR
from welzijn.single_sign_on.models import SignOnSession


def record(
    request: HttpRequest, user: User, *, provider: str, subject: str, sid: str, second_factor: bool
) -> None:
    """Record the session of a sign-in, and whether the provider asked for a second factor."""
    request.session[PROVIDER_SECOND_FACTOR] = second_factor
    if not request.session.session_key:
        request.session.save()
    running = Session.objects.values("session_key")
    SignOnSession.objects.filter(user=user).exclude(session_key__in=running).delete()
    SignOnSession.objects.update_or_create(
        session_key=request.session.session_key,
        defaults={"user": user, "provider_id": provider, "subject": subject, "sid": sid},
    )


def end(*, provider_id: str, sid: str = "", subject: str = "") -> int:
    """End the sessions of a provider's session, or else all of its subject; return how many."""
    found = SignOnSession.objects.filter(provider_id=provider_id)
    if sid:
        found = found.filter(sid=sid, **({"subject": subject} if subject else {}))
    elif subject:
        found = found.filter(subject=subject)
    else:
        return 0
    keys = list(found.values_list("session_key", flat=True))
    Session.objects.filter(session_key__in=keys).delete()
    UserSession.objects.filter(session_key__in=keys).delete()
    SignOnSession.objects.filter(session_key__in=keys).delete()
    return len(keys)
