"""How the resident may be reached, safely (invariant 9)."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _

from intake.ask.conversation import Answer
from intake.ask.forms.contact_fields import ContactFieldsForm
from welzijn.core.contact_details import can_receive_text
from welzijn.core.form_fields import EmailAddressField, PhoneField

BY_CODE = "code"


class ContactForm(ContactFieldsForm):
    """Ways, number, address, times, and what a caller may say; not being contacted is a choice."""

    page_template = "intake/ask/pages/contact.html"
    picture = "bellen"

    def build(self) -> None:
        """Add the fields, the ways first: they determine which others are needed."""
        self.fields["ways"] = forms.MultipleChoiceField(
            label=self.say(_("Hoe mogen wij u bereiken?"), _("Hoe mogen wij je bereiken?")),
            help_text=self.say(
                _("Kies wat voor u veilig is. Leest een ander mee? Kies dan iets anders."),
                _("Kies wat voor jou veilig is. Leest een ander mee? Kies dan iets anders."),
            ),
            choices=[
                ("phone", _("Bel mij")),
                ("sms", _("Stuur een sms")),
                ("email", _("Stuur een mail")),
                (BY_CODE, _("Liever niet. Ik kijk zelf met mijn code")),
            ],
            required=False,
            widget=forms.CheckboxSelectMultiple,
            error_messages={"invalid_choice": _("Kies uit de lijst.")},
        )
        self.question("ways")
        self.fields["phone"] = PhoneField(
            required=False,
            widget=forms.TextInput(
                attrs={"type": "tel", "autocomplete": "tel", "class": "vd-width-md"}
            ),
        )
        self.fields["email"] = EmailAddressField(
            required=False,
            widget=forms.EmailInput(
                attrs={"autocomplete": "email", "spellcheck": "false", "class": "vd-width-md"}
            ),
        )
        self.fields["email"].help_text = _(
            "In een mail of sms zeggen wij alleen dat er nieuws is. Nooit waar het over gaat."
        )
        self.fields["name"] = self.name_field(
            self.say(_("Hoe mogen wij u noemen?"), _("Hoe mogen wij je noemen?")),
            self.say(
                _("U hoeft uw naam niet te zeggen. Alleen een voornaam mag ook."),
                _("Je hoeft je naam niet te zeggen. Alleen een voornaam mag ook."),
            ),
        )
        self.fields["times"] = self.times_field(
            self.say(_("Wanneer mogen wij u bellen?"), _("Wanneer mogen wij je bellen?"))
        )
        self.fields["may"] = self.may_field()
        self.fields["no_post"] = forms.BooleanField(
            label=_("Stuur mij geen post"), required=False, initial=True
        )
        self.initial.setdefault("no_post", True)
        self.add_language()
        self.without_optional("ways", "phone", "email", "name", "times", "may")

    def clean(self) -> None:
        """Report a missing number or address at its own field."""
        if "ways" in self.errors:
            return
        ways = self.cleaned_data.get("ways", [])
        if BY_CODE in ways and len(ways) > 1:
            self.add_error(
                "ways",
                self.say(
                    _("Kies hoe wij u bereiken, of kies dat u zelf kijkt. Niet allebei."),
                    _("Kies hoe wij je bereiken, of kies dat je zelf kijkt. Niet allebei."),
                ),
            )
            return
        if not ways:
            self.add_error("ways", self._nothing_chosen())
        else:
            # A field that no chosen way uses is ignored, with its errors.
            unused = {"phone": not {"phone", "sms"} & set(ways), "email": "email" not in ways}
            for name in (name for name, is_unused in unused.items() if is_unused):
                self.errors.pop(name, None)
                self.cleaned_data[name] = ""
        phone, email = self.cleaned_data.get("phone"), self.cleaned_data.get("email")
        if {"phone", "sms"} & set(ways) and not phone and "phone" not in self.errors:
            self.add_error(
                "phone",
                self.say(
                    _("Vul een telefoonnummer in. Anders kunnen wij u niet bellen."),
                    _("Vul een telefoonnummer in. Anders kunnen wij je niet bellen."),
                ),
            )
        if "sms" in ways and phone and not can_receive_text(phone):
            self.add_error(
                "phone", _("Naar dit nummer gaat geen sms. Vul een nummer in dat begint met 06.")
            )
        if "email" in ways and not email and "email" not in self.errors:
            self.add_error(
                "email",
                self.say(
                    _("Vul een e-mailadres in. Anders kunnen wij u niet mailen."),
                    _("Vul een e-mailadres in. Anders kunnen wij je niet mailen."),
                ),
            )

    def _nothing_chosen(self) -> str:
        if self.cleaned_data.get("phone") or self.cleaned_data.get("email"):
            return self.say(
                _("Kies of wij u mogen bellen, sms'en of mailen."),
                _("Kies of wij je mogen bellen, sms'en of mailen."),
            )
        return self.say(
            _("Kies hoe wij u mogen bereiken. Of kies dat u zelf kijkt met uw code."),
            _("Kies hoe wij je mogen bereiken. Of kies dat je zelf kijkt met je code."),
        )

    def answer(self) -> Answer:
        """Return the ways with what they need; an unused number or address is not kept."""
        kept = dict(self.cleaned_data)
        kept["ways"] = [way for way in kept["ways"] if way != BY_CODE]
        kept["by_code"] = not kept["ways"]
        kept["times_note"] = self.phone_note()
        return kept

    @classmethod
    def shown(cls, answer: Answer) -> dict[str, Any]:
        """Show the choice to look with the code as a tick."""
        shown = super().shown(answer)
        if answer.get("by_code"):
            shown["ways"] = [BY_CODE]
        return shown
