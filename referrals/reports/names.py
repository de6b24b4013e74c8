"""Names of quarters, categories and dimensions, as screens and files show them."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from django.conf.locale import LANG_INFO
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _

from intake.people.models import AgeBand
from intake.questions.models import Question
from organisations.directory.models import Organisation, PyramidLayer
from organisations.partnerships.models import Municipality, Partnership
from referrals.reports.categories import OTHER
from referrals.reports.cells import NONE, SEVERAL, UNKNOWN
from referrals.reports.quarters import quarter_number
from referrals.reports.tables import TOGETHER, Dimension
from welzijn.core import dates


def name_of_quarter(quarter: date) -> str:
    """Return a quarter in words: 3e kwartaal 2026."""
    return _("{number}e kwartaal {year}").format(number=quarter_number(quarter), year=quarter.year)


def headings() -> dict[Dimension, str]:
    """Return the name of each dimension."""
    return {
        Dimension.MUNICIPALITY: _("Gemeente"),
        Dimension.NEIGHBOURHOOD: _("Wijk of kern"),
        Dimension.ORGANISATION: _("Organisatie"),
        Dimension.LIFE_DOMAIN: _("Leefgebied"),
        Dimension.CHANNEL: _("Ingang"),
        Dimension.TEAM: _("Team"),
        Dimension.AGE: _("Leeftijd"),
        Dimension.LAYER: _("Laag in de piramide"),
        Dimension.KIND: _("Soort vraag"),
        Dimension.LANGUAGE: _("Taal"),
        Dimension.SENDER: _("Van organisatie"),
        Dimension.RECEIVER: _("Naar organisatie"),
        Dimension.MONTH: _("Maand"),
    }


def _languages() -> dict[str, str]:
    codes = {
        code: str(get_language_info(code)["name_translated"])
        for code in LANG_INFO
        if "name" in LANG_INFO[code]
    }
    return {**codes, OTHER: _("Andere taal")}


def _layers() -> dict[str, str]:
    named = {str(layer.value): str(layer.label).capitalize() for layer in PyramidLayer}
    return {**named, NONE: _("Geen aanbod gekozen")}


_FIXED: Mapping[Dimension, Callable[[], dict[str, str]]] = {
    Dimension.AGE: lambda: {band.value: str(band.label) for band in AgeBand if band.value},
    Dimension.KIND: lambda: {kind.value: str(kind.label).capitalize() for kind in Question.Kind},
    Dimension.LAYER: _layers,
    Dimension.LANGUAGE: _languages,
    Dimension.TEAM: lambda: {NONE: _("Geen team")},
}
"""Names of categories that are the same in every partnership."""


class Names:
    """Names of the categories. Ended ones keep theirs: their rows are never deleted."""

    def __init__(self, partnership: Partnership) -> None:
        domains = list(partnership.life_domains.values_list("pk", "slug", "name"))
        places = list(partnership.neighbourhoods.values_list("pk", "slug", "name"))
        organisations = list(
            Organisation.objects.filter(participations__partnership=partnership).values_list(
                "pk", "slug", "name"
            )
        )
        teams = list(partnership.teams.values_list("pk", "slug", "name"))
        by_pk = {str(pk): slug for pk, slug, _name in organisations}
        self._slugs = {
            Dimension.LIFE_DOMAIN: {str(pk): slug for pk, slug, _name in domains},
            Dimension.NEIGHBOURHOOD: {str(pk): slug for pk, slug, _name in places},
            Dimension.ORGANISATION: by_pk,
            Dimension.SENDER: by_pk,
            Dimension.RECEIVER: by_pk,
            Dimension.TEAM: {str(pk): slug for pk, slug, _name in teams},
        }
        self._known = {
            str(pk): name for pk, _slug, name in (*domains, *places, *organisations, *teams)
        }
        self._known |= dict(Municipality.objects.values_list("code", "name"))
        self._known |= {
            "": _("Gemeente niet bekend"),
            SEVERAL: _("Meer leefgebieden tegelijk"),
            NONE: _("Geen leefgebied gekozen"),
            UNKNOWN: _("Niet bekend"),
        }

    def of(
        self, dimension: Dimension, key: str, together: Sequence[tuple[Dimension, str]] = ()
    ) -> str:
        """Return the name of a category; of those taken together, all their names."""
        if key == TOGETHER:
            names = ", ".join(
                self.of(dimension, one) for axis, one in together if axis is dimension
            )
            return _("Samen: {names}").format(names=names)
        if dimension is Dimension.MONTH:
            return dates.month_named(date.fromisoformat(key))
        if dimension is Dimension.CHANNEL:
            return str(Question.Channel(key).label).capitalize()
        fixed = _FIXED.get(dimension)
        if fixed and key in fixed():
            return fixed()[key]
        return self._known.get(key, _("Niet bekend"))

    def slug(self, dimension: Dimension, key: str) -> str:
        """Return how files and commands name a category."""
        return self._slugs.get(dimension, {}).get(key, key)

    def key(self, dimension: Dimension, slug: str) -> str:
        """Return the category of a slug."""
        known = self._slugs.get(dimension, {})
        return next((key for key, one in known.items() if one == slug), slug)
