"""Where services are, as HSDS tells it: neighbourhoods, which have no address."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from uuid import UUID

from organisations.directory.models import Service
from organisations.exchange import hsds_models as hsds
from organisations.exchange.hsds_writing import Directory, derived

_NO_ADDRESS = "Een wijk of kern, zonder eigen adres."


def at_locations(
    directory: Directory, services: Iterable[Service], among: Sequence[UUID] | None = None
) -> list[hsds.ServiceAtLocation]:
    """Return each service at each of its neighbourhoods; one without limits is in all of them.

    `among` None: every neighbourhood.
    """
    everywhere = [(place.id, place.name) for place in directory.door.places]
    found = []
    for service in services:
        own = [(place.id, place.name) for place in service.neighbourhoods.all()]
        for place_id, name in own or everywhere:
            if among is None or place_id in among:
                found.append(_at(service, place_id, name))
    return found


def _at(service: Service, place_id: UUID, name: str) -> hsds.ServiceAtLocation:
    return hsds.ServiceAtLocation(
        id=derived("at", service.pk, place_id),
        service_id=service.pk,
        location_id=place_id,
        location=hsds.Location(
            id=place_id, location_type="physical", name=name, description=_NO_ADDRESS
        ),
    )
