"""The fields by which a resident says how they may be reached safely (invariant 9)."""

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from intake.ask.conversation import Answer
from intake.ask.forms.page import PageForm
from intake.ask.opening_hours import parts_of_the_day
from intake.people.mail_slips import ask_about_slip, sure_field
from welzijn.core.contact_details import display_phone, phone_note
from welzijn.core.form_fields import CleanCharField, EmailAddressField
from welzijn.core.languages import own_names


class ContactFieldsForm(PageForm):
    """The contact fields that both ways of asking share."""

    def name_field(self, label: str, help_text: str) -> CleanCharField:
        """Return the field for the name to ask for."""
        return CleanCharField(
            label=label,
            help_text=help_text,
            max_length=120,
            required=False,
            widget=forms.TextInput(attrs={"class": "vd-width-md", "autocomplete": "name"}),
        )

    def add_times(self, label: str) -> None:
        """Add the parts of the day on which somebody calls; none chosen means any of them.

        One choice is none: then the field is left out.
        """
        names = {
            "morning": _("In de ochtend"),
            "afternoon": _("In de middag"),
            "evening": _("In de avond"),
        }
        offered = parts_of_the_day(self.front.hours)
        if len(offered) < 2:
            return
        self.fields["times"] = forms.MultipleChoiceField(
            label=label,
            choices=[(part, names[part]) for part in offered],
            required=False,
            widget=forms.CheckboxSelectMultiple(attrs={"class": "vd-options--inline"}),
            error_messages={
                "invalid_choice": _("Op dat moment belt er niemand. Kies uit de lijst.")
            },
        )
        self.without_optional("times")

    def add_email(self, label: str) -> None:
        """Add the address, and the hidden field that knows which slip was asked about."""
        self.fields["email"] = EmailAddressField(
            label=label,
            widget=forms.EmailInput(
                attrs={"autocomplete": "email", "spellcheck": "false", "class": "vd-width-md"}
            ),
            error_messages={
                "required": self.say(
                    _("Vul een e-mailadres in. Anders kunnen wij u niet mailen."),
                    _("Vul een e-mailadres in. Anders kunnen wij je niet mailen."),
                )
            },
        )
        self.fields["email_sure"] = sure_field()

    def ask_about_slip(self) -> None:
        """Ask about an address that looks like a slip; sent again unchanged, it is taken."""
        ask_about_slip(self)

    def may_field(self) -> forms.MultipleChoiceField:
        """Return the field for what a caller may do where others may hear it; default none."""
        return forms.MultipleChoiceField(
            label=self.say(
                _("Neemt u niet op, of neemt een ander op? Wat mogen wij dan doen?"),
                _("Neem je niet op, of neemt een ander op? Wat mogen wij dan doen?"),
            ),
            help_text=self.say(
                _("Vinkt u niets aan? Dan doen wij dat ook niet."),
                _("Vink je niets aan? Dan doen wij dat ook niet."),
            ),
            choices=[
                ("message", _("Een bericht inspreken")),
                ("who", _("Zeggen wie wij zijn")),
            ],
            required=False,
            widget=forms.CheckboxSelectMultiple,
            error_messages={"invalid_choice": _("Kies uit de lijst. Niets kiezen mag ook.")},
        )

    def add_language(self) -> None:
        """Add the fields for language and interpreter."""
        current = (get_language() or "nl")[:2]
        # Who reads the page in a language is asked about it, also where the partnership doesn't
        # name it: staff then know, and whether an interpreter is wished.
        codes = list(dict.fromkeys([*(self.partnership.languages or ["nl"]), current]))
        self.fields["language"] = forms.ChoiceField(
            label=_("In welke taal praten wij?"),
            choices=own_names(codes),
            required=False,
            widget=forms.Select(attrs={"class": "vd-width-md", "autocomplete": "off"}),
            error_messages={"invalid_choice": _("Kies een taal uit de lijst.")},
        )
        self.initial.setdefault("language", current)
        self.fields["interpreter"] = forms.BooleanField(
            label=_("Ik wil graag een tolk"), required=False
        )
        self.without_optional("language")

    @property
    def speaks_more(self) -> bool:
        """Whether the section with language and interpreter is shown open."""
        data = self.data if self.is_bound else self.initial
        language = data.get("language") or "nl"
        return language != "nl" or bool(data.get("interpreter"))

    def phone_note(self) -> str:
        """Return what was typed around the number; it is kept with when they may be called."""
        typed = self.data.get(self.add_prefix("phone"), "")
        return phone_note(typed) if self.cleaned_data.get("phone") else ""

    @classmethod
    def shown(cls, answer: Answer) -> dict[str, Any]:
        """Show the phone number as people write it, with what they wrote behind it."""
        shown = dict(answer)
        if shown.get("phone"):
            note = shown.get("times_note")
            shown["phone"] = display_phone(shown["phone"]) + (f" ({note})" if note else "")
        return shown
