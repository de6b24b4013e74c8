"""Translate a partnership's own texts to the language of the page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import get_language, gettext

DUTCH = "nl"


@dataclass(frozen=True, slots=True)
class TranslatedText:
    """A text for a page. `lang` is "nl" where there is no translation for the page.

    A screen reader then reads it as Dutch (WCAG 3.1.2).
    """

    text: str
    lang: str = ""

    def __str__(self) -> str:
        return self.text


def translate(text: str) -> TranslatedText:
    """Translate a text of a partnership's file to the active language.

    The catalogue is organisations/partnerships/locale; a text it lacks stays Dutch, marked as such.
    """
    text = text.strip()
    if not text or (get_language() or DUTCH).startswith(DUTCH):
        return TranslatedText(text)
    translated = gettext(text)
    return TranslatedText(translated) if translated != text else TranslatedText(text, DUTCH)


def any_untranslated(texts: Iterable[str]) -> bool:
    """Whether any of these texts has no translation to the active language."""
    return any(translate(text).lang for text in texts)
