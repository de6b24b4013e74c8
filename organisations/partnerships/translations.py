"""The partnership's own texts, in the language of the page as far as there is a translation."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import get_language, gettext

DUTCH = "nl"


@dataclass(frozen=True, slots=True)
class Spoken:
    """A text as a page shows it; `lang` is "nl" where a page in another language has it in Dutch.

    What reads a page aloud then says it in Dutch (WCAG 3.1.2).
    """

    text: str
    lang: str = ""

    def __str__(self) -> str:
        return self.text


def spoken(text: str) -> Spoken:
    """A text of a partnership's file as this page speaks.

    The catalogue of the five files is organisations/partnerships/locale; what it doesn't have stays
    Dutch, and says so.
    """
    text = text.strip()
    if not text or (get_language() or DUTCH).startswith(DUTCH):
        return Spoken(text)
    told = gettext(text)
    return Spoken(told) if told != text else Spoken(text, DUTCH)


def any_in_dutch(texts: Iterable[str]) -> bool:
    """Whether any of these texts is shown in Dutch on a page in another language."""
    return any(spoken(text).lang for text in texts)
