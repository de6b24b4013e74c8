"""Which part of the access log a privacy officer draws a sample from."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from intake import codes
from organisations.models import Organisation, Partnership
from referrals.log_sample import Chosen
from welzijn.audit.models import AccessEvent
from welzijn.forms import CleanCharField, DayInput


class SampleForm(forms.Form):
    """A period, and perhaps one organisation, one kind of look or one question."""

    van = forms.DateField(label=_("Van"), required=False, widget=DayInput())
    tot = forms.DateField(label=_("Tot en met"), required=False, widget=DayInput())
    organisatie: forms.ModelChoiceField[Any] = forms.ModelChoiceField(
        label=_("Organisatie"), queryset=None, required=False, empty_label=_("Alle organisaties")
    )
    actie = forms.ChoiceField(
        label=_("Wat"),
        required=False,
        choices=[("", _("Alles")), *AccessEvent.Action.choices],
    )
    kenmerk = CleanCharField(label=_("Kenmerk"), max_length=20, required=False)

    def __init__(self, *args: Any, partnership: Partnership, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["organisatie"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = Organisation.objects.filter(
            participations__partnership=partnership
        ).order_by("name")

    def chosen(self) -> Chosen:
        """What was asked for; the last thirty days where no period was given."""
        today = timezone.localdate()
        asked = self.cleaned_data if self.is_bound and self.is_valid() else {}
        until = asked.get("tot") or today
        return Chosen(
            since=asked.get("van") or until - timedelta(days=30),
            until=until,
            organisation=asked.get("organisatie"),
            action=asked.get("actie") or "",
            reference=codes.clean_reference(asked.get("kenmerk") or ""),
        )
