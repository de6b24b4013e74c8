"""Choose the municipality and the quarter of a published report."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from referrals.reports.names import name_of_quarter


class ReportFilter(forms.Form):
    """The published report of a quarter."""

    UNKNOWN = "niet-bekend"

    gemeente = forms.ChoiceField(label=_("Gemeente"), required=False)
    kwartaal = forms.ChoiceField(label=_("Kwartaal"), required=False)

    def __init__(
        self,
        *args: Any,
        municipalities: Mapping[str, str],
        quarters: Sequence[date],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        choices = {
            "gemeente": [(code or self.UNKNOWN, name) for code, name in municipalities.items()],
            "kwartaal": [(q.isoformat(), name_of_quarter(q)) for q in quarters],
        }
        for name, values in choices.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = values
        if len(municipalities) == 1:
            del self.fields["gemeente"]
