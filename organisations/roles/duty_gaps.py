"""Tell administrators of coming periods in which nobody is on duty."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from organisations.partnerships.models import Partnership
from organisations.roles import duty
from organisations.roles.models import Membership, Role
from welzijn.accounts.models import User
from welzijn.core.working_days import local_date
from welzijn.notifications import outbox
from welzijn.notifications.models import Message
from welzijn.notifications.recipients import Recipient
from welzijn.sweeps import rows

KIND = "organisations.duty_gap"
# A gap this near is told each day; one further away once a week.
NEAR = timedelta(days=2)


def notify_of_gaps(*, now: datetime) -> int:
    """Queue a line for the administrators of each open partnership with a gap. Idempotent.

    Keyed on the week, or on the day where the gap is near. Returns the number of partnerships.
    """

    def notify(partnerships: Sequence[Partnership]) -> None:
        for partnership in partnerships:
            _notify(partnership, now)

    wanted = list(Partnership.objects.filter(live=True).exclude(triage_team=None))
    return rows.work_off(
        "duty gaps",
        wanted,
        notify,
        now=now,
        key_of=lambda p: p.id,
        partnership_of=lambda p: p.id,
    ).done


def _notify(partnership: Partnership, now: datetime) -> None:
    found = duty.gaps(partnership=partnership, now=now)
    if not found:
        return
    today = local_date(now)
    week = today.isocalendar()
    near = found[0][0] <= now + NEAR
    version = today.toordinal() if near else week.year * 100 + week.week
    held = Membership.objects.active(today).filter(partnership=partnership, role=Role.ADMINISTRATOR)
    for user in User.objects.filter(pk__in=held.values("user")):
        outbox.queue(
            partnership_id=partnership.pk,
            subject_kind=KIND,
            subject_id=partnership.pk,
            due_version=version,
            recipient=Recipient.user(user.pk, email=user.email, language=user.language),
            template="duty_gap",
            context={"path": "/beheer/dienst/", "count": len(found)},
            now=now,
        )


def still_open(messages: Sequence[Message], now: datetime) -> Collection[UUID]:
    """Return the ids of messages whose partnership still has a gap."""
    partnerships = Partnership.objects.in_bulk({m.partnership_id for m in messages})
    open_ones = {pk for pk, one in partnerships.items() if duty.gaps(partnership=one, now=now)}
    return {m.id for m in messages if m.partnership_id in open_ones}
