"""The resident's own words, and the life domains."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from intake.ask.conversation import Answer, Step
from intake.ask.forms.page import PageForm
from organisations.front_door.places import Domain
from organisations.triage_hints.suggestions import Proposal, suggest
from welzijn.core.form_fields import CleanTextField
from welzijn.design_system.templatetags.layout import domain_picture

OPENING_ANSWER = 4_000  # characters; each of a partnership's opening questions


class WordsForm(PageForm):
    """The question in the resident's own words, with the opening questions of the partnership.

    Who sends a photo of a letter along may leave the words out.
    """

    page_template = "intake/ask/pages/words.html"
    picture = "schrijven"

    def build(self) -> None:
        """Add the words, a field for each opening question, and the danger tick."""
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
        self.put: dict[str, str] = {}
        for name, opening in self._openings():
            # Stored as in the partnership's file, because colleagues read it as well.
            sentence = (self.je and opening.get("informal")) or opening["question"]
            self.put[name] = sentence
            self.fields[name] = CleanTextField(
                label=self.own(sentence),
                help_text=self._help_of(opening),
                required=False,
                max_length=OPENING_ANSWER,
                widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off"}),
            )
            self.initial.setdefault(name, dict(self.kept.get("opening", [])).get(sentence, ""))
            self.without_optional(name)
        self.ask_about_danger()

    def _help_of(self, opening: dict[str, str]) -> str:
        """Return the partnership's own help text, and that the question may be skipped."""
        skip = self.say(
            _("Weet u het nog niet? Sla deze vraag dan over."),
            _("Weet je het nog niet? Sla deze vraag dan over."),
        )
        own = self.own(opening.get("help") or "")
        return own if skip in own else " ".join(filter(None, [own, skip]))

    def _openings(self) -> list[tuple[str, dict[str, str]]]:
        return [(f"opening_{q['key']}", q) for q in self.partnership.opening_questions]

    def clean(self) -> None:
        """Require some text in at least one of the fields."""
        fields = ["words", *(name for name, _question in self._openings())]
        if self.conversation.has_files:
            return
        if not any(self.cleaned_data.get(f) or f in self.errors for f in fields):
            self.add_error("words", _("Schrijf op waar het over gaat. Een paar woorden is genoeg."))

    def answer(self) -> Answer:
        """Return the words, and each answered opening question with the question as asked."""
        opening = [
            [self.put[name], self.cleaned_data[name]]
            for name, _question in self._openings()
            if self.cleaned_data[name]
        ]
        data = self.cleaned_data
        return {"words": data["words"], "opening": opening, "danger": data.get("danger", False)}


class TopicForm(PageForm):
    """The life domains; choosing none is allowed.

    Domains that the resident's words suggest come first, with the reason. They are not ticked: the
    resident chooses. Where nothing is chosen, the first is carried on, and the check page asks
    whether that is right.
    """

    picture = "kiezen"

    def build(self) -> None:
        """Add one list of boxes, in two groups if there are suggestions."""
        self.fields["domains"] = forms.MultipleChoiceField(
            label=_("Waar gaat het over?"),
            help_text=self.say(
                _(
                    "U kunt meer dan één onderwerp kiezen. "
                    "Weet u het niet? Kies dan niets en ga verder."
                ),
                _(
                    "Je kunt meer dan één onderwerp kiezen. "
                    "Weet je het niet? Kies dan niets en ga verder."
                ),
            ),
            required=False,
            choices=self._choices(),
            widget=forms.CheckboxSelectMultiple,
            error_messages={"invalid_choice": _("Kies uit de lijst. Niets kiezen mag ook.")},
        )
        self.question("domains")
        self.without_optional("domains")

    def _choices(self) -> list[Any]:
        """Return the life domains; grouped to show, flat to validate."""
        proposed = {} if self.is_bound else self._proposed()
        rest = [(d.slug, self._choice(d)) for d in self.front.domains if d.slug not in proposed]
        if not proposed:
            return rest
        first = [
            (slug, self._choice(self.front.domain_by_slug[slug], self._from(proposal)))
            for slug, proposal in proposed.items()
        ]
        return [(_("Misschien is het dit"), first), (_("Of iets anders"), rest)]

    def answer(self) -> Answer:
        """Return what was chosen; where that is nothing, what the words are likely about."""
        domains = self.cleaned_data["domains"]
        return {"domains": domains, "guess": "" if domains else guess(self, Step.WORDS)}

    def _proposed(self) -> dict[str, Proposal]:
        typed = self.conversation.typed(Step.WORDS)
        if not typed:
            return {}
        found = suggest(partnership=self.partnership, text=typed).life_domains
        return {p.slug: p for p in found if p.slug in self.front.domain_by_slug}

    def _from(self, proposal: Proposal) -> str:
        if proposal.words:
            shown = self.say(_("U schreef: {words}"), _("Je schreef: {words}"))
            return shown.format(words=matched_words(proposal.words))
        if proposal.like:
            return _("Het lijkt op: {text}").format(text=self.own(proposal.like))
        return ""

    def _choice(self, domain: Domain, why: str = "") -> SafeString:
        """Return a life domain with its explanation, or with the words that suggested it."""
        name, text = self.own(domain.name), why or self.own(domain.explanation)
        more = format_html('<br><span class="vd-muted vd-small">{}</span>', text) if text else ""
        return format_html(
            '<span class="vd-topic">{}<span><strong>{}</strong>{}</span></span>',
            domain_picture(domain.slug),
            name,
            more,
        )


def guess(form: PageForm, step: Step) -> str:
    """Return the life domain that the words of a page are most likely about; "" for none."""
    typed = form.conversation.typed(step)
    found = suggest(partnership=form.partnership, text=typed).carried if typed else ""
    return found if found in form.front.domain_by_slug else ""


def matched_words(words: Iterable[str]) -> str:
    """Join the words of a suggestion, without those contained in a longer one."""
    found = list(words)
    return ", ".join(w for w in found if not any(w != other and w in other for other in found))
