"""Queue a mail to one user at once, rather than as a line of their daily digest."""

from datetime import datetime
from uuid import UUID

from welzijn.accounts.models import User
from welzijn.notifications import outbox
from welzijn.notifications.recipients import Recipient


def notify_at_once(
    user: User,
    *,
    kind: str,
    subject_id: UUID,
    template: str,
    partnership_id: UUID,
    now: datetime,
    path: str | None = None,
    email: str | None = None,
) -> None:
    """Queue one mail to a user, at their present address or at `email`.

    `path` is the page that the mail links to. Two calls in one second about the same subject are
    one mail.
    """
    outbox.queue(
        partnership_id=partnership_id,
        subject_kind=kind,
        subject_id=subject_id,
        due_version=int(now.timestamp()) % 2**31,
        recipient=Recipient.user(
            user.pk, email=user.email if email is None else email, language=user.language
        ),
        template=template,
        context={} if path is None else {"path": path},
        urgent=True,
        now=now,
    )
