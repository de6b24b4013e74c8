"""Maintain the entries of services: who may, what they change, and what has to be confirmed.

maintained_by(user, partnership, today)   the services that somebody maintains (their keeper)
confirm, set_room, stop, resume           each by its keeper, in one step
change                                    who is asked from now on, and the web address
"""

from __future__ import annotations

from datetime import date, timedelta

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from organisations.directory.models import Service
from organisations.front_door.configuration import FrontDoor
from organisations.partnerships.models import Partnership
from organisations.roles.models import Membership, Role
from organisations.roles.permissions import roles_at
from welzijn.accounts.models import User

# For so long a service that was stopped by mistake stands in the list, to be offered again.
SHOWN_AFTER_END = timedelta(days=60)


def may_maintain(user: User, partnership: Partnership, service: Service) -> bool:
    """Whether somebody may change room and confirmation of a service.

    Its keeper while they have a role at its organisation, that organisation's coordinators, and
    administrators.
    """
    return any(
        one.role == Role.ADMINISTRATOR
        or (
            one.organisation_id == service.organisation_id
            and (one.role == Role.COORDINATOR or service.keeper_id == user.pk)
        )
        for one in roles_at(user, partnership)
    )


def maintains_any(user: User, partnership: Partnership, door: FrontDoor) -> bool:
    """Whether somebody keeps any service on offer. No query."""
    return any(may_maintain(user, partnership, service) for service in door.services)


def maintained_by(user: User, partnership: Partnership, today: date) -> QuerySet[Service]:
    """Return the services that somebody keeps, those that ended lately included, by name."""
    held = roles_at(user, partnership)
    found = Q(keeper=user, organisation__in=[m.organisation_id for m in held])
    found |= Q(organisation__in=[m.organisation_id for m in held if m.role == Role.COORDINATOR])
    if any(m.role == Role.ADMINISTRATOR for m in held):
        found = Q()
    return (
        partnership.services.filter(found)
        .exclude(until__lt=today - SHOWN_AFTER_END)
        .select_related("organisation", "keeper", "confirmed_by")
        .order_by("organisation__name", "name")
    )


def possible_maintainers(partnership: Partnership, service: Service) -> QuerySet[User]:
    """Return the colleagues of the service's organisation, by name."""
    held = Membership.objects.active().filter(
        partnership=partnership, organisation=service.organisation_id
    )
    return User.objects.filter(pk__in=held.values("user")).order_by("name", "pk")


def confirm(*, service: Service, by: User, today: date) -> None:
    """Record that a service is still right as it stands."""
    with transaction.atomic():
        _confirmed(_locked(service, by), by, today, [])


def set_room(
    *, service: Service, capacity: int | None, waiting_weeks: int, by: User, today: date
) -> None:
    """Set the places and the waiting time. Pages and rules go by it from the commit on."""
    with transaction.atomic():
        held = _locked(service, by)
        held.capacity, held.waiting_weeks = capacity, waiting_weeks
        _confirmed(held, by, today, ["capacity", "waiting_weeks"])


def change(*, service: Service, keeper: User | None, url: str, by: User, today: date) -> None:
    """Change who is asked about a service, and its website. Raises ValidationError."""
    with transaction.atomic():
        held = _locked(service, by)
        if keeper is not None and keeper not in possible_maintainers(held.partnership, held):
            raise ValidationError({"keeper": _("Kies iemand van deze organisatie.")})
        held.keeper, held.url = keeper, url
        _confirmed(held, by, today, ["keeper", "url"])


def stop(*, service: Service, by: User, today: date) -> None:
    """End a service: from now on nobody is sent there and no page shows it."""
    with transaction.atomic():
        held = _locked(service, by)
        last = today - timedelta(days=1)
        held.until = max(last, held.since) if held.since and held.since < today else last
        _confirmed(held, by, today, ["until"])


def resume(*, service: Service, by: User, today: date) -> None:
    """Offer a service again that ended."""
    with transaction.atomic():
        held = _locked(service, by)
        held.until = None
        _confirmed(held, by, today, ["until"])


def _locked(service: Service, by: User) -> Service:
    held = (
        Service.objects.select_for_update(of=("self",))
        .select_related("partnership")
        .get(pk=service.pk)
    )
    if not may_maintain(by, held.partnership, held):
        raise PermissionDenied
    return held


def _confirmed(held: Service, by: User, today: date, fields: list[str]) -> None:
    held.confirmed_on, held.confirmed_by = today, by
    held.save(update_fields=[*fields, "confirmed_on", "confirmed_by"])
