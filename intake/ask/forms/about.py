"""Whom it is about."""

from django import forms
from django.utils.translation import gettext as _

from intake.ask.conversation import Answer
from intake.ask.forms.page import PageForm
from intake.questions.models import Question
from welzijn.core.form_fields import CleanCharField


class AboutForm(PageForm):
    """Whether it is about the asker or somebody else, who may know of it and may have a name."""

    page_template = "intake/ask/pages/about.html"
    picture = "mensen"

    def build(self) -> None:
        """Add all fields, so that it works without JavaScript; CSS hides those not needed."""
        about = Question.About
        self.fields["about"] = forms.ChoiceField(
            label=_("Over wie gaat het?"),
            choices=[
                (about.SELF.value, _("Over mijzelf")),
                (about.CHILD.value, _("Over mijn kind")),
                (about.PARENT.value, _("Over mijn vader of moeder")),
                (about.PARTNER.value, _("Over mijn partner")),
                (about.OTHER.value, _("Over iemand anders")),
            ],
            widget=forms.RadioSelect(attrs={"class": "vd-about"}),
            error_messages={
                "required": _("Kies over wie het gaat."),
                "invalid_choice": _("Kies over wie het gaat."),
            },
        )
        self.question("about")
        self.fields["knows"] = forms.ChoiceField(
            label=self.say(
                _("Weet die persoon dat u dit vraagt?"), _("Weet die persoon dat je dit vraagt?")
            ),
            help_text=self.say(
                _("Ja en nee mogen allebei. Wij helpen u in elk geval met uw eigen vraag."),
                _("Ja en nee mogen allebei. Wij helpen je in elk geval met je eigen vraag."),
            ),
            choices=[("yes", _("Ja")), ("no", _("Nee"))],
            required=False,
            widget=forms.RadioSelect(attrs={"class": "vd-options--inline"}),
            error_messages={"invalid_choice": _("Kies ja of nee. Nee mag ook.")},
        )
        self.fields["subject_name"] = CleanCharField(
            label=_("Hoe heet die persoon?"),
            help_text=_("Wij geven deze naam aan niemand door."),
            max_length=120,
            required=False,
            widget=forms.TextInput(attrs={"class": "vd-width-md", "autocomplete": "off"}),
        )
        self.without_optional("knows")

    def clean(self) -> None:
        """Require whether another person knows; drop that and the name if it is about the asker."""
        about = self.cleaned_data.get("about")
        if about == Question.About.SELF:
            self.cleaned_data["knows"] = self.cleaned_data["subject_name"] = ""
            for name in ("knows", "subject_name"):
                self.errors.pop(name, None)
        elif about and not self.cleaned_data.get("knows") and "knows" not in self.errors:
            self.add_error("knows", _("Kies ja of nee. Nee mag ook."))

    def answer(self) -> Answer:
        """Return whom it is about, whether they know, and their name (closed until they agree)."""
        return {name: self.cleaned_data[name] for name in ("about", "knows", "subject_name")}
