"""A second ear for danger: how much a sentence sounds like labelled ones that are it.

Patterns miss wholly new ways of saying it. This counts, in the labelled sentences of "tune" and in
`said.txt`, how much more often something stands in sentences of danger than in calm ones (naive
Bayes), and adds that up for a new sentence. What it counts: words as they sound, neighbours, words
a little apart, beginnings of words, and words that mean alike (`concepts.toml`: what is learned
from "mept" holds for "timmert"). It is learned once a process, never from what residents write.
"""

from __future__ import annotations

import math
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from itertools import pairwise
from pathlib import Path

from organisations.words.sentences_file import said, sentences
from organisations.words.spelling import sound, words_of

THRESHOLD = 2.25
"""From here a sentence is one to judge. Chosen by learning from nine tenths of the sentences and
listening to the tenth, ten times: about one in a hundred calm ones is above it."""
WINDOW = 12
"""Longer sentences are heard in overlapping stretches of this many words."""
APART = 4
"""Two words that stand this far apart or nearer are counted together."""
SMOOTHING = 0.5
_CONCEPTS = Path(__file__).with_name("concepts.toml")
Weights = dict[str, float]


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
def _meant_by(heard: str) -> frozenset[str]:
    """The concepts of a word in its form of `sound`."""
    exact, beginnings = _concepts()
    begun = {concept for beginning, concept in beginnings if heard.startswith(beginning)}
    return frozenset(exact.get(heard, ())) | begun


def _features(words: Sequence[str]) -> set[str]:
    """What is counted of a stretch of words."""
    heard = [sound(word) for word in words]
    found = set(heard)
    found.update(f"{one} {other}" for one, other in pairwise(heard))
    found.update(
        f"{one} .. {other}"
        for place, one in enumerate(heard)
        for other in heard[place + 2 : place + APART + 1]
    )
    found.update(f"{word[:5]}*" for word in heard if len(word) >= 6)
    found.update(f"<{concept}>" for word in heard for concept in _meant_by(word))
    return found


def _weigh(danger: Iterable[set[str]], calm: Iterable[set[str]]) -> Weights:
    """Give the log odds of each feature seen twice or more."""
    counts: tuple[Counter[str], Counter[str]] = (Counter(), Counter())
    totals = [0, 0]
    for side, sets in enumerate((danger, calm)):
        for found in sets:
            totals[side] += 1
            counts[side].update(found)
    return {
        feature: math.log((counts[0][feature] + SMOOTHING) / (totals[0] + 2 * SMOOTHING))
        - math.log((counts[1][feature] + SMOOTHING) / (totals[1] + 2 * SMOOTHING))
        for feature in sorted(counts[0] | counts[1])
        if counts[0][feature] + counts[1][feature] >= 2
    }


@cache
def _learned() -> tuple[Weights, dict[str, Weights]]:
    """Learn the weights of danger, and those of each kind."""
    labelled = [(s.danger, s.text) for s in sentences("tune")] + said()
    known = [(danger, _features(words_of(text))) for danger, text in labelled]
    calm = [found for danger, found in known if not danger]
    by_kind = {
        kind: _weigh((found for danger, found in known if danger == kind), calm)
        for kind in sorted({danger for danger, _found in known if danger})
    }
    return _weigh((found for danger, found in known if danger), calm), by_kind


def _score(weights: Weights, features: set[str]) -> float:
    return sum(weights.get(feature, 0.0) for feature in features) / (len(features) ** 0.5 + 1)


def sounds_like_danger(words: Sequence[str]) -> tuple[str, range] | None:
    """Give the kind of danger a sentence sounds like and the places of the words that do.

    None where it sounds calm. Takes the words of one sentence, in their form of
    `spelling.words_and_stops`.
    """
    weights, by_kind = _learned()
    for start in range(0, max(1, len(words) - WINDOW // 2), WINDOW // 2):
        stretch = words[start : start + WINDOW]
        features = _features(stretch)
        if _score(weights, features) > THRESHOLD:
            kind = max(by_kind, key=lambda name: _score(by_kind[name], features))
            return kind, range(start, start + len(stretch))
    return None
