"""Invitations, by which staff accounts get their first password."""

import uuid
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from django.core import signing
from django.urls import reverse
from django.utils.http import urlsafe_base64_decode, urlsafe_base64_encode

from welzijn.accounts.models import User
from welzijn.accounts.user_notices import notify_at_once
from welzijn.notifications.models import Message

KIND = "accounts.invitation"
LASTS = timedelta(days=7)


def path_for(user: User) -> str:
    """Return the path of the page where the invited user chooses a password.

    Valid until a password has been chosen or a week has passed: longer than a link for a new
    password, since who is invited may be away.
    """
    uid = urlsafe_base64_encode(user.pk.bytes)
    return reverse("invitation", kwargs={"uid": uid, "token": signing.dumps("", salt=_salt(user))})


def _salt(user: User) -> str:
    """What the signature is about: choosing a password or another address makes it invalid."""
    return f"invitation:{user.pk}:{user.email}:{user.password}"


def user_for(uid: str, token: str) -> User | None:
    """Return the invited user of a link, or None for a used, expired or forged one."""
    try:
        user = User.objects.get(pk=uuid.UUID(bytes=urlsafe_base64_decode(uid)), is_active=True)
    except (ValueError, User.DoesNotExist):
        return None
    if user.has_usable_password():
        return None
    try:
        signing.loads(token, salt=_salt(user), max_age=LASTS)
    except signing.BadSignature:
        return None
    return user


def queue(*, user: User, partnership_id: uuid.UUID, now: datetime) -> None:
    """Queue the invitation, in the transaction that creates the account.

    Each call is a new mail, so that an administrator can send it again.
    """
    notify_at_once(
        user,
        kind=KIND,
        subject_id=user.id,
        template="invitation",
        partnership_id=partnership_id,
        path=path_for(user),
        now=now,
    )


def still_open(messages: Sequence[Message], _now: datetime) -> Collection[uuid.UUID]:
    """Return the ids of messages to users who have not chosen a password yet."""
    waiting = {
        user.pk
        for user in User.objects.filter(pk__in=[m.subject_id for m in messages], is_active=True)
        if not user.has_usable_password()
    }
    return {m.id for m in messages if m.subject_id in waiting}
