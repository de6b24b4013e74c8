"""Services as Human Services Data Specification (HSDS 3.1), for exchange.

A page of `GET /services`: the service, its organisation, audience and areas, and its life domains
and layer as taxonomy terms. Capacity is left out: free places at a moment are internal to the
partnership. Ids are UUIDs: those of the rows, or derived (version 5) for what has no row.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

from organisations.directory.models import Organisation, PyramidLayer, Service
from organisations.partnerships.models import Partnership
from organisations.routing.facts import AGE_BANDS

VERSION = "3.1"
_NAMESPACE = uuid.UUID("6f0f4c3e-7f5e-5a0b-9d0c-3a3f2d1b8e70")
_AGES = {
    "0-11": (0, 11),
    "12-15": (12, 15),
    "16-17": (16, 17),
    "18-26": (18, 26),
    "27-66": (27, 66),
}
_OLDEST = "67+"


def page(partnership: Partnership, services: Sequence[Service]) -> dict[str, Any]:
    """Return all services as one page of an HSDS list."""
    return {
        "total_items": len(services),
        "total_pages": 1,
        "page_number": 1,
        "size": len(services),
        "first_page": True,
        "last_page": True,
        "empty": not services,
        "contents": [service_json(partnership, service) for service in services],
    }


def service_json(partnership: Partnership, service: Service) -> dict[str, Any]:
    """Return one service with its organisation, ages, areas and taxonomy terms."""
    found: dict[str, Any] = {
        "id": str(service.id),
        "name": service.name,
        "description": service.description,
        "status": "active",
        "organization": _organisation(service.organisation),
        "eligibility_description": _eligibility(service),
        "service_areas": _areas(service),
        "attributes": _attributes(partnership, service),
    }
    if service.url:
        found["url"] = service.url
    return found | _ages(service)


def _organisation(organisation: Organisation) -> dict[str, Any]:
    found: dict[str, Any] = {
        "id": str(organisation.id),
        "name": organisation.name,
        "description": organisation.description or organisation.name,
    }
    if organisation.email:
        found["email"] = organisation.email
    if organisation.website:
        found["website"] = organisation.website
    if organisation.phone:
        found["phones"] = [
            {"id": _derived("phone", organisation.id, 0), "number": organisation.phone}
        ]
    return found


def _eligibility(service: Service) -> str:
    if not service.audience:
        return "Iedereen"
    return ", ".join(str(AGE_BANDS[band]) for band in AGE_BANDS if band in service.audience)


def _ages(service: Service) -> dict[str, int]:
    """Return the youngest and oldest age, without an oldest where there is no upper limit."""
    bands = [band for band in AGE_BANDS if band in service.audience]
    if not bands:
        return {}
    ages = {"minimum_age": _AGES[bands[0]][0] if bands[0] != _OLDEST else 67}
    if bands[-1] != _OLDEST:
        ages["maximum_age"] = _AGES[bands[-1]][1]
    return ages


def _areas(service: Service) -> list[dict[str, Any]]:
    return [
        {"id": _derived("area", service.id, place.id), "name": place.name}
        for place in service.neighbourhoods.all()
    ]


def _attributes(partnership: Partnership, service: Service) -> list[dict[str, Any]]:
    terms = [
        {
            "id": str(domain.id),
            "code": domain.slug,
            "name": domain.name,
            "description": domain.explanation or domain.name,
            "taxonomy": f"leefgebieden {partnership.slug}",
        }
        for domain in service.life_domains.all()
    ]
    layer = PyramidLayer(service.layer)
    terms.append(
        {
            "id": _derived("layer", layer.value, ""),
            "code": str(layer.value),
            "name": str(layer.label),
            "description": f"Laag {layer.value} van de piramide: {layer.label}",
            "taxonomy": "piramide van het sociaal domein",
        }
    )
    return [
        {
            "id": _derived("attribute", service.id, term["id"]),
            "link_id": str(service.id),
            "link_entity": "service",
            "taxonomy_term": term,
        }
        for term in terms
    ]


def _derived(kind: str, one: object, other: object) -> str:
    return str(uuid.uuid5(_NAMESPACE, f"{kind}:{one}:{other}"))
