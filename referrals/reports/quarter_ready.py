"""Tell who reads a municipality's figures that a quarter is ready: a link and no figure."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from organisations.partnerships.models import Partnership
from organisations.roles.models import OF_A_MUNICIPALITY, Membership
from referrals.casework_base import notify
from referrals.reports.categories import successors
from referrals.reports.models import ReportPublication
from referrals.reports.quarters import latest_quarter
from welzijn.core.working_days import local_date
from welzijn.notifications import outbox
from welzijn.notifications.models import Message

KIND = "referrals.figures"


def tell(
    *, partnership: Partnership, published: Sequence[ReportPublication], now: datetime
) -> None:
    """Queue one mail a person, for the latest quarter only. In the transaction of publishing.

    Earlier quarters are published together when a partnership begins: nobody waits for those.
    """
    latest = latest_quarter(now)
    made = {one.municipality: one for one in published if one.quarter == latest}
    if not made:
        return
    counts_as = successors(partnership)
    told: set[UUID] = set()
    for member in _readers(partnership, now):
        code = member.municipality_id or ""
        publication = made.get(counts_as.get(code, code))
        if publication is None or member.user_id in told:
            continue
        told.add(member.user_id)
        outbox.queue(
            partnership_id=partnership.pk,
            subject_kind=KIND,
            subject_id=publication.pk,
            recipient=notify.user(member.user),
            template="figures_ready",
            context={"path": "/rapportage/"},
            now=now,
        )


def _readers(partnership: Partnership, now: datetime) -> Sequence[Membership]:
    return list(
        Membership.objects.active(local_date(now))
        .filter(partnership=partnership, role__in=OF_A_MUNICIPALITY)
        .select_related("user")
        .order_by("granted_at", "id")
    )


def still_read(messages: Sequence[Message], now: datetime) -> set[UUID]:
    """Return the messages whose recipients still read the figures of that partnership."""
    readers = set(
        Membership.objects.active(local_date(now))
        .filter(
            partnership__in={message.partnership_id for message in messages},
            role__in=OF_A_MUNICIPALITY,
        )
        .values_list("partnership_id", "user_id")
    )
    known = {(partnership, f"user:{user}") for partnership, user in readers}
    return {m.id for m in messages if (m.partnership_id, m.recipient_key) in known}
