"""Words as residents type them, brought to one form: lower case, no accents, no slips."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable
from functools import lru_cache
from itertools import islice

MAX_WORDS = 3000
"""More of a text than this is not looked at: what it is about was said by then."""

MAX_LETTERS = 40
"""More of a word than this is not looked at."""

STOP = "."
_WORD_OR_STOP = re.compile(r"[a-z0-9]+(?:'[a-z0-9]+)?|[.!?\n]+")
_SOUNDS = (
    ("ij", "ei"),
    ("y", "ei"),
    ("au", "ou"),
    ("sch", "sg"),
    ("ch", "g"),
    ("th", "t"),
    ("qu", "kw"),
    ("c", "k"),
    ("z", "s"),
    ("v", "f"),
)


def plain(text: str) -> str:
    """Give text in lower case without accents, with straight apostrophes."""
    straight = text.lower().replace("\N{RIGHT SINGLE QUOTATION MARK}", "'").replace("`", "'")
    parts = unicodedata.normalize("NFKD", straight)
    return "".join(part for part in parts if not unicodedata.combining(part))


def words_of(text: str) -> list[str]:
    """Give the words of a text in their order, at most MAX_WORDS."""
    return [word for word in words_and_stops(text) if word != STOP]


def words_and_stops(text: str, at_most: int = MAX_WORDS) -> list[str]:
    """Give the first `at_most` words of a text, with a STOP where a sentence or a line ends."""
    found = (
        match.group()[:MAX_LETTERS]
        for match in islice(_WORD_OR_STOP.finditer(plain(text)), at_most)
    )
    return [STOP if word[0] in ".!?\n" else word for word in found]


@lru_cache(maxsize=20_000)
def sound(word: str) -> str:
    """Give roughly how a Dutch word sounds: 'gewelt' and 'geweld' sound alike."""
    for written, heard in _SOUNDS:
        word = word.replace(written, heard)
    word = re.sub(r"([b-df-hj-np-tv-z])\1", r"\1", word)
    return re.sub(r"(?:dt|d|tt)$", "t", word)


def one_slip_apart(one: str, other: str) -> bool:
    """Whether two words differ by one letter more, less, other, or two swapped."""
    if one == other:
        return True
    if abs(len(one) - len(other)) > 1:
        return False
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    if len(one) == len(other):
        rest, others = one[start:], other[start:]
        return rest[1:] == others[1:] or (rest[:2] == others[:2][::-1] and rest[2:] == others[2:])
    short, long = sorted((one, other), key=len)
    return short[start:] == long[start + 1 :]


class Lexicon:
    """Words to recognise, also where they are misspelt."""

    def __init__(
        self, words: Iterable[str], *, slips: Iterable[str], never: Collection[str] = ()
    ) -> None:
        self._words = frozenset(words)
        self._never = frozenset(never)
        self._by_sound = {sound(word): word for word in sorted(self._words) if len(word) >= 4}
        self._long = sorted(word for word in slips if len(word) >= 7)
        self._known: dict[str, str] = {}

    def correct(self, word: str) -> str:
        """Give the word that is meant, or the word itself where none is near.

        A word that sounds the same is taken at four letters; one slip is forgiven in the words
        of `slips` from seven letters.
        """
        if word in self._words or word in self._never or len(word) < 4:
            return word
        found = self._known.get(word)
        if found is None:
            found = self._by_sound.get(sound(word)) or self._near(word) or word
            if len(self._known) < 20_000:
                self._known[word] = found
        return found

    def _near(self, word: str) -> str | None:
        if len(word) < 6:
            return None
        return next((known for known in self._long if one_slip_apart(word, known)), None)
