"""How a worker made sure that it is the resident who gets a new code."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from referrals.resident_portal.code_by_phone import Heard


class HeardForm(forms.Form):
    """By a call to the known number, where there is one, or in a talk of their own."""

    how = forms.ChoiceField(
        label=_("Hoe weet u dat het de inwoner is?"),
        choices=Heard.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Spreek eerst de inwoner. Zonder gesprek geen code.")},
    )

    def __init__(self, *args: Any, has_number: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        how = self.fields["how"]
        assert isinstance(how, forms.ChoiceField)
        how.choices = [c for c in Heard.choices if has_number or c[0] != Heard.PHONE]

    def heard(self) -> Heard:
        """What was chosen; only of a valid form."""
        return Heard(self.cleaned_data["how"])
