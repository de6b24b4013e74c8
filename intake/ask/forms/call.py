""" "Bel mij": the form of somebody who asks to be called."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _

from intake.ask.conversation import Answer, Step
from intake.ask.forms.contact_fields import ContactFieldsForm
from welzijn.core.form_fields import CleanTextField, PhoneField

WORDS_FOR_A_CALL = 2_000


class CallForm(ContactFieldsForm):
    """ "Bel mij": a number, whom to ask for, when; and optionally a few words."""

    def build(self) -> None:
        """Add the fields, the number first: it is the only required one."""
        self.fields["phone"] = PhoneField(
            label=self.say(
                _("Op welk nummer kunnen wij u bellen?"), _("Op welk nummer kunnen wij je bellen?")
            ),
            widget=forms.TextInput(
                attrs={"type": "tel", "autocomplete": "tel", "class": "vd-width-md"}
            ),
            error_messages={
                "required": self.say(
                    _("Vul een telefoonnummer in. Anders kunnen wij u niet bellen."),
                    _("Vul een telefoonnummer in. Anders kunnen wij je niet bellen."),
                )
            },
        )
        self.fields["name"] = self.name_field(
            _("Naar wie vragen wij?"),
            self.say(
                _("Alleen een voornaam mag ook. U hoeft uw naam niet te zeggen."),
                _("Alleen een voornaam mag ook. Je hoeft je naam niet te zeggen."),
            ),
        )
        self.add_times(
            self.say(_("Wanneer kunnen wij u bellen?"), _("Wanneer kunnen wij je bellen?"))
        )
        self.fields["may"] = self.may_field()
        self.fields["words"] = CleanTextField(
            label=self.say(_("Wilt u al iets vertellen?"), _("Wil je al iets vertellen?")),
            help_text=_("Een paar woorden is genoeg."),
            max_length=WORDS_FOR_A_CALL,
            required=False,
            widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off"}),
        )
        if not self.kept:
            # Take over the words of somebody who began to write but would rather be called.
            written = self.conversation.answer(Step.WORDS).get("words", "")
            self.initial.setdefault("words", written[:WORDS_FOR_A_CALL])
        # One choice in a select keeps the page short and light.
        self.fields["domain"] = forms.ChoiceField(
            label=_("Waar gaat het over?"),
            required=False,
            choices=[
                ("", _("Dat weet ik nog niet")),
                *((domain.slug, self.own(domain.name)) for domain in self.front.domains),
            ],
            widget=forms.Select(attrs={"class": "vd-width-md", "autocomplete": "off"}),
            error_messages={"invalid_choice": _("Kies uit de lijst. Niets kiezen mag ook.")},
        )
        self.add_language()
        self.ask_about_danger()
        self.without_optional("name", "may", "domain")

    def answer(self) -> Answer:
        """Return the answers, with the life domain as a list of at most one."""
        kept = dict(self.cleaned_data)
        domain = kept.pop("domain")
        note = self.phone_note()
        return {"times": [], **kept, "domains": [domain] if domain else [], "times_note": note}

    @classmethod
    def shown(cls, answer: Answer) -> dict[str, Any]:
        """Show the one life domain as chosen."""
        shown = super().shown(answer)
        shown["domain"] = next(iter(answer.get("domains", [])), "")
        return shown
