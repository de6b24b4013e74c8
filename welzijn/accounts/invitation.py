"""Invitations, by which staff accounts get their first password."""

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.http import urlsafe_base64_decode, urlsafe_base64_encode

from welzijn.accounts.models import User
from welzijn.notifications import outbox, rendering
from welzijn.notifications.models import Message
from welzijn.notifications.recipients import Recipient

KIND = "accounts.invitation"
LASTS = timedelta(days=7)


def path_for(user: User) -> str:
    """Return the path of the page where the invited user chooses a password.

    Valid until a password has been chosen or a week has passed: longer than a link for a new
    password, since who is invited may be away.
    """
    uid = urlsafe_base64_encode(user.pk.bytes)
    token = signing.dumps(_before(user), salt=_salt(user))
    return reverse("invitation", kwargs={"uid": uid, "token": token})


def _salt(user: User) -> str:
    """What the signature is about: another address makes it invalid."""
    return f"invitation:{user.pk}:{user.email}"


def _before(user: User, key: str | bytes | None = None) -> str:
    """What is signed: choosing a password uses the link up."""
    made = salted_hmac(_salt(user), user.password, secret=key, algorithm="sha256")
    return made.hexdigest()[:16]


def _unused(user: User, before: str) -> bool:
    """Whether no password was chosen since the link was made, also with a key of before."""
    keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    return any(constant_time_compare(before, _before(user, key)) for key in keys)


@dataclass(frozen=True, slots=True)
class Link:
    """What a link is good for: the user who may choose a password, or that it was used."""

    user: User | None = None
    used: bool = False


def read(uid: str, token: str) -> Link:
    """Return what a link is good for; nothing for an expired or forged one.

    `used` is said of a link that we signed only, so that nobody learns of an account by trying.
    """
    try:
        user = User.objects.get(pk=uuid.UUID(bytes=urlsafe_base64_decode(uid)), is_active=True)
        before = signing.loads(token, salt=_salt(user), max_age=LASTS)
    except signing.SignatureExpired:
        return Link(used=user.has_usable_password())
    except (ValueError, User.DoesNotExist, signing.BadSignature):
        return Link()
    if user.has_usable_password():
        return Link(used=True)
    return Link(user=user) if _unused(user, before) else Link()


def queue(
    *, user: User, partnership_id: uuid.UUID, invited_by: str, role: str, now: datetime
) -> None:
    """Queue the invitation, in the transaction that creates the account.

    `role` is its Dutch word, which the mail says in its reader's language too; `invited_by` is ""
    for one from the command line. A name that no mail may hold, such as an address, is left out.
    Each call is a new mail: an administrator can send it again.
    """
    named = invited_by if rendering.value_fits("invited_by", invited_by) else ""
    context = {"path": path_for(user), "invited_by": named, "role": role}
    outbox.queue(
        partnership_id=partnership_id,
        subject_kind=KIND,
        subject_id=user.id,
        due_version=int(now.timestamp()) % 2**31,
        recipient=Recipient.user(user.id, email=user.email, language=user.language),
        template="invitation",
        context={key: value for key, value in context.items() if value},
        urgent=True,
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
