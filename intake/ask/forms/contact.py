"""How the resident may be reached, safely (invariant 9): the way first, then what it needs."""

from email.utils import parseaddr
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _

from intake.ask.conversation import Answer, Step
from intake.ask.forms.contact_fields import ContactFieldsForm
from welzijn.core.contact_details import can_receive_text
from welzijn.core.form_fields import PhoneField

BY_CODE = "code"


def mail_sender() -> str:
    """Return the name that stands as the sender of a mail that doesn't say who we are."""
    name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    return name or address


class ContactForm(ContactFieldsForm):
    """The ways to be reached; not being contacted is a choice. What each needs comes after it."""

    page_template = "intake/ask/pages/contact.html"
    picture = "bellen"

    def build(self) -> None:
        """Add the ways."""
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
        self.without_optional("ways")

    def clean(self) -> None:
        """Require a choice, and not to be reached and not to be reached at once."""
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
        elif not ways:
            self.add_error(
                "ways",
                self.say(
                    _("Kies hoe wij u mogen bereiken. Of kies dat u zelf kijkt met uw code."),
                    _("Kies hoe wij je mogen bereiken. Of kies dat je zelf kijkt met je code."),
                ),
            )

    def answer(self) -> Answer:
        """Return the ways, in the order in which they are asked about."""
        ways = [way for way in self.cleaned_data["ways"] if way != BY_CODE]
        return {"ways": ways, "by_code": not ways}

    @classmethod
    def shown(cls, answer: Answer) -> dict[str, Any]:
        """Show the choice to look with the code as a tick."""
        shown = super().shown(answer)
        if answer.get("by_code"):
            shown["ways"] = [BY_CODE]
        return shown


class PhoneForm(ContactFieldsForm):
    """The number, when, and what a caller may say. Only what calling or a text needs."""

    def build(self) -> None:
        """Add the number; the times and what may be said where we may call."""
        self.ways = self.conversation.answer(Step.CONTACT).get("ways", [])
        # Also from an old tab, where the ways were forgotten meanwhile.
        calls = "phone" in self.ways or not self.ways
        self.fields["phone"] = PhoneField(
            label=self.say(
                _("Op welk nummer kunnen wij u bellen?"), _("Op welk nummer kunnen wij je bellen?")
            )
            if calls
            else self.say(
                _("Naar welk nummer mag de sms?"),
                _("Naar welk nummer mag de sms?"),
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
        self.question("phone")
        if calls:
            self.add_times(
                self.say(_("Wanneer mogen wij u bellen?"), _("Wanneer mogen wij je bellen?"))
            )
        self.fields["may"] = self.may_field()
        # Who is mailed as well is asked on that page, once for both.
        may = [] if "email" in self.ways else [("who", _("Zeggen wie wij zijn"))]
        if calls:
            may.insert(0, ("message", _("Een bericht inspreken")))
        else:
            self.fields["may"].label = _("Wat mag er in de sms staan?")
        self._choices_of("may", may)
        if not may:
            del self.fields["may"]

    def _choices_of(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = choices
        self.without_optional(name)

    def clean(self) -> None:
        """Report a number that gets no texts at its own field."""
        phone = self.cleaned_data.get("phone")
        if "sms" in self.ways and phone and not can_receive_text(phone):
            self.add_error(
                "phone", _("Naar dit nummer gaat geen sms. Vul een nummer in dat begint met 06.")
            )

    def answer(self) -> Answer:
        """Return the number with what was said of it."""
        return {"times": [], "may": [], **self.cleaned_data, "times_note": self.phone_note()}


class MailForm(ContactFieldsForm):
    """The address, and whether the mail may say who we are."""

    def build(self) -> None:
        """Add the address, and the two mails to choose from, as they will look."""
        ways = self.conversation.answer(Step.CONTACT).get("ways", [])
        self.add_email(
            self.say(
                _("Naar welk adres mogen wij u mailen?"), _("Naar welk adres mogen wij je mailen?")
            )
        )
        self.question("email")
        also = "phone" in ways or "sms" in ways
        self.fields["say_who"] = forms.ChoiceField(
            label=_("Mogen wij zeggen wie wij zijn?"),
            help_text=_("Dit geldt voor de mail, en ook als een ander de telefoon opneemt.")
            if also
            else _("Misschien leest een ander uw mail ook.")
            if not self.je
            else _("Misschien leest een ander je mail ook."),
            choices=[
                (
                    "yes",
                    self.say(
                        _("Ja. In de mail staat {name}, en een link. Nooit uw code."),
                        _("Ja. In de mail staat {name}, en een link. Nooit je code."),
                    ).format(name=self.partnership.name),
                ),
                (
                    "no",
                    _("Nee. De mail komt van {sender}. Er staat alleen: er is nieuws.").format(
                        sender=mail_sender()
                    ),
                ),
            ],
            required=False,
            widget=forms.RadioSelect,
            error_messages={"invalid_choice": _("Kies ja of nee. Nee mag ook.")},
        )
        self.without_optional("say_who")

    def clean(self) -> None:
        """Ask about an address that looks like a slip, once."""
        self.ask_about_slip()


class NameForm(ContactFieldsForm):
    """What to call them, and in which language."""

    page_template = "intake/ask/pages/name.html"

    def build(self) -> None:
        """Add name, post and language; all may stay empty."""
        self.fields["name"] = self.name_field(
            self.say(_("Hoe mogen wij u noemen?"), _("Hoe mogen wij je noemen?")),
            self.say(
                _("U hoeft uw naam niet te zeggen. Alleen een voornaam mag ook."),
                _("Je hoeft je naam niet te zeggen. Alleen een voornaam mag ook."),
            ),
        )
        self.question("name")
        self.fields["no_post"] = forms.BooleanField(
            label=_("Stuur mij geen post"), required=False, initial=True
        )
        self.initial.setdefault("no_post", True)
        self.add_language()
        self.without_optional("name")
