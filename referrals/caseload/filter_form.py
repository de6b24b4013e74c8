"""The filters of the caseload, its order and its columns, as they stand in the address."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from intake.questions.models import Question
from organisations.front_door import configuration as front_door
from organisations.partnerships.models import Partnership
from referrals.caseload import columns, numbers
from referrals.caseload.ordering import ORDERS
from referrals.caseload.selection import EVERYTHING, OPEN, TEAM, UNKNOWN, CaseloadFilter

# Set by the numbers of the dashboard; shown as a chip.
NUMBERS = ("binnen", "afgerond", "leeftijd", "contact", "wacht", "gevaar")

_ORDER_NAMES = {
    "termijn": _("Termijn"),
    "nieuwste": _("Nieuwste eerst"),
    "oudste": _("Oudste eerst"),
    "kenmerk": _("Kenmerk"),
    "waar": _("Wijk of kern"),
    "leefgebied": _("Leefgebied"),
    "bij": _("Organisatie of team"),
    "medewerker": _("Medewerker"),
    "status": _("Status"),
    "ingang": _("Ingang"),
    "spoed": _("Spoed"),
    "laatste": _("Laatst gewerkt"),
}


class CaseloadFilterForm(forms.Form):
    """The filters of the caseload. All are optional; an unknown choice counts as left out."""

    status = forms.ChoiceField(label=_("Status"), required=False)
    organisatie = forms.ChoiceField(label=_("Organisatie"), required=False)
    wijk = forms.ChoiceField(label=_("Wijk of kern"), required=False)
    leefgebied = forms.ChoiceField(label=_("Leefgebied"), required=False)
    ingang = forms.ChoiceField(label=_("Ingang"), required=False)
    laat = forms.ChoiceField(
        label=_("Termijn"),
        required=False,
        choices=[("", _("alle")), ("ja", _("te laat"))],
    )
    wie = forms.UUIDField(required=False, widget=forms.HiddenInput)
    binnen = forms.CharField(required=False, widget=forms.HiddenInput)
    afgerond = forms.CharField(required=False, widget=forms.HiddenInput)
    leeftijd = forms.ChoiceField(
        required=False, widget=forms.HiddenInput, choices=[*numbers.AGE_NAMES.items()]
    )
    contact = forms.ChoiceField(
        required=False, widget=forms.HiddenInput, choices=[*numbers.CONTACT_NAMES.items()]
    )
    wacht = forms.ChoiceField(
        required=False, widget=forms.HiddenInput, choices=[*numbers.WAITING_NAMES.items()]
    )
    gevaar = forms.ChoiceField(
        required=False, widget=forms.HiddenInput, choices=[*numbers.DANGER_NAMES.items()]
    )
    kolom = forms.MultipleChoiceField(
        required=False, widget=forms.MultipleHiddenInput, choices=[*columns.LABELS.items()]
    )
    volgorde = forms.ChoiceField(
        label=_("Volgorde"), required=False, choices=list(_ORDER_NAMES.items())
    )

    def __init__(self, *args: Any, partnership: Partnership, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        front = front_door.of(partnership)
        everything = ("", _("alle"))
        self._choose("status", [("", _("open")), *Question.Status.choices, (EVERYTHING, _("alle"))])
        self._choose(
            "organisatie",
            [
                everything,
                *((slug, o.name) for slug, o in front.organisations.items()),
                *((TEAM + slug, team.name) for slug, team in front.teams.items()),
            ],
        )
        self._choose(
            "wijk",
            [everything, *((p.slug, p.name) for p in front.places), (UNKNOWN, _("niet bekend"))],
        )
        self._choose(
            "leefgebied",
            [
                everything,
                *((d.slug, d.for_staff) for d in front.domains),
                (UNKNOWN, _("niet gekozen")),
            ],
        )
        self._choose("ingang", [everything, *Question.Channel.choices])
        if str(self.data.get("volgorde", "")).startswith("-"):
            # Chosen at the head of a column; the list of orders keeps it when filtering.
            turned = self.data["volgorde"]
            name = _ORDER_NAMES.get(turned.removeprefix("-"))
            if name is not None:
                label = _("{column}, omgekeerd").format(column=name)
                self._choose("volgorde", [*_ORDER_NAMES.items(), (turned, label)])

    def _choose(self, name: str, choices: list[Any]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def filters(self, *, after: str = "", before: str = "") -> CaseloadFilter:
        """Return what was chosen; an invalid choice counts as left out."""
        self.is_valid()
        data = self.cleaned_data
        order = data.get("volgorde") or "termijn"
        worker: UUID | None = data.get("wie")
        return CaseloadFilter(
            status=data.get("status") or OPEN,
            organisation=data.get("organisatie", ""),
            neighbourhood=data.get("wijk", ""),
            life_domain=data.get("leefgebied", ""),
            channel=data.get("ingang", ""),
            worker=worker,
            late=data.get("laat") == "ja",
            order=order if order in ORDERS else "termijn",
            after=after,
            before=before,
            numbers=numbers.Numbers(
                received=data.get("binnen", ""),
                closed=data.get("afgerond", ""),
                age=data.get("leeftijd", ""),
                contact=data.get("contact", ""),
                waiting=data.get("wacht", ""),
                danger=data.get("gevaar", ""),
            ),
        )


class NeighbourhoodFilterForm(CaseloadFilterForm):
    """The filters and the order of one neighbourhood's list; the neighbourhood stays as it is."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("wie", "kolom", *NUMBERS):
            del self.fields[name]
        self.fields["wijk"].widget = forms.HiddenInput()
