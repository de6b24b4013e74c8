"""The desk's form: one page, in the order in which a conversation goes."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from intake.ask.forms.words import matched_words
from intake.danger import listening
from intake.people import contact_choices
from intake.people.models import AgeBand
from intake.questions.models import Question, SharingBasis
from intake.submission.submission import ContactChoices, Submission
from organisations.front_door.configuration import FrontDoor
from organisations.triage_hints.suggestions import Proposal
from welzijn.core.contact_details import phone_note
from welzijn.core.form_fields import (
    MAX_TEXT_LENGTH,
    AskedField,
    CleanCharField,
    EmailAddressField,
    PhoneField,
    PostcodeField,
    StaffTextField,
)

Channel = Question.Channel
DESK_CHANNELS = [
    (Channel.WALK_IN, _("inloop")),
    (Channel.PHONE, _("telefoon")),
    (Channel.OUTREACH, _("op straat of thuis")),
    (Channel.CHAT, _("chat")),
    (Channel.EMAIL, _("e-mail")),
    (Channel.LETTER, _("brief")),
]
ABOUT = [
    (Question.About.SELF, _("de vrager zelf")),
    (Question.About.CHILD, _("een kind van de vrager")),
    (Question.About.PARENT, _("vader of moeder van de vrager")),
    (Question.About.PARTNER, _("de partner van de vrager")),
    (Question.About.OTHER, _("iemand anders")),
]
AGES = [("", _("niet gevraagd")), *(choice for choice in AgeBand.choices if choice[0])]
HOW = {
    Channel.PHONE: SharingBasis.How.PHONE,
    Channel.LETTER: SharingBasis.How.PAPER,
    Channel.EMAIL: SharingBasis.How.PAPER,
}


OPENING = "opening_"


class DeskForm(forms.Form):
    """Everything the desk may record; only the resident's words are required."""

    submission_key = forms.UUIDField(widget=forms.HiddenInput)
    channel = forms.ChoiceField(
        label=_("Hoe komt de vraag binnen?"),
        choices=DESK_CHANNELS,
        initial=Channel.WALK_IN,
        widget=forms.RadioSelect(attrs={"class": "vd-options--inline"}),
    )
    words = StaffTextField(
        label=_("De vraag, in de woorden van de inwoner"),
        max_length=MAX_TEXT_LENGTH,
        widget=forms.Textarea(attrs={"rows": 4, "autofocus": True}),
        error_messages={"required": _("Schrijf op wat de inwoner vraagt. Een paar woorden mag.")},
    )
    danger = forms.BooleanField(
        label=_("Er is misschien gevaar"),
        required=False,
        help_text=_(
            "Direct gevaar: bel 112. Wie dienst heeft, krijgt bericht zodra u de vraag bewaart."
        ),
    )
    life_domains = forms.MultipleChoiceField(
        label=_("Waar gaat het over?"),
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "vd-options--inline"}),
    )
    name = CleanCharField(label=_("Naam"), required=False, max_length=120)
    phone = PhoneField(required=False)
    email = EmailAddressField(required=False)
    about = forms.ChoiceField(
        label=_("Het gaat over"),
        choices=ABOUT,
        initial=Question.About.SELF,
    )
    subject_knows = forms.ChoiceField(
        label=_("Weet die persoon ervan?"),
        choices=[("", _("niet gevraagd")), ("yes", _("ja")), ("no", _("nee"))],
        required=False,
    )
    age_band = forms.ChoiceField(
        label=_("Leeftijd van die persoon"),
        choices=AGES,
        required=False,
    )
    postcode = PostcodeField(required=False)
    neighbourhood = forms.ChoiceField(label=_("Wijk of kern"), required=False)
    ways = forms.MultipleChoiceField(
        label=_("Hoe mogen wij contact opnemen?"),
        choices=contact_choices.WAYS,
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "vd-options--inline"}),
    )
    may_leave_message = AskedField(label=_("Bericht inspreken mag"))
    may_say_who = AskedField(label=_("Wij mogen zeggen wie wij zijn"))
    times = forms.MultipleChoiceField(
        label=_("Wanneer het beste?"),
        choices=contact_choices.PARTS_OF_THE_DAY,
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "vd-options--inline"}),
    )
    language = forms.ChoiceField(label=_("Taal"), required=False)
    interpreter = forms.BooleanField(label=_("Een tolk is nodig"), required=False)

    def __init__(
        self,
        *args: Any,
        front: FrontDoor,
        languages: list[tuple[str, str]],
        openings: Sequence[Mapping[str, str]] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self._openings = [opening["question"] for opening in openings]
        for number, put in enumerate(self._openings):
            self.fields[f"{OPENING}{number}"] = StaffTextField(
                label=put,
                required=False,
                max_length=MAX_TEXT_LENGTH,
                widget=forms.Textarea(attrs={"rows": 2}),
            )
        for field in self.fields.values():
            field.says_optional = False  # type: ignore[attr-defined]
        self._choices("life_domains", [(d.slug, d.for_staff) for d in front.domains])
        self._choices(
            "neighbourhood",
            [("", _("volgt uit de postcode")), *[(p.slug, p.name) for p in front.places]],
        )
        self._choices("language", languages)

    @property
    def openings(self) -> list[forms.BoundField]:
        """The opening questions of the partnership; each may be skipped."""
        return [self[f"{OPENING}{number}"] for number in range(len(self._openings))]

    def opening_was_answered(self) -> bool:
        """Whether one was answered: then they are not folded away."""
        return any(field.value() or field.errors for field in self.openings)

    def opening_answers(self) -> tuple[tuple[str, str], ...]:
        """Return each opening question that was answered, with its answer."""
        told = [
            (put, self.cleaned_data.get(f"{OPENING}{number}", ""))
            for number, put in enumerate(self._openings)
        ]
        return tuple((put, answer) for put, answer in told if answer)

    def says_more(self) -> bool:
        """Whether times, language or interpreter were filled in: then they are not folded away."""
        return (
            bool(self["times"].value())
            or bool(self["interpreter"].value())
            or self["language"].value() not in ("", "nl", None)
            or any(self[name].errors for name in ("times", "language", "interpreter"))
        )

    def _choices(self, name: str, choices: list[tuple[Any, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def propose(self, proposals: Sequence[Proposal]) -> None:
        """Put suggested life domains first, with the words that suggest them.

        Nothing is ticked: the desk worker chooses.
        """
        names: dict[str, str] = dict(self.fields["life_domains"].choices)  # type: ignore[attr-defined]
        first = [(p.slug, reasoned(names[p.slug], p)) for p in proposals if p.slug in names]
        if first:
            proposed = {slug for slug, _text in first}
            rest = [(slug, name) for slug, name in names.items() if slug not in proposed]
            self._choices(
                "life_domains", [(_("Misschien is het dit"), first), (_("Of iets anders"), rest)]
            )

    def clean(self) -> dict[str, Any]:
        """Require the number or address that each chosen way needs."""
        cleaned: dict[str, Any] = super().clean() or {}
        contact_choices.require_for_ways(self)
        return cleaned

    def may_mean_danger(self) -> bool:
        """Whether the recorded words may mean danger; that decides nothing by itself."""
        return bool(self._kinds())

    def _kinds(self) -> list[str]:
        """Return the kinds of danger in all that was typed, also beside a name or number."""
        c = self.cleaned_data
        note = phone_note(self.data.get(self.add_prefix("phone"), "")) if c["phone"] else ""
        answers = [answer for _put, answer in self.opening_answers()]
        return listening.kinds_in([c["words"], c["name"], note, *answers])

    def to_submission(
        self,
        *,
        shares: bool | None = None,
        shares_with: str = "",
        how: SharingBasis.How | None = None,
    ) -> Submission:
        """Return the entered values as a submission. Call only after `is_valid()`."""
        c = self.cleaned_data
        channel = Question.Channel(c["channel"])
        ways = tuple(c["ways"])
        if not ways and c["phone"]:
            ways = ("phone",)
        return Submission(
            submission_key=UUID(str(c["submission_key"])),
            channel=channel,
            words=c["words"],
            opening_answers=self.opening_answers(),
            about=c["about"],
            subject_knows=c["subject_knows"] if c["about"] != Question.About.SELF else "",
            age_band=c["age_band"],
            life_domains=tuple(c["life_domains"]),
            postcode=c["postcode"],
            neighbourhood=c["neighbourhood"],
            danger=c["danger"],
            maybe_danger=self.may_mean_danger(),
            danger_kinds=tuple(self._kinds()),
            name=c["name"],
            reach=ContactChoices(
                phone=c["phone"],
                email=c["email"],
                ways=ways,
                may_leave_message=c["may_leave_message"],
                may_say_who=c["may_say_who"],
                no_post=False if "post" in ways else None,
                times=tuple(c["times"]),
                times_note=phone_note(self.data.get(self.add_prefix("phone"), ""))
                if c["phone"]
                else "",
                language=c["language"] or "nl",
                interpreter=c["interpreter"],
            ),
            shares=shares,
            shares_with=shares_with,
            shared_how=how or HOW.get(channel, SharingBasis.How.SPOKEN),
        )


class NewCodeForm(forms.Form):
    """What a resident who lost their code tells the desk."""

    reference = CleanCharField(
        label=_("Kenmerk"),
        max_length=20,
        help_text=_("Staat op het kaartje, bijvoorbeeld BK7M-4PQ9."),
        widget=forms.TextInput(attrs={"class": "vd-width-sm", "autocomplete": "off"}),
    )
    detail = CleanCharField(
        label=_("Telefoonnummer, e-mailadres of naam die de inwoner toen gaf"),
        max_length=254,
        required=False,
        help_text=_("Vraag ernaar. Noem zelf niets. Zegt de inwoner dat hij niets gaf? Laat leeg."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    present = forms.BooleanField(
        label=_("De inwoner staat zelf aan de balie"),
        error_messages={
            "required": _("Alleen aan de balie. Geef nooit een code aan iemand die belt.")
        },
    )


def reasoned(name: str, proposal: Proposal) -> str:
    """Return a proposed life domain with the words that suggest it, if they may be said."""
    words = matched_words(proposal.words)
    return format_html("{} ({})", name, words) if words else name
