"""The resident's own words, and the life domains."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from intake.ask.conversation import Answer
from intake.ask.forms.page import PageForm
from organisations.front_door.places import Domain
from organisations.triage_hints.suggestions import Proposal, suggest
from welzijn.core.form_fields import CleanTextField
from welzijn.design_system.templatetags.layout import domain_picture

AT_FIRST = 8  # choices to show before "meer onderwerpen"


class WordsForm(PageForm):
    """The question in the resident's own words.

    Who sends a photo of a letter along may leave the words out.
    """

    page_template = "intake/ask/pages/words.html"
    picture = "schrijven"

    def build(self) -> None:
        """Add the words and the danger tick."""
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
        self.ask_about_danger()

    def clean(self) -> None:
        """Require some text, unless a letter goes along."""
        if self.conversation.has_files or self.cleaned_data.get("words") or self.errors:
            return
        self.add_error("words", _("Schrijf op waar het over gaat. Een paar woorden is genoeg."))

    def answer(self) -> Answer:
        """Return the words, and whether there is danger now."""
        data = self.cleaned_data
        return {"words": data["words"], "danger": data.get("danger", False)}


class FoldedChoices(forms.CheckboxSelectMultiple):
    """Boxes of which one group stands folded, open where something in it is ticked."""

    template_name = "django/forms/widgets/folded_choices.html"
    fold = ""

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Add which group is folded."""
        context = super().get_context(name, value, attrs)
        groups = context["widget"]["optgroups"]
        ticked = any(
            one["selected"] for group, many, _i in groups if group == self.fold for one in many
        )
        return {**context, "fold": self.fold, "fold_open": ticked}


class TopicForm(PageForm):
    """The life domains; choosing none is allowed.

    At most eight at first; the others are folded.

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
            widget=FoldedChoices,
            error_messages={"invalid_choice": _("Kies uit de lijst. Niets kiezen mag ook.")},
        )
        self.fields["domains"].widget.fold = _("Meer onderwerpen")
        self.question("domains")
        self.without_optional("domains")

    def _choices(self) -> list[Any]:
        """Return the life domains: what the words suggest, then the others, at most eight open."""
        proposed = self._proposed()
        rest = [(d.slug, self._choice(d)) for d in self.front.domains if d.slug not in proposed]
        room = AT_FIRST - len(proposed)
        more = [(_("Meer onderwerpen"), rest[room:])] if rest[room:] else []
        if not proposed:
            return [*rest[:room], *more]
        first = [
            (slug, self._choice(self.front.domain_by_slug[slug], self._from(proposal)))
            for slug, proposal in proposed.items()
        ]
        return [(_("Misschien is het dit"), first), (_("Of iets anders"), rest[:room]), *more]

    def answer(self) -> Answer:
        """Return what was chosen; where that is nothing, what the words are likely about."""
        domains = self.cleaned_data["domains"]
        typed = self.conversation.question_text
        heard = suggest(partnership=self.partnership, text=typed) if typed else None
        carried = heard.carried if heard and not domains else ""
        guess = carried if carried in self.front.domain_by_slug else ""
        near = [proposal.slug for proposal in heard.services] if heard else []
        return {"domains": domains, "guess": guess, **({"near": near} if near else {})}

    def _proposed(self) -> dict[str, Proposal]:
        typed = self.conversation.question_text
        if not typed:
            return {}
        found = suggest(partnership=self.partnership, text=typed).life_domains
        return {p.slug: p for p in found if p.slug in self.front.domain_by_slug}

    def _from(self, proposal: Proposal) -> str:
        if proposal.words:
            shown = self.say(_("U schreef: {words}"), _("Je schreef: {words}"))
            return shown.format(words=matched_words(proposal.words))
        # A part of the description is in Dutch; in other languages all of it is shown, translated.
        if proposal.like and (get_language() or "nl").startswith("nl"):
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


def matched_words(words: Iterable[str]) -> str:
    """Join the words of a suggestion, without those contained in a longer one."""
    found = list(words)
    return ", ".join(w for w in found if not any(w != other and w in other for other in found))
