"""Choose what a report is about: measure, rows, columns, filters and months."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from referrals.reports.choice import MEASURES, Choice
from referrals.reports.door import Dimension
from referrals.reports.measures import MEASURES as DEFINED
from referrals.reports.names import headings
from referrals.reports.periods import Part, add_months, months_between
from welzijn.core import dates

FILTERS: Mapping[str, Dimension] = {
    "wijk": Dimension.NEIGHBOURHOOD,
    "organisatie": Dimension.ORGANISATION,
    "leefgebied": Dimension.LIFE_DOMAIN,
    "ingang": Dimension.CHANNEL,
}
ALL_TOGETHER = "alle"
_MONTHS_BACK = 36


class ChoiceForm(forms.Form):
    """Everything has a value to begin with, so the page always shows a table."""

    maat = forms.ChoiceField(label=_("Wat wilt u zien?"))
    gemeente = forms.ChoiceField(label=_("Gemeente"), required=False)
    van = forms.ChoiceField(label=_("Van"))
    tot = forms.ChoiceField(label=_("Tot en met"))
    rijen = forms.ChoiceField(label=_("Rijen"))
    kolommen = forms.ChoiceField(label=_("Kolommen"), required=False)
    wijk = forms.ChoiceField(label=_("Alleen deze wijk of kern"), required=False)
    organisatie = forms.ChoiceField(label=_("Alleen deze organisatie"), required=False)
    leefgebied = forms.ChoiceField(label=_("Alleen dit leefgebied"), required=False)
    ingang = forms.ChoiceField(label=_("Alleen deze ingang"), required=False)

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
            "maat": [(name, DEFINED[name].name) for name in MEASURES],
            "gemeente": [*whole, *((code or "niet-bekend", name) for code, name in municipalities)],
            "van": named,
            "tot": named,
            "rijen": dimensions,
            "kolommen": [("", _("geen")), *dimensions],
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
        return Choice(
            measure=data["maat"],
            municipality=None if place == ALL_TOGETHER else place.replace("niet-bekend", ""),
            period=Part(_month(data["van"]), add_months(_month(data["tot"]), 1)),
            rows=Dimension(data["rijen"]),
            columns=Dimension(data["kolommen"]) if data["kolommen"] else None,
            filters={d: data[name] for name, d in FILTERS.items() if data[name]},
        )


def _month(text: str) -> date:
    return date.fromisoformat(f"{text}-01")
