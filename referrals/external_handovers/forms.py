"""Forms of a handover to somebody without an account."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from referrals.casework_base import anonymity_check
from referrals.casework_base.forms import HEARD, CaseForm
from welzijn.core.form_fields import CleanCharField, StaffTextField


class OfferForm(CaseForm):
    """Whom to ask, why, and what they may read."""

    name = CleanCharField(
        label=_("Wie vraagt u?"),
        help_text=_("Bijvoorbeeld: Huisartsen Dorp, of de intern begeleider van de school."),
        max_length=120,
    )
    email = forms.EmailField(label=_("E-mailadres"))
    why = CleanCharField(
        label=_("Waarom zij?"), help_text=_("Eén zin. De inwoner leest dit."), max_length=300
    )
    summary = StaffTextField(
        label=_("Wat moeten zij weten?"),
        help_text=_("Een paar zinnen zonder de persoon: geen naam, adres of nummer."),
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    yes_how = forms.ChoiceField(
        label=_("Hoe zei de inwoner ja?"), choices=HEARD, widget=forms.RadioSelect
    )

    def clean_summary(self) -> str:
        """Refuse a summary that identifies the person."""
        text: str = self.cleaned_data["summary"]
        anonymity_check.check(text, self.question)
        return text


class CodeForm(forms.Form):
    """The code that the partner got by phone."""

    code = CleanCharField(
        label=_("Uw code"),
        max_length=40,
        help_text=_("Negen cijfers. U kreeg ze aan de telefoon."),
        error_messages={"required": _("Vul de code in. Dat zijn negen cijfers.")},
        widget=forms.TextInput(
            attrs={"class": "vd-width-sm", "autocomplete": "off", "inputmode": "numeric"}
        ),
    )


class AnswerForm(forms.Form):
    """Yes or no, with an answer in words."""

    accepts = forms.TypedChoiceField(
        label=_("Kunt u helpen?"),
        coerce=lambda value: value == "ja",
        choices=[("ja", _("Ja")), ("nee", _("Nee"))],
        error_messages={"required": _("Kies ja of nee.")},
        widget=forms.RadioSelect,
    )
    text = StaffTextField(
        label=_("Uw antwoord"),
        help_text=_("Bij een nee: waarom niet? Bij een ja: wanneer en hoe kan het?"),
        max_length=2_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def clean(self) -> dict[str, Any]:
        """Require a reason for a no."""
        data = super().clean() or {}
        if data.get("accepts") is False and not data.get("text"):
            self.add_error("text", _("Schrijf op waarom niet. Dan kunnen zij verder zoeken."))
        return data
