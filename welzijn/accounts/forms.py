"""allauth's forms with our own labels."""

from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django import forms
from django.utils.translation import gettext_lazy as _


class AddKeyForm(AddWebAuthnForm):
    """Add a passkey or a security key; a passkey by default."""

    name = forms.CharField(
        label=_("Naam van de sleutel"),
        help_text=_("Zo herkent u hem later, bijvoorbeeld: laptop van het werk."),
        required=False,
    )
    passwordless = forms.BooleanField(
        label=_("Log hiermee in zonder wachtwoord (passkey)"),
        help_text=_("De sleutel vraagt dan om uw vingerafdruk, uw gezicht of een pincode."),
        required=False,
        initial=True,
    )


class NameKeyForm(EditWebAuthnForm):
    """Rename a key."""

    name = forms.CharField(label=_("Naam van de sleutel"))
