"""The form with which a worker links two questions of one household."""

from django import forms
from django.utils.translation import gettext_lazy as _

from referrals.casework_base.forms import HEARD, CaseForm
from welzijn.core.form_fields import CleanCharField


class LinkForm(CaseForm):
    """Another question of the same household, and how both askers consented."""

    reference = CleanCharField(
        label=_("Kenmerk van de andere vraag"),
        max_length=40,
        help_text=_("U kunt alleen vragen koppelen die u zelf mag lezen."),
        widget=forms.TextInput(attrs={"class": "vd-width-sm", "autocomplete": "off"}),
    )
    how = forms.ChoiceField(
        label=_("Hoe zeiden beide vragers ja?"), choices=HEARD, widget=forms.RadioSelect
    )
