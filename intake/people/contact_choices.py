"""The choices of a contact wish on forms of staff, and what a chosen way needs."""

from django import forms
from django.utils.translation import gettext_lazy as _

WAYS = [("phone", _("bellen")), ("sms", _("sms")), ("email", _("e-mail")), ("post", _("post"))]
PARTS_OF_THE_DAY = [("morning", _("ochtend")), ("afternoon", _("middag")), ("evening", _("avond"))]

_NEEDS = {
    "phone": ("phone", _("Vul een nummer in, of kies niet voor bellen of sms.")),
    "sms": ("phone", _("Vul een nummer in, of kies niet voor bellen of sms.")),
    "email": ("email", _("Vul een e-mailadres in, of kies niet voor e-mail.")),
}


def require_for_ways(form: forms.Form) -> None:
    """Add an error to the field of a number or address that a chosen way needs; from `clean`."""
    for way in form.cleaned_data.get("ways") or []:
        name, text = _NEEDS.get(way, ("", ""))
        if name and not form.cleaned_data.get(name) and name not in form.errors:
            form.add_error(name, text)
