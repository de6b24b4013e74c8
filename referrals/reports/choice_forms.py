"""Choose what a report is about: measure, rows, columns, filters, months and a comparison."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from referrals.reports.choice import MEASURES, Choice
from referrals.reports.names import headings, name_of_quarter
from referrals.reports.offered import OFFERED
from referrals.reports.periods import Part, add_months, months_between
from referrals.reports.quarters import quarter_number
from referrals.reports.tables import Dimension
from welzijn.core import dates

FILTERS: Mapping[str, Dimension] = {
    "wijk": Dimension.NEIGHBOURHOOD,
    "organisatie": Dimension.ORGANISATION,
    "team": Dimension.TEAM,
    "leefgebied": Dimension.LIFE_DOMAIN,
    "ingang": Dimension.CHANNEL,
    "leeftijd": Dimension.AGE,
    "laag": Dimension.LAYER,
    "soort": Dimension.KIND,
    "taal": Dimension.LANGUAGE,
}
ALL_TOGETHER = "alle"
_MONTHS_BACK = 36


class ChoiceForm(forms.Form):
    """Everything has a value to begin with, so the page always shows a table."""

    maat = forms.ChoiceField(label=_("Wat wilt u zien?"))
    gemeente = forms.ChoiceField(label=_("Gemeente"), required=False)
    periode = forms.ChoiceField(label=_("Periode"), required=False)
    van = forms.ChoiceField(label=_("Van"))
    tot = forms.ChoiceField(label=_("Tot en met"))
    rijen = forms.ChoiceField(label=_("Rijen"))
    kolommen = forms.ChoiceField(label=_("Kolommen"), required=False)
    vergelijk = forms.ChoiceField(label=_("Vergelijk met"), required=False)
    per = forms.ChoiceField(label=_("Aantallen"), required=False)
    wijk = forms.ChoiceField(label=_("Alleen deze wijk of kern"), required=False)
    organisatie = forms.ChoiceField(label=_("Alleen deze organisatie"), required=False)
    team = forms.ChoiceField(label=_("Alleen dit team"), required=False)
    leefgebied = forms.ChoiceField(label=_("Alleen dit leefgebied"), required=False)
    ingang = forms.ChoiceField(label=_("Alleen deze ingang"), required=False)
    leeftijd = forms.ChoiceField(label=_("Alleen deze leeftijd"), required=False)
    laag = forms.ChoiceField(label=_("Alleen deze laag"), required=False)
    soort = forms.ChoiceField(label=_("Alleen dit soort vraag"), required=False)
    taal = forms.ChoiceField(label=_("Alleen deze taal"), required=False)

    def __init__(
        self,
        chosen: Mapping[str, str],
        *,
        municipalities: Sequence[tuple[str, str]],
        may_see_all: bool,
        latest: date,
        categories: Mapping[Dimension, Sequence[tuple[str, str]]],
    ) -> None:
        months = list(months_between(add_months(latest, -_MONTHS_BACK), latest))
        named = [(f"{m.since:%Y-%m}", dates.month_named(m.since)) for m in reversed(months)]
        whole = [(ALL_TOGETHER, _("alle gemeenten samen"))] if may_see_all else []
        defaults = {
            "maat": "received",
            "gemeente": whole[0][0] if whole else municipalities[0][0],
            "van": f"{add_months(latest, -3):%Y-%m}",
            "tot": f"{add_months(latest, -1):%Y-%m}",
            "rijen": Dimension.LIFE_DOMAIN.value,
        }
        super().__init__({**defaults, **{k: v for k, v in chosen.items() if v}})
        dimensions = [(d.value, name) for d, name in headings().items()]
        if not may_see_all:
            dimensions = [d for d in dimensions if d[0] != Dimension.MUNICIPALITY]
        choices: dict[str, Sequence[tuple[Any, Any]]] = {
            "maat": [(name, OFFERED[name].name) for name in MEASURES],
            "gemeente": [*whole, *((code or "niet-bekend", name) for code, name in municipalities)],
            "periode": [("", _("vrij: van en tot en met")), *_periods(latest)],
            "van": named,
            "tot": named,
            "rijen": dimensions,
            "kolommen": [("", _("geen")), *dimensions],
            "vergelijk": [
                ("", _("niets")),
                ("vorige", _("de periode ervoor")),
                ("vorig-jaar", _("dezelfde maanden een jaar eerder")),
                *categories[Dimension.NEIGHBOURHOOD],
            ],
            "per": [("", _("zoals geteld")), ("1000", _("per 1.000 inwoners"))],
            **{name: [("", _("alles")), *categories[d]] for name, d in FILTERS.items()},
        }
        for name, values in choices.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = values
        if len(choices["gemeente"]) == 1:
            self.fields["gemeente"].widget = forms.HiddenInput()

    def choice(self) -> Choice:
        """Return what was chosen; the form has to be valid."""
        data = self.cleaned_data
        place = data["gemeente"]
        period = Part(_month(data["van"]), add_months(_month(data["tot"]), 1))
        if data["periode"]:
            first, _sign, last = data["periode"].partition("..")
            period = Part(_month(first), add_months(_month(last), 1))
        return Choice(
            measure=data["maat"],
            municipality=None if place == ALL_TOGETHER else place.replace("niet-bekend", ""),
            period=period,
            rows=Dimension(data["rijen"]),
            columns=Dimension(data["kolommen"]) if data["kolommen"] else None,
            filters={d: data[name] for name, d in FILTERS.items() if data[name]},
            per_thousand=data["per"] == "1000",
        )


def _periods(latest: date) -> list[tuple[str, str]]:
    """Return the whole years and quarters of the last three years, latest first."""
    found = []
    until = latest
    for _number in range(_MONTHS_BACK // 3):
        since = add_months(until, -3)
        if quarter_number(since) == 4:
            year = f"{since.year}-01..{since.year}-12"
            found.append((year, str(since.year)))
        span = f"{since:%Y-%m}..{add_months(until, -1):%Y-%m}"
        found.append((span, name_of_quarter(since)))
        until = since
    return found


def _month(text: str) -> date:
    return date.fromisoformat(f"{text}-01")
