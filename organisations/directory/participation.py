"""Which organisations take part in a partnership on a day: the only place that asks.

taking_part(partnership, on)        every organisation that takes part on that day
picking_up(partnership, on)         those of them that pick questions up
"""

from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from organisations.directory.models import Organisation, Participation


def taking_part(partnership: UUID, on: date) -> QuerySet[Organisation]:
    """Return the organisations that take part on this day, by name."""
    return _of(_on(partnership, on))


def picking_up(partnership: UUID, on: date) -> QuerySet[Organisation]:
    """Return the organisations that take part and pick questions up on this day, by name."""
    return _of(_on(partnership, on).filter(picks_up=True))


def _on(partnership: UUID, on: date) -> QuerySet[Participation]:
    return Participation.objects.filter(
        Q(until__isnull=True) | Q(until__gte=on), partnership=partnership, since__lte=on
    )


def _of(parts: QuerySet[Participation]) -> QuerySet[Organisation]:
    return Organisation.objects.filter(pk__in=parts.values("organisation")).order_by("name")
