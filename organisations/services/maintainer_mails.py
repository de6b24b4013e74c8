"""Ask who keeps services whether they are still right: one line a keeper, without their names.

Asked on the day that a service becomes due, and every four weeks after. Where nobody keeps it, the
coordinators of its organisation are asked; without those, the administrators.
"""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from django.urls import reverse

from organisations.directory import confirming
from organisations.directory.models import Service
from organisations.partnerships.models import Partnership
from organisations.roles.models import Membership, Role
from welzijn.accounts.models import User
from welzijn.core.working_days import local_date
from welzijn.notifications import message_kinds, outbox
from welzijn.notifications.models import Message
from welzijn.notifications.recipients import Recipient
from welzijn.sweeps import rows

KIND = "organisations.service_due"
AGAIN_AFTER = 28  # days


def register() -> None:
    """Register the kind of message (called by AppConfig.ready)."""
    message_kinds.register(KIND, still_valid=still_due)


def ask_maintainers(*, now: datetime) -> int:
    """Queue a line for each keeper with a service that is due. Idempotent.

    Returns the number of partnerships looked at.
    """

    def ask(partnerships: Sequence[Partnership]) -> None:
        for partnership in partnerships:
            _ask(partnership, now)

    return rows.work_off(
        "services to confirm",
        list(Partnership.objects.filter(live=True)),
        ask,
        now=now,
        key_of=lambda p: p.id,
        partnership_of=lambda p: p.id,
    ).done


def due_by_maintainer(partnership: Partnership, today: date) -> dict[User, list[Service]]:
    """Return who is asked about which services."""
    found: dict[User, list[Service]] = defaultdict(list)
    last = confirming.latest_due(partnership.confirm_services_months, today)
    due = list(
        partnership.services.filter(confirmed_on__lte=last)
        .exclude(until__lt=today)
        .select_related("keeper")
        .order_by("confirmed_on", "name")
    )
    if not due:
        return found
    held = list(
        Membership.objects.active(today).filter(partnership=partnership).select_related("user")
    )
    here = {(m.user_id, m.organisation_id) for m in held}
    for service in due:
        keeper = service.keeper
        if keeper is not None and (keeper.pk, service.organisation_id) in here:
            found[keeper].append(service)
            continue
        coordinators = [
            m.user
            for m in held
            if m.role == Role.COORDINATOR and m.organisation_id == service.organisation_id
        ]
        for user in dict.fromkeys(
            coordinators or [m.user for m in held if m.role == Role.ADMINISTRATOR]
        ):
            found[user].append(service)
    return found


def _ask(partnership: Partnership, now: datetime) -> None:
    today = local_date(now)
    months = partnership.confirm_services_months
    for user, services in due_by_maintainer(partnership, today).items():
        latest = max(confirming.due_on(s.confirmed_on, months) for s in services)
        asked = latest + timedelta(days=(today - latest).days // AGAIN_AFTER * AGAIN_AFTER)
        outbox.queue(
            partnership_id=partnership.pk,
            subject_kind=KIND,
            subject_id=user.pk,
            due_version=asked.toordinal(),
            recipient=Recipient.user(user.pk, email=user.email, language=user.language),
            template="service_due",
            context={"path": reverse("services_kept"), "count": len(services)},
            now=now,
        )


def still_due(messages: Sequence[Message], now: datetime) -> Collection[UUID]:
    """Return the ids of messages whose reader still has a service to confirm."""
    today = local_date(now)
    asked = {
        partnership.pk: {user.pk for user in due_by_maintainer(partnership, today)}
        for partnership in Partnership.objects.filter(pk__in={m.partnership_id for m in messages})
    }
    return {m.id for m in messages if m.subject_id in asked.get(m.partnership_id, ())}
