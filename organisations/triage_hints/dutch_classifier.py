"""How much a stretch of Dutch words sounds like labelled ones that are danger.

Patterns miss wholly new ways of saying it. This adds up weights of what stands in a stretch: words
as they sound, their stems, their pieces of three to five letters (so that a slip is forgiven),
neighbours, words a little apart, and words that mean alike (`dutch_concepts.toml`) near each other,
so that what is learned from "hij mept mij" holds for "mn vent timmert erop". A word's weight can be
read in the file that `manage.py learn` builds from our own labelled sentences, never from what
residents write. Adding up is linear in the words.
"""

from __future__ import annotations

import math
import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from pathlib import Path

from organisations.triage_hints.artefact import folder, sources_digest
from organisations.triage_hints.dutch_spelling import sound

THRESHOLD = 1.3
"""From here a stretch is one to judge. Chosen on sentences of another author, heard by what was
learned without the set they are of (`learning.without`)."""
OF_PATTERN = 1.5
"""What a pattern of `dutch_patterns.toml` adds to the stretch it stands in."""
OF_SURE = 4.0
"""What a pattern of a group "sure" adds: a word that hardly ever means anything else."""
PER_SENTENCE = 0.4
"""Among more sentences one sounds like danger by chance sooner: so much more is asked, times the
logarithm of their number, where no pattern stands."""
WINDOW = 20
"""Longer sentences are heard in stretches of this many words, each half over the one before."""
NEAR = 6
"""Two words that mean something count together up to this far apart."""
APART = 4
"""Two words count together, as they are, up to this far apart."""
PIECES = 0.5
"""How much a piece of a word counts."""
REMEMBERED = 50_000
STEADY = 1.5
SCALE = 3.0
_ENDINGS = ("heden", "ingen", "jes", "tje", "je", "en", "er", "t", "e", "s")
_CONCEPTS = Path(__file__).with_name("dutch_concepts.toml")
WEIGHTS = "dutch.tsv"
"""Beside the model that is built (`artefact.folder`)."""
KINDS = ("violence", "suicide", "child", "acute")


@cache
def _concepts() -> tuple[dict[str, tuple[str, ...]], tuple[tuple[str, str], ...]]:
    """The concepts of whole words, and of the beginnings of words."""
    exact: defaultdict[str, list[str]] = defaultdict(list)
    beginnings: list[tuple[str, str]] = []
    for concept, entries in tomllib.loads(_CONCEPTS.read_text(encoding="utf-8")).items():
        for entry in (entry.strip() for entry in entries.split(",")):
            if entry.endswith("*"):
                beginnings.append((sound(entry[:-1]), concept))
            else:
                exact[sound(entry)].append(concept)
    return {word: tuple(found) for word, found in exact.items()}, tuple(beginnings)


@lru_cache(maxsize=20_000)
def _meant_by(heard: str) -> tuple[str, ...]:
    """The concepts of a word in its form of `sound`, in a fixed order."""
    exact, beginnings = _concepts()
    begun = {concept for beginning, concept in beginnings if heard.startswith(beginning)}
    return tuple(sorted(begun.union(exact.get(heard, ()))))


def _stem(heard: str) -> str:
    """A word without its last ending, roughly: 'slaanden' and 'slaat' come near each other."""
    for ending in _ENDINGS:
        if heard.endswith(ending) and len(heard) - len(ending) >= 4:
            return heard[: -len(ending)]
    return heard


def of_word(word: str) -> Iterator[tuple[str, float]]:
    """What is counted of one word, and how much each counts."""
    heard = sound(word)
    yield f"w {heard}", 1.0
    yield f"s {_stem(heard)}", 1.0
    for concept in _meant_by(heard):
        yield f"c {concept}", 1.0
    if len(heard) >= 4:
        framed = f"^{heard}$"
        for size in (3, 4, 5):
            for start in range(len(framed) - size + 1):
                yield f"n {framed[start : start + size]}", PIECES


def of_pair(one: str, other: str, distance: int) -> Iterator[str]:
    """What is counted of two words of which the other comes `distance` words later."""
    if distance == 1:
        yield f"b {sound(one)} {sound(other)}"
    elif distance <= APART:
        yield f"g {sound(one)} {sound(other)}"
    for first in _meant_by(sound(one)):
        for second in _meant_by(sound(other)):
            yield f"p {first} {second}"


def weight_of_length(words: int) -> float:
    """A stretch says less a word the longer it is."""
    return 1 / math.sqrt(words + STEADY) / SCALE


def stretches(length: int) -> list[range]:
    """The places of the stretches in which a sentence of so many words is heard."""
    if length <= WINDOW + APART:
        return [range(length)]
    half = WINDOW // 2
    starts = range(0, length - half + 2, half)
    return [range(start, min(start + WINDOW, length)) for start in starts]


class Ear:
    """What was learned: the odds where nothing stands, a weight of each thing that is counted,
    and for each kind of danger how much each word and concept points at it.

    What a word, and what two meanings, add is remembered, up to `REMEMBERED` of each.
    """

    def __init__(
        self,
        base: float,
        danger: Mapping[str, float],
        kinds: Mapping[str, tuple[float, ...]],
    ) -> None:
        self._base = base
        self._danger = danger
        self._kinds = kinds
        # Two tables from word to next word, so that most pairs cost one look.
        self._pairs: dict[str, dict[str, dict[str, float]]] = {"b": {}, "g": {}}
        for feature, weight in danger.items():
            if feature[0] in self._pairs:
                kind, one, other = feature.split(" ")
                self._pairs[kind].setdefault(one, {})[other] = weight
        self._words: dict[str, tuple[str, tuple[str, ...], float]] = {}
        self._meanings: dict[tuple[tuple[str, ...], tuple[str, ...]], float] = {}

    def scores(self, words: Sequence[str]) -> list[tuple[range, float]]:
        """How much each stretch of a sentence sounds like danger; above 0 it does more than not.

        Takes the words of one sentence, in their form of `spelling.words_and_stops`. At most
        `NEAR + 1` sums a word, each remembered.
        """
        known = [self._word(word) for word in words]
        pairs = [self._before(known, place) for place in range(len(known))]
        result = []
        for stretch in stretches(len(words)):
            total = sum(
                known[place][2] + sum(pairs[place][: place - stretch.start]) for place in stretch
            )
            result.append((stretch, self._base + total * weight_of_length(len(stretch))))
        return result

    def kind_of(self, words: Sequence[str]) -> str:
        """The kind of danger that words which sound like danger point at most."""
        totals = [0.0] * len(KINDS)
        for word in words:
            for feature, count in of_word(word):
                for place, weight in enumerate(self._kinds.get(feature, ())):
                    totals[place] += weight * count
        return KINDS[max(range(len(KINDS)), key=totals.__getitem__)]

    def _word(self, word: str) -> tuple[str, tuple[str, ...], float]:
        """How a word sounds, what it means and what it adds by itself."""
        found = self._words.get(word)
        if found is None:
            heard = sound(word)
            worth = sum(self._danger.get(feature, 0.0) * count for feature, count in of_word(word))
            found = heard, _meant_by(heard), worth
            if len(self._words) < REMEMBERED:
                self._words[word] = found
        return found

    def _before(
        self, known: Sequence[tuple[str, tuple[str, ...], float]], place: int
    ) -> list[float]:
        """What a word adds together with each of the words before it, the nearest first."""
        heard, meant, _worth = known[place]
        result = []
        for distance in range(1, min(NEAR, place) + 1):
            other, others, _worth = known[place - distance]
            worth = 0.0
            if distance <= APART:
                after = self._pairs["b" if distance == 1 else "g"].get(other)
                if after:
                    worth = after.get(heard, 0.0)
            if meant and others:
                worth += self._together(others, meant)
            result.append(worth)
        return result

    def _together(self, one: tuple[str, ...], other: tuple[str, ...]) -> float:
        found = self._meanings.get((one, other))
        if found is None:
            found = sum(self._danger.get(f"p {a} {b}", 0.0) for a in one for b in other)
            if len(self._meanings) < REMEMBERED:
                self._meanings[one, other] = found
        return found


@cache
def ear() -> Ear | None:
    """Read what was learned, once a process; None where it is not there or not of these sources."""
    try:
        first, *rows = (folder() / WEIGHTS).read_text(encoding="utf-8").splitlines()
        _mark, digest, base = first.split()
        if digest != sources_digest():
            return None
    except (OSError, ValueError):
        return None
    danger: dict[str, float] = {}
    kinds: dict[str, tuple[float, ...]] = {}
    for row in rows:
        feature, weight, *of_kinds = row.split("\t")
        danger[feature] = float(weight)
        if of_kinds:
            kinds[feature] = tuple(map(float, of_kinds))
    return Ear(float(base), danger, kinds)
