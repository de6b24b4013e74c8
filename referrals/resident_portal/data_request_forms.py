"""Forms of the privacy officer for a resident's request about their data."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from referrals.privacy.forms import WithReference
from referrals.privacy.models import DataRequest
from welzijn.core.form_fields import DayField, StaffTextField


class RequestForm(WithReference):
    """Which question, what is asked, since when, and how the resident was identified."""

    kind = forms.ChoiceField(label=_("Wat vraagt de inwoner?"), choices=DataRequest.Kind.choices)
    proof = forms.ChoiceField(
        label=_("Hoe weet u dat het deze inwoner is?"), choices=DataRequest.Proof.choices
    )
    received_on = DayField(
        label=_("Wanneer kwam het verzoek binnen?"),
        help_text=_("Antwoord binnen een maand."),
        initial=timezone.localdate,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kenmerk"].required = True

    def clean_received_on(self) -> Any:
        """Refuse a day to come."""
        day = self.cleaned_data["received_on"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("Deze dag moet nog komen."))
        return day


class RefuseForm(forms.Form):
    """Why not, in words that the resident can be told."""

    reason = StaffTextField(
        label=_("Waarom niet?"),
        help_text=_("Bijvoorbeeld: de wet verplicht ons dit te bewaren."),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
