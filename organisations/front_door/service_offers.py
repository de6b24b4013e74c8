"""Stored services as the routing engine reads them."""

from dataclasses import replace

from organisations.directory.models import Service
from organisations.routing import NO_OFFER, Offer, ServiceOffer


def as_offer(service: Service, in_use: int, *, confirmed: bool = True) -> ServiceOffer:
    """Return a service with the number of its places in use, and whether it was confirmed."""
    return ServiceOffer(
        key=service.slug,
        name=service.name,
        organisation=service.organisation.slug,
        layer=service.layer,
        life_domains=frozenset(d.slug for d in service.life_domains.all()),
        age_bands=frozenset(service.audience),
        neighbourhoods=frozenset(n.slug for n in service.neighbourhoods.all()),
        capacity=service.capacity,
        in_use=in_use,
        waiting_weeks=service.waiting_weeks,
        clock_kinds=frozenset(service.clock_kinds),
        confirmed=confirmed,
    )


def offer_as_decided(service: Service | None) -> Offer:
    """Return the offer as far as a decision recorded it: the chosen service, with room.

    The load at that moment is not recorded. Rules tried before the deciding one found no fitting
    service, the chosen one included, so with this offer the rules decide as they did then.
    """
    if service is None:
        return NO_OFFER
    return Offer((replace(as_offer(service, 0), capacity=None, waiting_weeks=0),))
