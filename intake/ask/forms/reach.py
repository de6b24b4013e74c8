"""How the resident may be reached, safely (invariant 9); and "Bel mij"."""

from typing import Any

from django import forms
from django.utils.translation import get_language, get_language_info
from django.utils.translation import gettext as _

from intake.ask.conversation import Answer, Step
from intake.ask.forms.page import PageForm
from welzijn.core.contact_details import can_receive_text, display_phone
from welzijn.core.form_fields import CleanCharField, CleanTextField, EmailAddressField, PhoneField

BY_CODE = "code"
WORDS_FOR_A_CALL = 2_000


class _ReachForm(PageForm):
    """The fields that both ways of asking share."""

    def name_field(self, label: str, help_text: str) -> CleanCharField:
        """The name to ask for."""
        return CleanCharField(
            label=label,
            help_text=help_text,
            max_length=120,
            required=False,
            widget=forms.TextInput(attrs={"class": "vd-width-md", "autocomplete": "name"}),
        )

    def times_field(self, label: str) -> forms.MultipleChoiceField:
        """Parts of the day; nothing chosen: it doesn't matter."""
        return forms.MultipleChoiceField(
            label=label,
            choices=[
                ("morning", _("In de ochtend")),
                ("afternoon", _("In de middag")),
                ("evening", _("In de avond")),
            ],
            required=False,
            widget=forms.CheckboxSelectMultiple(attrs={"class": "vd-options--inline"}),
            error_messages={"invalid_choice": _("Kies ochtend, middag of avond.")},
        )

    def may_field(self) -> forms.MultipleChoiceField:
        """What a caller may do where somebody else may hear it; nothing without a tick."""
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
        """Language and interpreter, where the partnership speaks more than one."""
        codes = list(self.partnership.languages) or ["nl"]
        current = (get_language() or "nl")[:2]
        self.fields["language"] = forms.ChoiceField(
            label=_("In welke taal praten wij?"),
            choices=[(code, _own_name(code)) for code in codes],
            required=False,
            widget=forms.Select(attrs={"class": "vd-width-md", "autocomplete": "off"}),
            error_messages={"invalid_choice": _("Kies een taal uit de lijst.")},
        )
        self.initial.setdefault("language", current if current in codes else codes[0])
        self.fields["interpreter"] = forms.BooleanField(
            label=_("Ik wil graag een tolk"), required=False
        )
        self.without_optional("language")

    @property
    def speaks_more(self) -> bool:
        """Whether the fold with language and interpreter stands open."""
        data = self.data if self.is_bound else self.initial
        language = data.get("language") or "nl"
        return language != "nl" or bool(data.get("interpreter"))

    @classmethod
    def shown(cls, answer: Answer) -> dict[str, Any]:
        """The phone number as people write it."""
        shown = dict(answer)
        if shown.get("phone"):
            shown["phone"] = display_phone(shown["phone"])
        return shown


def _own_name(code: str) -> str:
    try:
        return str(get_language_info(code)["name_local"]).capitalize()
    except KeyError:
        return code


class ContactForm(_ReachForm):
    """Ways, number, address, times, and what a caller may say. Nothing at all is a choice too."""

    page_template = "intake/ask/pages/contact.html"

    def build(self) -> None:
        """The ways first: they say which of the other fields are needed."""
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
        """A way without what it needs is an error at the field that is missing."""
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
            # What no way uses isn't looked at, so it can't be wrong either.
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
        """The ways with what they need; a number or address that no way uses is not kept."""
        kept = dict(self.cleaned_data)
        kept["ways"] = [way for way in kept["ways"] if way != BY_CODE]
        kept["by_code"] = not kept["ways"]
        return kept

    @classmethod
    def shown(cls, answer: Answer) -> dict[str, Any]:
        """The choice to look by code comes back as a tick."""
        shown = super().shown(answer)
        if answer.get("by_code"):
            shown["ways"] = [BY_CODE]
        return shown


class CallForm(_ReachForm):
    """ "Bel mij": a number, whom to ask for, when; and what somebody wants to say already."""

    def build(self) -> None:
        """The number first, because that is all that has to be there."""
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
        self.fields["times"] = self.times_field(
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
            # Somebody who began to write and would rather be called tells nothing twice.
            written = self.talk.answer(Step.WORDS).get("words", "")
            self.initial.setdefault("words", written[:WORDS_FOR_A_CALL])
        # One, and in a closed list: it keeps the page short, also in bytes.
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
        self.without_optional("name", "times", "may", "domain")

    def answer(self) -> Answer:
        """As on the other way: a list of life domains, of at most one here."""
        kept = dict(self.cleaned_data)
        domain = kept.pop("domain")
        return {**kept, "domains": [domain] if domain else []}

    @classmethod
    def shown(cls, answer: Answer) -> dict[str, Any]:
        """The one life domain back in its list."""
        shown = super().shown(answer)
        shown["domain"] = next(iter(answer.get("domains", [])), "")
        return shown
