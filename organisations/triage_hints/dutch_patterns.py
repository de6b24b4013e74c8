"""Dutch words that may mean danger, by patterns and learned weights together.

Kept beside the model of all languages, which hears Dutch worse (docs/words.md has the figures). It
looks for what people do to each other, not for single words: "slaat mij" and not "slaat af".
Patterns are data (`dutch_patterns.toml`), weights are learned from labelled sentences. A pattern
alone is not enough where all else sounds calm ("een klap van een naheffing"), and words that sound
like danger are enough without a pattern.
"""

from __future__ import annotations

import math
import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from organisations.triage_hints.danger_kinds import DangerKind
from organisations.triage_hints.dutch_classifier import (
    OF_PATTERN,
    OF_SURE,
    PER_SENTENCE,
    THRESHOLD,
    Ear,
    ear,
)
from organisations.triage_hints.dutch_spelling import STOP, Lexicon, words_and_stops

END = "<"
AROUND = 4
"""A pattern is heard with so many words before and after it."""
SHORT = 24
"""A text of no more words than this is heard as a whole too."""
_FILE = Path(__file__).with_name("dutch_patterns.toml")


class PatternError(ValueError):
    """A pattern in the data file that can't be read."""


class _Patterns:
    """The data file, read once; a pattern is compiled when it is first tried.

    Compiling all of them takes 0.4 s, and most processes (commands, the beat) never need one.
    """

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
            (kind, pattern, OF_SURE if group == "sure" else OF_PATTERN)
            for kind in DangerKind
            for group, patterns in data[kind.value].items()
            for pattern in patterns
        ]
        self._worth = [worth for _kind, _pattern, worth in rows]
        self._kinds = [kind for kind, _pattern, _worth in rows]
        self._expressions = [
            rf"(?<!\S)(?:{self._whole(pattern)})(?!\S)" for _kind, pattern, _worth in rows
        ]
        self._compiled: dict[int, re.Pattern[str]] = {}
        self._needed = [self._words_of_each(pattern) for _kind, pattern, _worth in rows]
        self._starting_from: defaultdict[str, list[int]] = defaultdict(list)
        self._anywhere: list[int] = []
        for place, needed in enumerate(self._needed):
            for word in min(needed, key=len, default=()):
                self._starting_from[word].append(place)
            if not needed:
                self._anywhere.append(place)
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

    @property
    def compiled(self) -> list[tuple[DangerKind, re.Pattern[str]]]:
        """All patterns, ready to search with."""
        return [(kind, self._pattern(place)) for place, kind in enumerate(self._kinds)]

    def _pattern(self, place: int) -> re.Pattern[str]:
        found = self._compiled.get(place)
        if found is None:
            found = self._compiled[place] = re.compile(self._expressions[place])
        return found

    def matches(self, words: Sequence[str]) -> Iterator[tuple[DangerKind, range, float]]:
        """Each pattern in a sentence of corrected words: its places, and what it adds.

        Only patterns are tried whose every word is there, which saves nearly all of the time.
        """
        there = set(words)
        tried = {place for word in there for place in self._starting_from.get(word, ())}
        text = " ".join(words)
        for place in sorted(tried.union(self._anywhere)):
            if self._all_there(place, there):
                kind, found = self._kinds[place], self._pattern(place).search(text)
                if found is not None:
                    first = text.count(" ", 0, found.start())
                    places = range(first, first + found.group().count(" ") + 1)
                    yield kind, places, self._worth[place]

    def _all_there(self, place: int, there: set[str]) -> bool:
        return not any(map(there.isdisjoint, self._needed[place]))

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


MAX_WORDS = 50_000
"""More than any field of ours takes."""

PART = 3_000
OVERLAP = 60
"""Words of a part that are listened to with the next part too: a sentence may lie on the border."""

_PATTERNS = _Patterns(tomllib.loads(_FILE.read_text(encoding="utf-8")))


def find_in_dutch(text: str, *, by: Ear | None = None) -> tuple[DangerKind, ...]:
    """Return the kinds of danger that the words of a text may mean, if it is Dutch; none: ().

    Pure; some milliseconds for 4,000 characters. Listens within sentences, and to a short text as a
    whole; to a long one in parts of PART words, so that danger at its end weighs no less than at
    its beginning. `by` is another ear than the one that was learned; without either only () is
    heard. Keeps and logs nothing.
    """
    by = by or ear()
    if by is None:
        return ()
    words = words_and_stops(text, at_most=MAX_WORDS)
    starts = range(0, max(1, len(words) - OVERLAP), PART - OVERLAP)
    found = [_danger_in(words[at : at + PART], by) for at in starts]
    return tuple(dict.fromkeys(kind for kinds in found for kind in kinds))


def _danger_in(words: Sequence[str], by: Ear) -> list[DangerKind]:
    sentences = list(_sentences(words))
    typed = [word for sentence in sentences for word in sentence]
    least = THRESHOLD + PER_SENTENCE * math.log(max(1, len(sentences)))
    kinds = {kind: None for sentence in sentences for kind in _heard_in(sentence, by, least)}
    if not kinds and len(sentences) > 1 and len(typed) <= SHORT:
        words = [_PATTERNS.lexicon.correct(word) for word in typed]
        if any(score > least for _stretch, score in by.scores(words)):
            kinds[DangerKind(by.kind_of(words))] = None
    return list(kinds)


def _sentences(words: Iterable[str]) -> Iterator[list[str]]:
    """The words of each sentence."""
    sentence: list[str] = []
    for word in words:
        if word != STOP:
            sentence.append(word)
        elif sentence:
            yield sentence
            sentence = []
    if sentence:
        yield sentence


def _heard_in(typed: Sequence[str], by: Ear, least: float) -> Iterator[DangerKind]:
    """What patterns and weights hear in a sentence: kinds.

    A pattern is heard with the few words around it too, so that a long calm sentence hides nothing.
    """
    words = [_PATTERNS.lexicon.correct(word) for word in typed]
    found = False
    heard = by.scores(words)
    for kind, places, worth in _PATTERNS.matches(words):
        around = range(max(0, places.start - AROUND), min(len(words), places.stop + AROUND))
        if _most(words, around, heard, by) + worth > THRESHOLD:
            found = True
            yield kind
    if found or len(words) < 2:
        return
    for stretch, score in heard:
        if score > least:
            yield DangerKind(by.kind_of(words[stretch.start : stretch.stop]))


def _most(
    words: Sequence[str], around: range, heard: Iterable[tuple[range, float]], by: Ear
) -> float:
    """How much the words around a pattern sound like danger, or the stretches they are in."""
    within = [score for stretch, score in heard if around.start in stretch or around[-1] in stretch]
    alone = by.scores(words[around.start : around.stop]) if len(around) < len(words) else []
    return max([score for _stretch, score in alone] + within)
