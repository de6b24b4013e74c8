"""Texts that residents of another language read in Dutch."""

from __future__ import annotations

from organisations.administration.untranslated import untranslated
from organisations.partnerships.models import Partnership
from welzijn.core.languages import staff_name


def missing_translations(partnership: Partnership) -> dict[str, str]:
    """Return the texts without a translation, with the languages in which it is missing."""
    found: dict[str, list[str]] = {}
    for language, texts in untranslated(partnership).items():
        for text in texts:
            found.setdefault(text, []).append(staff_name(language))
    return {text: ", ".join(languages) for text, languages in found.items()}
