"""Forms that put right what is known of a person, for staff and for the resident."""

from typing import Any, cast

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from intake.ask.opening_hours import parts_of_the_day
from intake.desk.forms import ABOUT, AGES
from intake.people import contact_choices, details
from intake.people.details import Details
from intake.people.mail_slips import ask_about_slip, sure_field
from intake.questions.models import Question
from organisations.front_door import configuration as front_door
from organisations.front_door.configuration import FrontDoor
from referrals.person_details import services
from referrals.person_details.sentences import Heard
from referrals.person_details.services import SubjectDetails
from welzijn.core.contact_details import can_receive_text, display_phone, phone_note
from welzijn.core.form_fields import (
    AskedField,
    CleanCharField,
    EmailAddressField,
    PhoneField,
    PostcodeField,
)
from welzijn.core.languages import own_names

NOTE_LENGTH = 200  # of `ContactWish.times_note`


def _inline() -> forms.CheckboxSelectMultiple:
    return forms.CheckboxSelectMultiple(attrs={"class": "vd-options--inline"})


class _CorrectionForm(forms.Form):
    """A form that knows what it showed, so that a colleague's change is never undone."""

    seen = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.says_optional = False  # type: ignore[attr-defined]

    def show_again(self, seen: str) -> None:
        """After somebody else changed it: what was typed stays, to be saved over what is known."""
        typed = cast(QueryDict, self.data).copy()
        typed[self.add_prefix("seen")] = seen
        self.data = typed


class ReachForm(_CorrectionForm):
    """How the resident may be reached."""

    name = CleanCharField(label=_("Uw naam"), required=False, max_length=120)
    called = CleanCharField(
        label=_("Hoe mogen wij u noemen?"),
        required=False,
        max_length=60,
        help_text=_("Bijvoorbeeld uw voornaam, of mevrouw met uw achternaam."),
    )
    ways = forms.MultipleChoiceField(
        label=_("Hoe mogen wij u bereiken?"),
        choices=[
            ("phone", _("Bel mij")),
            ("sms", _("Stuur een sms")),
            ("email", _("Stuur een mail")),
            ("post", _("Stuur een brief")),
        ],
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Kiest u niets? Dan kijkt u zelf met uw code."),
    )
    phone = PhoneField(required=False)
    email = EmailAddressField(required=False)
    email_sure = sure_field()
    post = CleanCharField(
        label=_("Postadres"),
        required=False,
        max_length=254,
        help_text=_("Straat, huisnummer, postcode en plaats."),
    )
    may_leave_message = AskedField(label=_("Mogen wij een bericht inspreken?"))
    may_say_who = AskedField(label=_("Mogen wij zeggen wie wij zijn?"))
    times = forms.MultipleChoiceField(
        label=_("Wanneer mogen wij u bellen?"),
        choices=contact_choices.PARTS_OF_THE_DAY,
        required=False,
        widget=_inline(),
    )
    times_note = CleanCharField(
        label=_("Wilt u daar iets bij zeggen?"), required=False, max_length=NOTE_LENGTH
    )
    language = forms.ChoiceField(label=_("In welke taal praten wij?"), required=False)
    interpreter = forms.BooleanField(label=_("Met een tolk"), required=False)

    def __init__(self, *args: Any, question: Question, **kwargs: Any) -> None:
        self.known = known = details.known(question.asker)
        shown = {**known, "phone": display_phone(known["phone"]) if known["phone"] else ""}
        kwargs["initial"] = {**shown, "seen": services.seen_person(question)}
        super().__init__(*args, **kwargs)
        language = self.fields["language"]
        assert isinstance(language, forms.ChoiceField)
        codes = dict.fromkeys([known["language"], *question.partnership.languages])
        language.choices = own_names(list(codes))

    def clean(self) -> dict[str, Any]:
        """Require what a chosen way needs."""
        given = super().clean() or {}
        contact_choices.require_for_ways(self)
        ask_about_slip(self)
        ways = given.get("ways") or []
        if "post" in ways and not given.get("post") and "post" not in self.errors:
            self.add_error("post", _("Vul een postadres in, of kies niet voor post."))
        phone = given.get("phone")
        if "sms" in ways and phone and not can_receive_text(phone):
            self.add_error(
                "phone", _("Naar dit nummer gaat geen sms. Vul een nummer in dat begint met 06.")
            )
        return given

    def changes(self) -> Details:
        """Return what was filled in. Call only after `is_valid()`."""
        given = dict(self.cleaned_data)
        for name in ("seen", "heard", "sure", "email_sure"):
            given.pop(name, None)
        given["language"] = given["language"] or "nl"
        given["no_post"] = self._no_post(given["ways"])
        given["times_note"] = self._times_note(given["phone"], given["times_note"])
        return Details(**given)  # type: ignore[typeddict-item]

    def _no_post(self, ways: list[str]) -> bool | None:
        """Return the wish about post: the form asks for ways only, so else it stays as it was."""
        if "post" in ways:
            return False
        return True if "post" in self.known["ways"] else self.known["no_post"]

    def _times_note(self, phone: str, note: str) -> str:
        """Return the note about times, with what was typed around the number ("na 18 uur")."""
        beside = phone_note(self.data.get(self.add_prefix("phone"), "")) if phone else ""
        if not beside or beside in note:
            return note
        return f"{note}, {beside}".removeprefix(", ")[:NOTE_LENGTH]


def _heard() -> forms.ChoiceField:
    return forms.ChoiceField(
        label=_("Waar hoorde u dit?"),
        choices=Heard.choices,
        widget=forms.RadioSelect(attrs={"class": "vd-options--inline"}),
        error_messages={"required": _("Kies waar u dit hoorde.")},
    )


class OwnForm(ReachForm):
    """How the resident may be reached, by themselves.

    Another number or address, or none, is confirmed: whoever slips is not reached any more.
    """

    sure = forms.BooleanField(label=_("Ja, dit klopt"), required=False)

    def __init__(self, *args: Any, question: Question, **kwargs: Any) -> None:
        super().__init__(*args, question=question, **kwargs)
        offered = parts_of_the_day(front_door.of(question.partnership).hours)
        times = self.fields["times"]
        assert isinstance(times, forms.MultipleChoiceField)
        # What was chosen before nobody called then stays to be seen and taken back.
        times.choices = [
            (part, name)
            for part, name in contact_choices.PARTS_OF_THE_DAY
            if part in offered or part in self.known["times"]
        ]
        self.order_fields(["sure"])
        if not self.data.get(self.add_prefix("sure")):
            self.fields["sure"].widget = forms.HiddenInput()

    def clean(self) -> dict[str, Any]:
        """Ask whether a change that matters is right, once nothing else is wrong."""
        given = super().clean()
        sure = given.pop("sure", False)
        doubt = "" if sure or self.errors else self._doubt(given)
        if doubt:
            self.fields["sure"].widget = forms.CheckboxInput()
            self.add_error("sure", doubt)
        return given

    def _doubt(self, given: dict[str, Any]) -> str:
        """Return what will change, where a mistake would cut off the contact."""
        ways = given.get("ways") or []
        if not ways and self.known["ways"]:
            return str(
                _("Dan bellen of mailen wij u niet meer. U kijkt zelf met uw code. Klopt dat?")
            )
        phone, email = given.get("phone") or "", given.get("email") or ""
        if {"phone", "sms"} & set(ways) and self.known["phone"] not in ("", phone):
            return _("Dan gebruiken wij voortaan {phone}. Klopt dat nummer?").format(
                phone=display_phone(phone)
            )
        if "email" in ways and self.known["email"] not in ("", email):
            return _("Dan mailen wij u voortaan op {email}. Klopt dat adres?").format(email=email)
        return ""


class PersonForm(ReachForm):
    """The same, by staff: with where they heard it."""

    heard = _heard()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        labels = {
            "name": _("Naam"),
            "called": _("Aanspreken als"),
            "ways": _("Hoe mogen wij contact opnemen?"),
            "may_leave_message": _("Bericht inspreken mag"),
            "may_say_who": _("Wij mogen zeggen wie wij zijn"),
            "times": _("Wanneer het beste?"),
            "times_note": _("Opmerking bij de tijden"),
            "language": _("Taal"),
            "interpreter": _("Een tolk is nodig"),
        }
        for name, label in labels.items():
            self.fields[name].label = label
        for name in ("called", "ways"):
            self.fields[name].help_text = ""
        ways = self.fields["ways"]
        assert isinstance(ways, forms.MultipleChoiceField)
        ways.widget = _inline()
        ways.choices = contact_choices.WAYS


class SubjectForm(_CorrectionForm):
    """Whom and what a question is about, by staff."""

    about = forms.ChoiceField(
        label=_("Het gaat over"),
        choices=ABOUT,
    )
    subject_name = CleanCharField(label=_("Naam van die persoon"), required=False, max_length=120)
    age_band = forms.ChoiceField(
        label=_("Leeftijd van die persoon"),
        choices=AGES,
        required=False,
    )
    postcode = PostcodeField(required=False)
    neighbourhood = forms.ChoiceField(label=_("Wijk of kern"), required=False)
    life_domains = forms.MultipleChoiceField(
        label=_("Waar gaat het over?"), required=False, widget=_inline()
    )
    heard = _heard()

    def __init__(self, *args: Any, question: Question, front: FrontDoor, **kwargs: Any) -> None:
        self.known = services.subject_details(question)
        kwargs["initial"] = {**self.known, "seen": services.seen_subject(question)}
        super().__init__(*args, **kwargs)
        if not services.names_subject(question):
            del self.fields["subject_name"]
        places = [("", _("volgt uit de postcode")), *[(p.slug, p.name) for p in front.places]]
        domains = [(d.slug, d.for_staff) for d in front.domains]
        for name, choices in (("neighbourhood", places), ("life_domains", domains)):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = choices

    def changes(self) -> SubjectDetails:
        """Return what was filled in. Call only after `is_valid()`."""
        given = self.cleaned_data
        return SubjectDetails(
            about=given["about"],
            subject_name=given.get("subject_name", self.known["subject_name"]),
            age_band=given["age_band"],
            postcode=given["postcode"],
            neighbourhood=given["neighbourhood"],
            life_domains=sorted(given["life_domains"]),
        )
