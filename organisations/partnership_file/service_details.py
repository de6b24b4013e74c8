"""Place, times, way to come and cost of a service: the words of the file, and the row."""

from __future__ import annotations

from typing import Any

from organisations.directory.models import Service
from organisations.partnership_file import words
from organisations.partnership_file.schema.partners import Service as ServiceTable

_FREE = "0.00"


def details_of(item: ServiceTable) -> dict[str, Any]:
    """Return the row's values of what the file says."""
    return {
        "place": item.place or "",
        "moments": [_stored(moment) for moment in item.moments],
        "coming": words.code("coming", item.coming) if item.coming else "",
        "cost": _FREE if item.cost == "gratis" else (item.cost or "").replace(",", "."),
    }


def file_details_of(service: Service) -> dict[str, Any]:
    """Return what the file says of a row, by the keys of the schema; without its place."""
    cost = "gratis" if service.cost == _FREE else service.cost.replace(".", ",")
    return {
        "moments": [_written(moment) for moment in service.moments],
        "coming": words.word("coming", service.coming) if service.coming else None,
        "cost": cost or None,
    }


def _stored(moment: str) -> str:
    day, _space, slot = moment.partition(" ")
    return f"{words.weekday(day)} {slot}"


def _written(moment: str) -> str:
    day, _space, slot = moment.partition(" ")
    return f"{words.WEEKDAYS[int(day) - 1]} {slot}"
