"""Forms of who keeps services."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from organisations.directory.models import Service
from organisations.services import maintenance
from welzijn.core.form_fields import set_choice_messages

MOST_PLACES = 1_000_000
MOST_WEEKS = 250


class RoomForm(forms.Form):
    """How many places, and how long it takes."""

    capacity = forms.IntegerField(
        label=_("Plaatsen"),
        required=False,
        min_value=0,
        max_value=MOST_PLACES,
        help_text=_("Zoveel vragen passen er tegelijk in. Leeg: geen grens. 0: geen plek."),
    )
    waiting_weeks = forms.IntegerField(
        label=_("Wachttijd in weken"),
        required=False,
        min_value=0,
        max_value=MOST_WEEKS,
        help_text=_("Leeg of 0: geen wachtlijst."),
    )

    def clean_waiting_weeks(self) -> int:
        """Read an empty field as no waiting list."""
        return self.cleaned_data.get("waiting_weeks") or 0


class MaintainerForm(forms.Form):
    """Who keeps a service, and where more can be read."""

    keeper: forms.ModelChoiceField[Any] = forms.ModelChoiceField(
        label=_("Wie houdt dit bij?"),
        queryset=None,
        required=False,
        empty_label=_("Niemand: vraag het de coördinator"),
    )
    url = forms.URLField(label=_("Website"), required=False, max_length=200, assume_scheme="https")

    def __init__(self, *args: Any, service: Service, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["keeper"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = maintenance.possible_maintainers(service.partnership, service)
        set_choice_messages(self)
