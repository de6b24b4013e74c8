"""Mails about somebody's own account: a new password asked, a second factor changed.

They go through the outbox: a page never waits for a mail server, which would tell by its time for
which addresses there is an account. For an unknown address the same is done, with a message to
nobody that is not true when its turn comes.
"""

import uuid
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from allauth.account.forms import ResetPasswordForm
from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from welzijn.accounts.models import User
from welzijn.notifications import outbox
from welzijn.notifications.models import Message
from welzijn.notifications.recipients import Recipient

KIND = "accounts.mail"
TEMPLATE = "account_mail"
RESET = "account/email/password_reset_key"


def queue(request: HttpRequest, user: User, about: str, *, url: str = "") -> bool:
    """Queue the mail `about` (the prefix of allauth's templates); False without a partnership."""
    return _queue(request, user.pk, user.email, user.language, about, url)


def queue_for_nobody(request: HttpRequest) -> None:
    """Do for an unknown address what is done for a known one."""
    path = f"/accounts/password/reset/key/{uuid.uuid4().hex}/"
    _queue(request, uuid.uuid4(), "nobody@voordeur.invalid", settings.LANGUAGE_CODE, RESET, path)


def _queue(
    request: HttpRequest, user_id: uuid.UUID, email: str, language: str, about: str, url: str
) -> bool:
    partnership = getattr(request, "partnership", None) or _any_partnership()
    if partnership is None:
        return False
    now = timezone.now()
    outbox.queue(
        partnership_id=partnership.pk,
        subject_kind=KIND,
        subject_id=user_id,
        due_version=int(now.timestamp() * 1000) % 2**31,
        recipient=Recipient.user(user_id, email=email, language=language),
        template=TEMPLATE,
        context={"about": about, "path": urlsplit(url).path or "/accounts/"},
        urgent=True,
        now=now,
    )
    return True


def _any_partnership() -> Any:
    """On the bare host, which is nobody's: the first partnership carries the mail."""
    model: Any = Message._meta.get_field("partnership").related_model
    return model.objects.order_by("pk").first()


def still_valid(messages: Sequence[Message], now: datetime) -> Collection[uuid.UUID]:
    """Return the ids of messages to active users whose link, if any, still opens."""
    active = set(
        User.objects.filter(pk__in=[m.subject_id for m in messages], is_active=True).values_list(
            "pk", flat=True
        )
    )
    lasts = timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT)
    return {
        m.id
        for m in messages
        if m.subject_id in active and (m.context["about"] != RESET or m.created_at > now - lasts)
    }


class AskNewPasswordForm(ResetPasswordForm):
    """allauth's form, with the same work for an address that has no account."""

    def save(self, request: HttpRequest, **kwargs: Any) -> str:
        """Queue the mail; to nobody where nobody has the address."""
        if not self.users:
            queue_for_nobody(request)
        return str(super().save(request, **kwargs))
