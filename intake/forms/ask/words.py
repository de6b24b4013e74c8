"""Their own words, and what it is about."""

from django import forms
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from intake.asking import Answer
from intake.forms.ask.page import PageForm
from organisations.front_door import FrontDoor
from welzijn.forms import CleanTextField

OPENING_ANSWER = 4_000  # characters; each of a partnership's opening questions


class WordsForm(PageForm):
    """The question in the resident's own words, with the opening questions of the partnership."""

    def build(self) -> None:
        """Words, then one field for each opening question, then the danger tick."""
        self.fields["words"] = CleanTextField(
            label=self.say(
                _("Vertel het in uw eigen woorden"), _("Vertel het in je eigen woorden")
            ),
            help_text=self.say(
                _("Een paar zinnen is genoeg. Schrijf gerust zoals u praat."),
                _("Een paar zinnen is genoeg. Schrijf gerust zoals je praat."),
            ),
            required=False,
            widget=forms.Textarea(attrs={"rows": 7, "autocomplete": "off"}),
        )
        self.question("words")
        self.without_optional("words")
        for name, opening in self._openings():
            sentence = opening["question"]
            if self.je and opening.get("informal"):
                sentence = opening["informal"]
            skip = self.say(
                _("Weet u het nog niet? Sla deze vraag dan over."),
                _("Weet je het nog niet? Sla deze vraag dan over."),
            )
            self.fields[name] = CleanTextField(
                label=sentence,
                help_text=" ".join(filter(None, [opening.get("help"), skip])),
                required=False,
                max_length=OPENING_ANSWER,
                widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off"}),
            )
            self.initial.setdefault(name, dict(self.kept.get("opening", [])).get(sentence, ""))
            self.without_optional(name)
        self.fields["danger"] = self.danger_field()

    def _openings(self) -> list[tuple[str, dict[str, str]]]:
        return [(f"opening_{q['key']}", q) for q in self.partnership.opening_questions]

    def clean(self) -> None:
        """Something has to be written, in whichever of the fields."""
        fields = ["words", *(name for name, _question in self._openings())]
        if not any(self.cleaned_data.get(f) or f in self.errors for f in fields):
            self.add_error("words", _("Schrijf op waar het over gaat. Een paar woorden is genoeg."))

    def answer(self) -> Answer:
        """Words, and the opening questions that were answered, with the question as it was put."""
        opening = [
            [self.fields[name].label, self.cleaned_data[name]]
            for name, _question in self._openings()
            if self.cleaned_data[name]
        ]
        data = self.cleaned_data
        return {"words": data["words"], "opening": opening, "danger": data["danger"]}


def domain_choices(front: FrontDoor) -> list[tuple[str, SafeString]]:
    """The life domains of the partnership, each with what it means."""
    return [
        (
            domain.slug,
            format_html(
                '<strong>{}</strong><br><span class="vd-muted vd-small">{}</span>',
                domain.name,
                domain.explanation,
            )
            if domain.explanation
            else format_html("<strong>{}</strong>", domain.name),
        )
        for domain in front.domains
    ]


class TopicForm(PageForm):
    """The life domain or domains; none is an answer too."""

    def build(self) -> None:
        """One list of ticks."""
        self.fields["domains"] = forms.MultipleChoiceField(
            label=_("Waar gaat het over?"),
            help_text=self.say(
                _("U mag er meer kiezen. Weet u het niet? Kies dan niets en ga verder."),
                _("Je mag er meer kiezen. Weet je het niet? Kies dan niets en ga verder."),
            ),
            required=False,
            choices=domain_choices(self.front),
            widget=forms.CheckboxSelectMultiple,
            error_messages={"invalid_choice": _("Kies uit de lijst. Niets kiezen mag ook.")},
        )
        self.question("domains")
        self.without_optional("domains")
