"""The form that puts a question in the list with its reference and code."""

from django import forms
from django.utils.translation import gettext_lazy as _

from welzijn.core.form_fields import CleanCharField


class LinkForm(forms.Form):
    """Reference and code, once."""

    reference = CleanCharField(
        label=_("Uw kenmerk"),
        max_length=40,
        help_text=_("Acht letters en cijfers, bijvoorbeeld BK7M-4PQ9."),
        error_messages={"required": _("Vul uw kenmerk in. Het staat op uw kaartje.")},
        widget=forms.TextInput(
            attrs={
                "class": "vd-width-sm",
                "autocomplete": "off",
                "autocapitalize": "characters",
                "spellcheck": "false",
            }
        ),
    )
    code = CleanCharField(
        label=_("Uw code"),
        max_length=40,
        help_text=_("Negen cijfers."),
        error_messages={"required": _("Vul uw code in. Dat zijn negen cijfers.")},
        widget=forms.TextInput(
            attrs={"class": "vd-width-sm", "autocomplete": "off", "inputmode": "numeric"}
        ),
    )
