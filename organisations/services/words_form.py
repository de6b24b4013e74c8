"""The search of residents among services."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from organisations.directory.models import Service
from organisations.partnerships.models import Partnership
from organisations.services import catalogue
from organisations.triage_hints.languages import language_of
from organisations.triage_hints.suggestions import nearest_services
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

    def found_among(self, every: Sequence[Service], partnership: Partnership) -> list[Service]:
        """Give what matches by its words; where those aren't Dutch, what means nearly the same."""
        words = self.cleaned_data["words"]
        results = catalogue.search(every, words)
        if language_of(words) in ("nl", ""):
            return results
        by_id = {service.pk: service for service in every}
        near = nearest_services(partnership=partnership, text=words)
        return results + [by_id[pk] for pk in near if pk in by_id and by_id[pk] not in results]
