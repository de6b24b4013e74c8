"""Where the resident can be reached safely while there is danger."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _

from intake.people.forms_of_address import pick
from welzijn.core.contact_details import can_receive_text, display_phone
from welzijn.core.form_fields import CleanTextField, PhoneField

CALL, TEXT, NOT = "phone", "sms", "none"


class ReachForm(forms.Form):
    """Whether we may call or text, where, and what is good to know; nothing of it is needed."""

    def __init__(self, data: Any = None, *, je: bool, phone: str = "", way: str = "") -> None:
        super().__init__(data, initial={"phone": display_phone(phone) if phone else "", "way": way})
        self.je = je
        self.fields["way"] = forms.ChoiceField(
            label=pick(
                je,
                _("Is het veilig als wij u bellen of een sms sturen?"),
                _("Is het veilig als wij je bellen of een sms sturen?"),
            ),
            choices=[
                (CALL, _("Ja, bel mij")),
                (TEXT, _("Stuur alleen een sms")),
                (NOT, _("Nee, neem geen contact op")),
            ],
            required=False,
            widget=forms.RadioSelect,
            error_messages={"invalid_choice": _("Kies uit de lijst.")},
        )
        self.fields["phone"] = PhoneField(
            label=pick(
                je,
                _("Op welk nummer kunnen wij u bereiken?"),
                _("Op welk nummer kunnen wij je bereiken?"),
            ),
            required=False,
            widget=forms.TextInput(
                attrs={"type": "tel", "autocomplete": "tel", "class": "vd-width-md"}
            ),
        )
        self.fields["where"] = CleanTextField(
            label=pick(
                je,
                _("Waar bent u nu? Wat moeten wij weten?"),
                _("Waar ben je nu? Wat moeten wij weten?"),
            ),
            help_text=_("Leeg laten mag ook."),
            max_length=1_000,
            required=False,
            widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off"}),
        )
        for name in self.fields:
            self.fields[name].says_optional = False  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Require a number that fits the chosen way; without one nobody can call."""
        found: dict[str, Any] = super().clean() or {}
        way, phone = found.get("way"), found.get("phone")
        if way in ("", NOT):
            found["phone"] = ""
            self.errors.pop("phone", None)
        elif not phone and "phone" not in self.errors:
            self.add_error(
                "phone", _("Vul een telefoonnummer in. Of kies dat wij geen contact opnemen.")
            )
        elif way == TEXT and phone and not can_receive_text(phone):
            self.add_error(
                "phone", _("Naar dit nummer gaat geen sms. Vul een nummer in dat begint met 06.")
            )
        return found
