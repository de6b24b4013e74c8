"""A second ear for danger: how much a sentence sounds like those of the "tune" set that are it.

Patterns miss wholly new ways of saying it. This counts, in the labelled sentences, how much more
often a word, a pair of words or the beginning of a word stands in sentences of danger than in
calm ones (naive Bayes), and adds that up for a new sentence. It is learned once a process from
`sentences.tsv`, never from what residents write.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import pairwise

from organisations.words.sentences_file import sentences
from organisations.words.spelling import sound

THRESHOLD = 1.3
"""From here a sentence is one to judge; chosen on the "tune" and "report" sentences so that
false alarms stay under three in a hundred."""
WINDOW = 12
"""Longer sentences are heard in overlapping stretches of this many words."""
SMOOTHING = 0.5
Weights = dict[str, float]


def _features(words: Sequence[str]) -> set[str]:
    """Words as they sound, pairs of neighbours, and the beginnings of long words."""
    heard = [sound(word) for word in words]
    pairs = {f"{one} {other}" for one, other in pairwise(heard)}
    return set(heard) | pairs | {f"{word[:5]}*" for word in heard if len(word) >= 6}


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
    known = [(s.danger, _features(s.text.split())) for s in sentences("tune")]
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
