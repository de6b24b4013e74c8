"""Asking a colleague elsewhere for advice, and answering."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from organisations.directory.models import Organisation
from referrals.casework_base.forms import SHORT, PersonFreeField, WithoutPersonForm, rows
from welzijn.core.form_fields import StaffTextField


class ConsultForm(WithoutPersonForm):
    """A question to a colleague elsewhere."""

    person_free = "text"
    to = forms.ModelChoiceField(
        label=_("Met wie wilt u overleggen?"),
        queryset=Organisation.objects.none(),
        empty_label=_("Kies een organisatie"),
    )
    text = PersonFreeField(
        label=_("Uw vraag"),
        help_text=_("Zonder naam, nummer of adres. Uw collega ziet wel het leefgebied en de wijk."),
        max_length=SHORT,
        widget=rows(5),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("to", self.others())


class AnswerForm(forms.Form):
    """An answer to a colleague who knows who it is about; we don't."""

    text = StaffTextField(label=_("Uw antwoord"), widget=rows(5))
