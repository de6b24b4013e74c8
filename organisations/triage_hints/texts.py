"""Texts as residents type them: brought to one form, and cut into stretches to listen to."""

from __future__ import annotations

import re
import unicodedata

LONGEST = 12_000
"""More of a text than this is not looked at: what it is about was said by then."""
WORDS_OF_A_STRETCH = 30
"""A sentence of more words is heard in pieces, each with the last words of the one before."""
OVERLAP = 6
SHORT = 24
"""A text of no more words than this is heard as a whole too."""

_END = re.compile(r"[.!?\n\N{ARABIC QUESTION MARK}\N{ARABIC FULL STOP}]+")
_WORD = re.compile(r"\w+(?:'\w+)?")
_LETTERS = str.maketrans(
    {
        "\N{LATIN SMALL LETTER L WITH STROKE}": "l",
        "\N{LATIN SMALL LETTER DOTLESS I}": "i",
        "\N{LATIN SMALL LETTER O WITH STROKE}": "o",
        "\N{LATIN SMALL LETTER D WITH STROKE}": "d",
        "\N{RIGHT SINGLE QUOTATION MARK}": "'",
        "`": "'",
        "\N{ARABIC TATWEEL}": "",
    }
)


def plain(text: str) -> str:
    """Give text in lower case without accents, with straight apostrophes."""
    parts = unicodedata.normalize("NFKD", text.lower().translate(_LETTERS))
    return "".join(part for part in parts if not unicodedata.combining(part))


def words_of(text: str) -> list[str]:
    """Give the words of a text in their order, in their plain form."""
    return _WORD.findall(plain(text[:LONGEST]))


def stretches(text: str, longest: int = LONGEST) -> list[str]:
    """Cut a text into what is heard one by one: its sentences as typed; a short text whole too."""
    text = text[:longest]
    found: list[str] = []
    for sentence in _END.split(text):
        words = sentence.split()
        if any(letter.isalnum() for letter in sentence):
            found += _pieces(words)
    if len(found) > 1 and len(text.split()) <= SHORT:
        found.append(" ".join(text.split()))
    return list(dict.fromkeys(found))


def _pieces(words: list[str]) -> list[str]:
    if len(words) <= WORDS_OF_A_STRETCH:
        return [" ".join(words)]
    step = WORDS_OF_A_STRETCH - OVERLAP
    return [
        " ".join(words[start : start + WORDS_OF_A_STRETCH])
        for start in range(0, len(words) - OVERLAP, step)
    ]
