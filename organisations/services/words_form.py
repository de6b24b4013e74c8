"""The search of residents among services: it hears what the question form hears."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from organisations.directory.models import Service
from organisations.front_door.configuration import FrontDoor
from organisations.front_door.places import Domain
from organisations.partnerships.models import Partnership
from organisations.services import catalogue
from organisations.triage_hints.languages import language_of
from organisations.triage_hints.suggestions import suggest
from welzijn.core.form_fields import CleanCharField

MAX_WORDS = 300
LEAST_FOUND = 3
"""With fewer results than this, the services of the likeliest life domain come after them."""
MOST_FOUND = 8


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found: services, the life domains it seems to be about, danger."""

    services: list[Service]
    domains: list[Domain]
    danger: bool
    of_municipality: bool


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

    def found_among(
        self, every: Sequence[Service], partnership: Partnership, door: FrontDoor
    ) -> Found:
        """Give what matches by its words, then what the listener of the question form proposes.

        Where that is little, the services of the life domain that it is surest of come after it.
        What the municipality's own desk does is not ours: nothing is shown for it.
        """
        words = self.cleaned_data["words"]
        heard = suggest(partnership=partnership, text=words)
        domains = [door.domain_by_slug[p.slug] for p in heard.life_domains]
        if heard.of_municipality:
            return Found([], [], danger=False, of_municipality=True)
        by_id = {service.pk: service for service in every}
        # Words of another language are no Dutch words, even if they look like one.
        dutch = language_of(words) in ("nl", "")
        found = catalogue.search(every, words) if dutch else []
        found += [by_id[p.id] for p in heard.services if p.id in by_id]
        if len(set(found)) < LEAST_FOUND:
            found += _of_first(domains, every)
        services = list(dict.fromkeys(found))[:MOST_FOUND]
        return Found(services, domains, danger=heard.danger is not None, of_municipality=False)


def _of_first(domains: Sequence[Domain], every: Sequence[Service]) -> Sequence[Service]:
    return catalogue.services_on(every, domains[0]) if domains else ()
