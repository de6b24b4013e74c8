"""Delete messages together with what they are about (invariant 10). Only retention calls this.

Sent mails remain in mailboxes that we can't erase: a resident's says nothing, a worker's holds a
reference at most.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from welzijn.notifications.models import DemoMail, Message, Status

# The final statuses.
_OVER = (
    Status.SENT,
    Status.NO_LONGER_TRUE,
    Status.FAILED,
    Status.BOUNCED,
    Status.SHOWN,
    Status.REHEARSED,
)


def delete_about(ids: Iterable[UUID], *, references: Iterable[str] = ()) -> dict[str, int]:
    """Delete every message about these questions; return the number of rows by table.

    Includes the demo's mailbox, with digests that name one of the references.
    """
    rows = _delete(Message.objects.filter(about_id__in=list(ids)))
    named = Q(pk__in=[])
    for reference in references:
        named |= Q(text__contains=reference) | Q(html__contains=reference)
    return _sum(rows, DemoMail.objects.filter(named).delete()[1])


def delete_for_subjects(kinds: Collection[str], ids: Iterable[UUID]) -> dict[str, int]:
    """Delete the messages of these kinds whose subject is one of these rows."""
    return _delete(Message.objects.filter(subject_kind__in=kinds, subject_id__in=list(ids)))


def delete_unlinked(*, partnership_id: UUID, before: datetime) -> dict[str, int]:
    """Delete old messages about no question (digests, account invitations)."""
    return _delete(
        Message.objects.filter(
            partnership_id=partnership_id,
            about_id__isnull=True,
            created_at__lt=before,
            status__in=_OVER,
        )
    )


def delete_rehearsed(*, partnership_id: UUID, kept: Collection[str]) -> dict[str, int]:
    """Delete what a rehearsal queued: every message but those of the kinds in `kept`."""
    return _delete(
        Message.objects.filter(partnership_id=partnership_id).exclude(subject_kind__in=kept)
    )


def _delete(messages: QuerySet[Message]) -> dict[str, int]:
    """Delete messages and their copies in the demo's mailbox (texts are found by our id)."""
    sent = [key for row in messages.only("pk") for key in (row.message_id, str(row.pk))]
    demo = DemoMail.objects.filter(message_id__in=sent).delete()[1] if sent else {}
    return _sum(messages.delete()[1], demo)


def _sum(one: dict[str, int], other: dict[str, int]) -> dict[str, int]:
    return {key: one.get(key, 0) + other.get(key, 0) for key in one.keys() | other.keys()}
