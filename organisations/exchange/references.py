"""What a row calls an organisation, a life domain or a neighbourhood: by its key or its name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from organisations.directory.models import LifeDomain, Organisation
from organisations.partnership_file.words import unknown_slug_message
from organisations.partnerships.models import Neighbourhood, Partnership


class References:
    """The rows of a partnership that a service points at, by slug."""

    def __init__(self, partnership: Partnership) -> None:
        self.organisations: dict[str, Organisation] = {
            p.organisation.slug: p.organisation
            for p in partnership.participations.select_related("organisation")
        }
        self.domains: dict[str, LifeDomain] = {d.slug: d for d in partnership.life_domains.all()}
        self.places: dict[str, Neighbourhood] = {
            n.slug: n for n in partnership.neighbourhoods.all()
        }
        self._organisation_names = _names(
            (o.slug, (o.slug, o.name)) for o in self.organisations.values()
        )
        self._domain_names = _names(
            (d.slug, (d.slug, d.name, d.staff_name)) for d in self.domains.values()
        )
        self._place_names = _names((n.slug, (n.slug, n.name)) for n in self.places.values())

    def resolve(self, values: dict[str, Any]) -> list[tuple[str, str]]:
        """Replace names by keys in a row; return (column, message) for what nobody knows."""
        faults: list[tuple[str, str]] = []
        if values.get("organisatie"):
            values["organisatie"] = _known(
                str(values["organisatie"]), "organisatie", self._organisation_names, faults
            )
        for column, names in (("leefgebieden", self._domain_names), ("wijken", self._place_names)):
            if isinstance(values.get(column), list):
                found = [_known(str(one), column, names, faults) for one in values[column]]
                values[column] = sorted(dict.fromkeys(found))
        return faults


def _names(named: Iterable[tuple[str, Iterable[str]]]) -> dict[str, str]:
    found: dict[str, str] = {}
    for slug, names in named:
        for name in filter(None, names):
            found.setdefault(name.casefold(), slug)
    return found


def _known(value: str, column: str, names: Mapping[str, str], faults: list[tuple[str, str]]) -> str:
    slug = names.get(" ".join(value.split()).casefold())
    if slug is None:
        shown = value[:60]
        faults.append((column, unknown_slug_message(shown, sorted(set(names.values())))))
        return value
    return slug
