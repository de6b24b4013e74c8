"""How many people live somewhere, as the partnership's file says, with source and year."""

from collections.abc import Mapping

from organisations.partnerships.models import Partnership
from referrals.reports.categories import successors
from referrals.reports.tables import Dimension


class Inhabitants:
    """Numbers of inhabitants by neighbourhood and by municipality."""

    def __init__(self, partnership: Partnership) -> None:
        stored = partnership.population or {}
        self.source, self.year = stored.get("source", ""), stored.get("year")
        slugs = stored.get("neighbourhoods", {})
        self._places = {
            str(pk): slugs[slug]
            for pk, slug in partnership.neighbourhoods.values_list("pk", "slug")
            if slug in slugs
        }
        counts_as = successors(partnership)
        self._municipalities: dict[str, int] = {}
        for own, number in stored.get("municipalities", {}).items():
            code = counts_as.get(own, own)
            self._municipalities[code] = self._municipalities.get(code, 0) + number

    def of(self, where: Mapping[Dimension, str]) -> int | None:
        """Return how many live in a neighbourhood or municipality; in all, if neither is named."""
        place = where.get(Dimension.NEIGHBOURHOOD)
        if place:
            return self._places.get(place)
        code = where.get(Dimension.MUNICIPALITY)
        if code:
            return self._municipalities.get(code)
        return sum(self._municipalities.values()) or None
