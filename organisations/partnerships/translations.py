"""Translate a partnership's own texts to the language of the page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import get_language, gettext

from organisations.partnerships.models import Partnership
from organisations.partnerships.translation_models import PartnershipTranslations

DUTCH = "nl"
Texts = dict[str, dict[str, str]]  # by language, then by the Dutch

# The partnership whose page is being made.
_here: ContextVar[Partnership | None] = ContextVar("partnership_of_texts", default=None)
# Read once for each version of a partnership's configuration.
_known: dict[UUID, tuple[int, Texts]] = {}


@dataclass(frozen=True, slots=True)
class TranslatedText:
    """A text for a page. `lang` is "nl" where there is no translation for the page.

    A screen reader then reads it as Dutch (WCAG 3.1.2).
    """

    text: str
    lang: str = ""

    def __str__(self) -> str:
        return self.text


@contextmanager
def texts_of(partnership: Partnership | None) -> Iterator[None]:
    """Translate by this partnership's file within the block."""
    token = _here.set(partnership)
    try:
        yield
    finally:
        _here.reset(token)


def translate(text: str) -> TranslatedText:
    """Translate a text of a partnership's file to the active language.

    By the file itself, else by the catalogue of the five files
    (organisations/partnerships/locale); a text that both lack stays Dutch, marked as such.
    """
    text = text.strip()
    language = get_language() or DUTCH
    if not text or language.startswith(DUTCH):
        return TranslatedText(text)
    partnership = _here.get()
    own = _texts(partnership).get(language, {}) if partnership is not None else {}
    translated = own.get(text) or gettext(text)
    return TranslatedText(translated) if translated != text else TranslatedText(text, DUTCH)


def any_untranslated(texts: Iterable[str]) -> bool:
    """Whether any of these texts has no translation to the active language."""
    return any(translate(text).lang for text in texts)


def _texts(partnership: Partnership) -> Texts:
    version, texts = _known.get(partnership.pk, (0, {}))
    if version != partnership.config_version:
        texts = by_language(stored(partnership))
        _known[partnership.pk] = (partnership.config_version, texts)
    return texts


def stored(partnership: Partnership) -> list[dict[str, str]]:
    """Return the translations as the file lists them."""
    found = PartnershipTranslations.objects.filter(pk=partnership.pk).first()
    return list(found.texts) if found else []


def by_language(rows: list[dict[str, str]]) -> Texts:
    """Return the translations by language and by their Dutch."""
    texts: Texts = {}
    for row in rows:
        for language, translated in row.items():
            if language != DUTCH and translated:
                texts.setdefault(language, {})[row[DUTCH].strip()] = translated
    return texts
