"""Words that may mean danger: violence, suicide, a child in danger, and what cannot wait.

This decides nothing. It brings the numbers forward at once and puts the question on the duty
list, where a person judges it. It would rather alarm once too often than miss one, and it
looks for what people do to each other, not for single words: "slaat mij" and not "slaat af".
The patterns are data: `danger.toml`. A second ear (`learned.py`) hears what is like them.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from organisations.words.learned import sounds_like_danger
from organisations.words.spelling import STOP, Lexicon, words_and_stops

END = "<"
_FILE = Path(__file__).with_name("danger.toml")


class DangerKind(StrEnum):
    """What kind of danger the words may mean; it says which numbers come first."""

    VIOLENCE = "violence"
    SUICIDE = "suicide"
    CHILD = "child"
    ACUTE = "acute"


@dataclass(frozen=True, slots=True)
class Danger:
    """What was found: the kinds, and the words as they were typed, in their order."""

    kinds: tuple[DangerKind, ...]
    words: tuple[str, ...]


class PatternError(ValueError):
    """A pattern in the data file that can't be read."""


class _Patterns:
    """The data file, compiled once."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        self._lists: dict[str, str] = {}
        for name, entries in data["lists"].items():
            self._lists[name] = self._one_of(part.strip() for part in entries.split(","))
        self._simple = {
            name: frozenset(re.findall(r"[^\s,]+", entries))
            for name, entries in data["lists"].items()
            if not re.search(r"[{|*]|[^\s,] +[^\s,]", entries.strip())
        }
        rows = [
            (kind, pattern)
            for kind in DangerKind
            for patterns in data[kind.value].values()
            for pattern in patterns
        ]
        self.compiled: list[tuple[DangerKind, re.Pattern[str]]] = [
            (kind, re.compile(rf"(?<!\S)(?:{self._whole(pattern)})(?!\S)"))
            for kind, pattern in rows
        ]
        self._needed = [self._words_of_each(pattern) for _kind, pattern in rows]
        spelling = data["spelling"]
        written = " ".join(
            [*data["lists"].values()]
            + [p for kind in DangerKind for rows in data[kind.value].values() for p in rows]
        )
        words = set(re.findall(r"(?<![{\w])[a-z]{4,}(?![\w}*])", written))
        forgiven = set(re.findall(r"[a-z]+", spelling["also"]))
        self.lexicon = Lexicon(
            words | forgiven,
            slips=forgiven,
            never=set(re.findall(r"[a-z]+", spelling["never"])),
        )

    def matches(self, text: str) -> Iterator[tuple[DangerKind, re.Match[str]]]:
        """Each pattern's first match in a text of corrected words with single spaces between.

        Most patterns lack a word that they need; those are not tried, which saves most of the time.
        """
        there = set(text.split())
        for (kind, compiled), needed in zip(self.compiled, self._needed, strict=True):
            if not any(there.isdisjoint(words) for words in needed):
                found = compiled.search(text)
                if found is not None:
                    yield kind, found

    def _words_of_each(self, pattern: str) -> list[frozenset[str]]:
        """For each place of a pattern where a word must stand: the words it may be."""
        result = []
        for token in pattern.split():
            if token in {END, "&"} or token.startswith(("..", "-")) or token.endswith("?"):
                continue
            words: set[str] = set()
            for word in token.split("|"):
                if word.startswith("{"):
                    words |= self._simple.get(word[1:-1], frozenset({"*"}))
                else:
                    words.add(word.partition("_")[0])
            if not any("*" in word for word in words):
                result.append(frozenset(words))
        return result

    def _whole(self, pattern: str) -> str:
        """Give a pattern; 'a & b' is both rows in any order, at most eight words apart."""
        one, both, other = pattern.partition(" & ")
        if not both:
            return self._row(pattern)
        first, second = self._row(one), self._row(other)
        return rf"{first} (?:[^\s.]+ ){{0,8}}?{second}|{second} (?:[^\s.]+ ){{0,8}}?{first}"

    def _one_of(self, entries: Any) -> str:
        return "(?:" + "|".join(self._row(entry) for entry in entries) + ")"

    def _row(self, pattern: str) -> str:
        """Give a row of words as an expression over words with single spaces between."""
        result, after = "", ""
        for token in pattern.split():
            if token.startswith(".."):
                after = rf" (?:[^\s.]+ ){{0,{int(token[2:])}}}?"
            elif token == END:
                result += r"(?= \.|$)"
            elif token.startswith("-"):
                names = "|".join(re.escape(name.lstrip("-")) for name in token.split("|"))
                result += rf"(?! (?:{names})(?!\S))"
            elif token.endswith("?"):
                word = self._token(token[:-1])
                result += f"(?:{after}{word})?" if after else f"(?:{word} )?"
            else:
                result += after + self._token(token)
                after = " "
        return result

    def _token(self, token: str) -> str:
        parts = []
        for word in token.split("|"):
            if word.startswith("{") and word.endswith("}"):
                if word[1:-1] not in self._lists:
                    raise PatternError(word)
                parts.append(self._lists[word[1:-1]])
            elif word.endswith("*"):
                parts.append(re.escape(word[:-1].replace("_", " ")) + r"\S*")
            else:
                parts.append(re.escape(word.replace("_", " ")))
        return parts[0] if len(parts) == 1 else "(?:" + "|".join(parts) + ")"


_PATTERNS = _Patterns(tomllib.loads(_FILE.read_text(encoding="utf-8")))


def find_danger(text: str) -> Danger | None:
    """Find words that may mean danger in what a resident wrote; None where there are none.

    Pure; a few milliseconds for a few sentences, a third of a second for 2,000 words. Looks
    within sentences only. Keeps and logs nothing.
    """
    typed = words_and_stops(text)
    corrected = [_PATTERNS.lexicon.correct(word) for word in typed]
    joined = " ".join(corrected)
    word_at: list[int] = []
    for index, word in enumerate(corrected):
        word_at += [index] * (len(word) + 1)
    kinds: dict[DangerKind, None] = {}
    hit: set[int] = set()
    for kind, found in _PATTERNS.matches(joined):
        kinds[kind] = None
        hit.update(range(word_at[found.start()], word_at[found.end() - 1] + 1))
    start = 0
    for end in [index for index, word in enumerate(typed) if word == STOP] + [len(typed)]:
        if not hit.intersection(range(start, end)) and end - start >= 2:
            heard = sounds_like_danger(corrected[start:end])
            if heard is not None:
                kinds[DangerKind(heard[0])] = None
                hit.update(start + place for place in heard[1])
        start = end + 1
    if not kinds:
        return None
    words = tuple(typed[index] for index in sorted(hit) if typed[index] != STOP)
    return Danger(tuple(kinds), words)
