"""Who the wijkaanjager of a neighbourhood is, and which neighbourhoods have none."""

from datetime import date
from uuid import UUID

from organisations.partnerships.models import Neighbourhood, Partnership
from organisations.roles.models import Membership, Role


def of(neighbourhood_id: UUID | None, on: date) -> list[Membership]:
    """Return the roles of the wijkaanjagers of a neighbourhood, longest first."""
    if neighbourhood_id is None:
        return []
    return list(
        Membership.objects.active(on)
        .filter(neighbourhood_id=neighbourhood_id, role=Role.NEIGHBOURHOOD_LEAD)
        .select_related("user", "organisation")
        .order_by("granted_at", "id")
    )


def without(partnership: Partnership, on: date) -> list[Neighbourhood]:
    """Return the neighbourhoods without one, where the partnership works with wijkaanjagers."""
    held = (
        Membership.objects.active(on)
        .filter(partnership=partnership, role=Role.NEIGHBOURHOOD_LEAD)
        .values_list("neighbourhood", flat=True)
    )
    led = set(held)
    if not led:
        return []
    places = partnership.neighbourhoods.exclude(until__lt=on).order_by("name")
    return [place for place in places if place.pk not in led]
