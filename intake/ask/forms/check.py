"""The yes or no to sharing, on the check page."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _

from intake.submission.routing_preview import Preview


class CheckForm(forms.Form):
    """Whether the organisation that the page names may read the question.

    `named` is sent along with the answer: a yes is a yes to what the resident saw, whatever the
    rules say when it arrives. If triage reads it first, nothing is asked.
    """

    named = forms.CharField(max_length=120, required=False, widget=forms.HiddenInput)

    def __init__(
        self, data: Any = None, *, preview: Preview, label: str, help_text: str, **kwargs: Any
    ) -> None:
        super().__init__(data, initial={"named": preview.shares_with}, **kwargs)
        self.preview = preview
        if not preview.to_triage:
            self.fields["shares"] = forms.ChoiceField(
                label=label,
                help_text=help_text,
                choices=[("yes", _("Ja, dat mag")), ("no", _("Nee, liever niet"))],
                widget=forms.RadioSelect,
                error_messages={
                    "required": _("Kies ja of nee. Nee mag ook."),
                    "invalid_choice": _("Kies ja of nee. Nee mag ook."),
                },
            )

    @property
    def still_named(self) -> bool:
        """Whether the answer names the organisation that would pick it up now."""
        return bool(self.data.get("named") == self.preview.shares_with)

    @property
    def shares(self) -> bool | None:
        """Yes, no, or None if it was not asked."""
        answer = self.cleaned_data.get("shares")
        return None if answer is None else answer == "yes"
