"""The search of residents among services."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _

from welzijn.core.form_fields import CleanCharField

MAX_WORDS = 300


class WordsForm(forms.Form):
    """Search services by free text."""

    words = CleanCharField(max_length=MAX_WORDS)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["words"]
        field.label = _("Wat zoekt u?")
        field.help_text = _("Een paar woorden is genoeg. Bijvoorbeeld: eten, deurwaarder, alleen.")
        field.error_messages["required"] = _("Typ een woord. Of kies hieronder waar het over gaat.")
        field.widget.attrs["autocomplete"] = "off"
