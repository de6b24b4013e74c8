"""An opening question of the partnership, each on a page of its own."""

from django import forms
from django.utils.translation import gettext as _

from intake.ask.conversation import Answer
from intake.ask.forms.page import PageForm
from intake.ask.steps import TALK_STEPS
from welzijn.core.form_fields import CleanTextField

LONGEST = 4_000  # characters


class TalkForm(PageForm):
    """One opening question; it may be skipped."""

    page_template = "intake/ask/pages/talk.html"

    def build(self) -> None:
        """Add the box, with the question as its label."""
        # A page that the partnership has no question for is never opened (`may_answer`).
        found = dict(zip(TALK_STEPS, self.partnership.opening_questions, strict=False))
        opening = found.get(self.step, {"question": "", "help": ""})
        # Stored as in the partnership's file, because colleagues read it as well.
        self.put = str((self.je and opening.get("informal")) or opening["question"])
        self.fields["opening"] = CleanTextField(
            label=self.own(self.put),
            help_text=self._help_of(opening),
            required=False,
            max_length=LONGEST,
            widget=forms.Textarea(attrs={"rows": 4, "autocomplete": "off"}),
        )
        self.initial["opening"] = next(
            (words for _prompt, words in self.kept.get("opening", [])), ""
        )
        self.question("opening")
        self.without_optional("opening")

    def _help_of(self, opening: dict[str, str]) -> str:
        """Return the partnership's own help text, and that the question may be skipped."""
        skip = self.say(
            _("Weet u het nog niet? Sla deze vraag dan over."),
            _("Weet je het nog niet? Sla deze vraag dan over."),
        )
        own = self.own(opening.get("help") or "")
        return own if skip in own else " ".join(filter(None, [own, skip]))

    def answer(self) -> Answer:
        """Return the answer with the question as it was asked; nothing for a skipped one."""
        opening = self.cleaned_data["opening"]
        return {"opening": [[self.put, opening]] if opening else []}
