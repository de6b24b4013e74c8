"""Which language somebody writes in: also of a few words, and without a network.

`py3langid` knows it by sequences of bytes. It chooses among the languages that residents of the
partnerships write, because a short text would else be anything. Arabic in Latin letters, as in
chat, it doesn't know: that is told by the figures that stand for letters ("3ayez", "7aram").
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any

KNOWN = ("nl", "en", "ar", "tr", "pl", "uk", "ru", "de", "fr", "es", "ro", "bg", "fa", "so")
LEAST_LETTERS = 4
ENOUGH = 500
"""So many letters are enough to say it by."""
DUTCH_UNLESS = 3.0
"""Most residents write Dutch: another language has to be so much likelier, in powers of e."""
_CHAT_ARABIC = re.compile(r"\b(?:[a-z']{1,30}[23579][a-z']{0,30}|[3579][a-z']{2,30})\b")
_CHAT_ARABIC_WORDS = frozenset(
    re.findall(
        r"\S+",
        """
    ana inta inti mesh mish mush msh bidi bddi biddi 3ayz wallah walla yalla habibi zawji zoji
    jozi weldi benti wladi binti ibni mafi fi 3ndi andi bghit bghina kanhdar mkayn makaynch dyali
    dyal kifach chno wach shlon shu shou keef kif ommi ummi abi
    """,
    )
)


def language_of(text: str) -> str:
    """Give the code of the language of a text, or "" where there is too little to say it by."""
    if sum(letter.isalpha() for letter in text) < LEAST_LETTERS:
        return ""
    if _is_chat_arabic(text):
        return "ar"
    ranked = _identifier().rank(text[:ENOUGH])
    best, score = ranked[0]
    dutch = next(found for language, found in ranked if language == "nl")
    return "nl" if score - dutch < DUTCH_UNLESS else str(best)


def _is_chat_arabic(text: str) -> bool:
    if not text.isascii():
        return False
    lower = text.lower()
    words = re.findall(r"[a-z0-9']+", lower)
    by_figures = len(_CHAT_ARABIC.findall(lower))
    by_words = sum(word in _CHAT_ARABIC_WORDS for word in words)
    return by_figures >= 2 or by_words >= 2 or (by_figures == 1 and by_words >= 1)


@cache
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    found = LanguageIdentifier.from_model_file(MODEL_FILE)
    found.set_languages(list(KNOWN))
    return found
