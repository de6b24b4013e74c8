"""Which municipalities and categories figures have, whether or not anybody is in them."""

from datetime import date

from intake.people.models import AgeBand
from intake.questions.models import Question
from organisations.directory.models import PyramidLayer
from organisations.partnerships.models import Municipality, Partnership
from referrals.reports.cells import NONE, SEVERAL, UNKNOWN
from referrals.reports.tables import Dimension

OTHER = "other"


def municipalities(partnership: Partnership) -> list[str]:
    """Return the codes of the municipalities for which figures are published.

    A merged municipality counts as its successor. Where there are several, questions without a
    known municipality are a block of their own (''); where there is one, they count as its own.
    """
    current = sorted(set(successors(partnership).values()))
    return current if len(current) == 1 else [*current, ""]


def successors(partnership: Partnership) -> dict[str, str]:
    """Map each municipality's code to that of its last successor, or to itself."""
    rows = dict(Municipality.objects.values_list("code", "successor"))
    counts_as = {}
    for code in partnership.municipalities.values_list("code", flat=True):
        last = code
        while (following_one := rows.get(last)) is not None and following_one != code:
            last = following_one
        counts_as[code] = last
    return counts_as


class Categories:
    """Every category of a dimension, in the order in which it is shown."""

    def __init__(self, partnership: Partnership) -> None:
        self._organisations = [
            (str(p.organisation_id), p.since, p.until)
            for p in partnership.participations.filter(picks_up=True).order_by("organisation__name")
        ]
        self._domains = [str(pk) for pk in partnership.life_domains.values_list("pk", flat=True)]
        self._teams = [str(pk) for pk in partnership.teams.values_list("pk", flat=True)]
        self._languages = list(partnership.languages) or ["nl"]
        self._places = list(
            partnership.neighbourhoods.order_by("name").values_list("pk", "municipality")
        )
        self._counts_as = successors(partnership)
        self._municipalities = municipalities(partnership)

    def of(
        self, dimension: Dimension, municipality: str | None, since: date, until: date
    ) -> list[str]:
        """Return those of a municipality (None: of all) in a period."""
        if dimension is Dimension.MUNICIPALITY:
            return self._municipalities
        if dimension in {Dimension.ORGANISATION, Dimension.SENDER, Dimension.RECEIVER}:
            return [
                pk
                for pk, first, last in self._organisations
                if first < until and (last is None or last >= since)
            ]
        if dimension is Dimension.LIFE_DOMAIN:
            return [*self._domains, SEVERAL, NONE]
        if dimension is Dimension.NEIGHBOURHOOD:
            places = [
                str(pk)
                for pk, code in self._places
                if municipality is None or self._counts_as.get(code, "") == municipality
            ]
            unknown = len(self._municipalities) == 1 or not municipality
            return [*places, UNKNOWN] if unknown else places
        return self._fixed(dimension)

    def _fixed(self, dimension: Dimension) -> list[str]:
        if dimension is Dimension.CHANNEL:
            return [channel.value for channel in Question.Channel]
        if dimension is Dimension.TEAM:
            return [*self._teams, NONE]
        if dimension is Dimension.AGE:
            return [*(band.value for band in AgeBand if band.value), UNKNOWN]
        if dimension is Dimension.LAYER:
            return [*(str(layer.value) for layer in PyramidLayer), NONE]
        if dimension is Dimension.KIND:
            return [kind.value for kind in Question.Kind]
        if dimension is Dimension.LANGUAGE:
            return [*self._languages, OTHER]
        return []

    def counts_as(self, dimension: Dimension, category: str) -> str:
        """Return the category under which one that is counted is shown."""
        if dimension is Dimension.LANGUAGE and category not in self._languages:
            return OTHER
        return category
