"""The form of a colleague's details."""

from django import forms
from django.utils.translation import gettext_lazy as _

from welzijn.core.form_fields import CleanCharField, EmailAddressField


class DetailsForm(forms.Form):
    """Name, function and mail address of a colleague."""

    name = CleanCharField(label=_("Naam"), max_length=120)
    function = CleanCharField(label=_("Functie"), max_length=120, required=False)
    email = EmailAddressField(
        label=_("E-mailadres"),
        help_text=_("Een ander adres geldt pas als een tweede collega het heeft goedgekeurd."),
    )
