"""Age band and postcode of the person it is about."""

from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from intake.ask.conversation import Answer
from intake.ask.forms.page import PageForm, subject_named
from intake.questions.models import Question
from organisations.front_door.places import Place
from organisations.routing.facts import AGE_BANDS
from welzijn.core.contact_details import display_postcode
from welzijn.core.form_fields import PostcodeField

UNKNOWN_PLACE = "weet-ik-niet"
# A separate value, so that nothing is ticked until somebody chooses.
RATHER_NOT = "liever-niet"


class PlaceForm(PageForm):
    """Both are optional; for a postcode in several neighbourhoods the resident may choose one.

    `chosen_for` is the postcode for which the choice was offered: the page is shown a second time
    only if there is something to choose.
    """

    page_template = "intake/ask/pages/place.html"
    picture = "plaats"

    def build(self) -> None:
        """Add age, postcode, and a choice of neighbourhood if the kept postcode needs one."""
        own = self.conversation.about == Question.About.SELF
        who = subject_named(self.conversation.about, je=self.je)
        self.fields["age_band"] = forms.ChoiceField(
            label=self.say(_("Hoe oud bent u?"), _("Hoe oud ben je?"))
            if own
            else _("Hoe oud is {who}?").format(who=who),
            choices=[
                *((band, capfirst(str(words))) for band, words in AGE_BANDS.items()),
                (RATHER_NOT, _("Dat zeg ik liever niet")),
            ],
            required=False,
            widget=forms.RadioSelect(attrs={"class": "vd-options--compact"}),
            error_messages={"invalid_choice": _("Kies een leeftijd uit de lijst.")},
        )
        self.fields["postcode"] = PostcodeField(
            label=self.say(_("Wat is uw postcode?"), _("Wat is je postcode?"))
            if own
            else _("Wat is de postcode van {who}?").format(who=who),
            help_text=self.say(
                _("Dan weten wij welk team bij u in de buurt werkt. Alleen de cijfers mag ook."),
                _("Dan weten wij welk team bij jou in de buurt werkt. Alleen de cijfers mag ook."),
            )
            if own
            else _("Dan weten wij welk team daar werkt. Alleen de cijfers mag ook."),
            required=False,
            widget=forms.TextInput(
                attrs={"class": "vd-width-sm", "autocomplete": "postal-code" if own else "off"}
            ),
        )
        self.without_optional("age_band")
        offered_for = str(self.data.get("chosen_for") or self.kept.get("postcode", ""))
        self.choices = self._choices(offered_for)
        if self.choices:
            self.fields["neighbourhood"] = forms.ChoiceField(
                label=_("Welke buurt is het?"),
                help_text=_(
                    "Deze postcode hoort bij meer buurten. Weet u het niet? Dat geeft niet."
                )
                if not self.je
                else _("Deze postcode hoort bij meer buurten. Weet je het niet? Dat geeft niet."),
                choices=[
                    *((place.slug, place.name) for place in self.choices),
                    (UNKNOWN_PLACE, _("Dat weet ik niet")),
                ],
                required=False,
                widget=forms.RadioSelect(attrs={"class": "vd-options--compact"}),
                error_messages={"invalid_choice": _("Kies een buurt uit de lijst.")},
            )
            self.fields["chosen_for"] = forms.CharField(required=False, widget=forms.HiddenInput)
            self.initial["chosen_for"] = offered_for
            self.without_optional("neighbourhood")
            if self.asks_only_where:
                self._ask_only_where()

    def _ask_only_where(self) -> None:
        """On the second showing, ask only for the neighbourhood, with the postcode below it."""
        self.question("neighbourhood")
        self.fields["age_band"].widget = forms.HiddenInput()
        self.order_fields(["neighbourhood", "postcode"])

    @property
    def asks_only_where(self) -> bool:
        """Whether this is the second showing, which only asks for the neighbourhood."""
        return bool(self.choices) and self.kept.get("settled") is False

    def _choices(self, postcode: str) -> tuple[Place, ...]:
        places = self.front.places_of(postcode) if postcode else ()
        return places if len(places) > 1 else ()

    @classmethod
    def shown(cls, answer: Answer) -> dict[str, Any]:
        """Show the postcode as people write it."""
        shown = dict(answer)
        if shown.get("postcode"):
            shown["postcode"] = display_postcode(shown["postcode"])
        if answer and not answer.get("age_band"):
            shown["age_band"] = RATHER_NOT
        if answer and not answer.get("neighbourhood"):
            shown["neighbourhood"] = UNKNOWN_PLACE if answer.get("settled") else None
        return shown

    def clean(self) -> None:
        """Drop a neighbourhood that was offered for another postcode."""
        if self.cleaned_data.get("chosen_for") != self.cleaned_data.get("postcode"):
            self.cleaned_data["neighbourhood"] = ""
            self.errors.pop("neighbourhood", None)
            self.errors.pop("chosen_for", None)

    @property
    def has_to_choose(self) -> bool:
        """Whether a choice of neighbourhood has yet to be offered."""
        postcode = self.cleaned_data.get("postcode", "")
        return bool(self._choices(postcode)) and self.cleaned_data.get("chosen_for") != postcode

    @property
    def is_outside_area(self) -> bool:
        """Whether the postcode is outside this partnership; allowed, but the page says so."""
        postcode = self.cleaned_data["postcode"]
        return bool(postcode and self.front.postcodes and not self.front.places_of(postcode))

    def answer(self) -> Answer:
        """Return age band, postcode, and the neighbourhood if one was chosen."""
        chosen = self.cleaned_data.get("neighbourhood") or ""
        age_band = self.cleaned_data["age_band"]
        return {
            "age_band": "" if age_band == RATHER_NOT else age_band,
            "postcode": self.cleaned_data["postcode"],
            "neighbourhood": "" if chosen == UNKNOWN_PLACE else chosen,
            "settled": not self.has_to_choose,
        }
