"""A second ear for danger: how much a stretch of words sounds like labelled ones that are it.

Patterns miss wholly new ways of saying it. This adds up weights of what stands in a stretch: words
as they sound, their stems, their pieces of three to five letters (so that a slip is forgiven),
neighbours, words a little apart, and words that mean alike (`concepts.toml`) near each other, so
that what is learned from "hij mept mij" holds for "mn vent timmert erop". A word's weight can
be read in `weights.tsv`; `learning.py` makes that file from our own labelled sentences, never from
what residents write. Adding up is linear in the words.
"""

from __future__ import annotations

import math
import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from organisations.words.spelling import sound

THRESHOLD = 1.3
"""From here a stretch is one to judge. Chosen by learning from two thirds of the sentences of
another author and listening to the third: at most one in twenty calm ones is above it."""
OF_PATTERN = 2.5
"""What a pattern of `danger.toml` adds to the stretch it stands in."""
WINDOW = 20
"""Longer sentences are heard in stretches of this many words, each half over the one before."""
NEAR = 6
"""Two words that mean something count together up to this far apart."""
APART = 4
"""Two words count together, as they are, up to this far apart."""
PIECES = 0.5
"""How much a piece of a word counts."""
STEADY = 1.5
SCALE = 3.0
_ENDINGS = ("heden", "ingen", "jes", "tje", "je", "en", "er", "t", "e", "s")
_CONCEPTS = Path(__file__).with_name("concepts.toml")
WEIGHTS = Path(__file__).with_name("weights.tsv")
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


@dataclass(frozen=True, slots=True)
class Weights:
    """What was learned: the odds where nothing stands, a weight of each thing that is counted,
    and for each kind of danger how much each word and concept points at it."""

    digest: str
    base: float
    danger: Mapping[str, float]
    kinds: Mapping[str, tuple[float, ...]]


@cache
def weights() -> Weights:
    """Read `weights.tsv` once a process."""
    first, *rows = WEIGHTS.read_text(encoding="utf-8").splitlines()
    _mark, digest, base = first.split()
    danger: dict[str, float] = {}
    kinds: dict[str, tuple[float, ...]] = {}
    for row in rows:
        feature, weight, *of_kinds = row.split("\t")
        danger[feature] = float(weight)
        if of_kinds:
            kinds[feature] = tuple(map(float, of_kinds))
    return Weights(digest, float(base), danger, kinds)


@lru_cache(maxsize=20_000)
def _worth_of_word(word: str) -> float:
    known = weights().danger
    return sum(known.get(feature, 0.0) * count for feature, count in of_word(word))


@lru_cache(maxsize=50_000)
def _worth_of_pair(one: str, other: str, distance: int) -> float:
    known = weights().danger
    return sum(known.get(feature, 0.0) for feature in of_pair(one, other, distance))


def stretches(length: int) -> list[range]:
    """The places of the stretches in which a sentence of so many words is heard."""
    if length <= WINDOW + APART:
        return [range(length)]
    half = WINDOW // 2
    starts = range(0, length - half + 2, half)
    return [range(start, min(start + WINDOW, length)) for start in starts]


def scores(words: Sequence[str]) -> list[tuple[range, float]]:
    """How much each stretch of a sentence sounds like danger; above 0 it does more than not.

    Takes the words of one sentence, in their form of `spelling.words_and_stops`. At most
    `NEAR + 1` sums a word, each remembered.
    """
    alone = [_worth_of_word(word) for word in words]
    pairs = [
        [_worth_of_pair(words[place - back], word, back) for back in range(1, min(NEAR, place) + 1)]
        for place, word in enumerate(words)
    ]
    result = []
    for stretch in stretches(len(words)):
        total = sum(alone[place] + sum(pairs[place][: place - stretch.start]) for place in stretch)
        result.append((stretch, weights().base + total * weight_of_length(len(stretch))))
    return result


def kind_of(words: Sequence[str]) -> str:
    """The kind of danger that words which sound like danger point at most."""
    totals = [0.0] * len(KINDS)
    for word in words:
        for feature, count in of_word(word):
            for place, weight in enumerate(weights().kinds.get(feature, ())):
                totals[place] += weight * count
    return KINDS[max(range(len(KINDS)), key=totals.__getitem__)]
