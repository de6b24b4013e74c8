"""Mails about a colleague's account."""

from datetime import datetime
from uuid import UUID

from organisations.partnerships.models import Partnership
from welzijn.accounts.models import User
from welzijn.notifications import outbox
from welzijn.notifications.recipients import Recipient


def notify(
    user: User,
    *,
    kind: str,
    subject_id: UUID,
    template: str,
    partnership: Partnership,
    path: str,
    now: datetime,
) -> None:
    """Queue one line to a colleague at their present address, at once."""
    outbox.queue(
        partnership_id=partnership.pk,
        subject_kind=kind,
        subject_id=subject_id,
        due_version=int(now.timestamp()) % 2**31,
        recipient=Recipient.user(user.pk, email=user.email, language=user.language),
        template=template,
        context={"path": path},
        urgent=True,
        now=now,
    )
