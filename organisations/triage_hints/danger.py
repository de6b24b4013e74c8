"""Words that may mean danger: violence, suicide, a child in danger, and what cannot wait.

This decides nothing. It brings the numbers forward at once and puts the question on the duty list,
where a person judges it. Dutch is heard by patterns and weights (`dutch_patterns.py`), every other
language by the model, stretch by stretch; a short list of plain words (`plain_words.toml`, each
with its reason) is always heard, also where nothing was learned.
"""

from __future__ import annotations

import math
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from organisations.triage_hints.danger_kinds import DangerKind
from organisations.triage_hints.dutch_patterns import find_in_dutch
from organisations.triage_hints.languages import language_of
from organisations.triage_hints.model import DANGER, Model, Reading, model, read, sigmoid
from organisations.triage_hints.texts import stretches, words_of

_PLAIN_WORDS = Path(__file__).with_name("plain_words.toml")
PER_STRETCH = 0.35
"""Of a text of more stretches a little more is asked of each: chances of a false alarm add up."""
SECOND_KIND = 0.35
"""A kind that is so likely beside the likeliest is named too."""
SURE = 0.99


@dataclass(frozen=True, slots=True)
class Heard:
    """One stretch that raised it, as it was typed, for whoever judges.

    `like` is the nearest labelled sentence, in Dutch; '' where none is near.
    """

    kind: DangerKind
    probability: float
    sentence: str
    like: str


@dataclass(frozen=True, slots=True)
class Danger:
    """What was found: the kinds, the likeliest first, and the stretches that raised them."""

    kinds: tuple[DangerKind, ...]
    heard: tuple[Heard, ...]

    @property
    def words(self) -> tuple[str, ...]:
        """What raised it, as it was typed, in the order of the text."""
        return tuple(one.sentence for one in self.heard)


def find_danger(text: str, *, by: Model | None = None) -> Danger | None:
    """Listen for danger in a text of any language; None where nothing is heard.

    `by` is another model than the one that was built, to measure it.
    """
    parts = stretches(text)
    if not parts:
        return None
    known = by or model()
    return danger_of(text, read(parts, known) if known else None, known)


def danger_of(text: str, reading: Reading | None, known: Model | None) -> Danger | None:
    """Say what danger is heard in a text that was read already."""
    always = _always_heard(text)
    if _is_dutch(text):
        found = _heard_in_dutch(text, reading, known)
    else:
        found = _heard(text, reading, known) if reading is not None and known is not None else []
    found = found or always
    if not found:
        return None
    order = sorted(found, key=lambda one: -one.probability)
    kinds = dict.fromkeys([one.kind for one in order] + [one.kind for one in always])
    if reading is not None and known is not None:
        kinds |= dict.fromkeys(_second_kinds(reading, known, found))
    return Danger(tuple(kinds), tuple(found))


def _is_dutch(text: str) -> bool:
    """Whether it is Dutch, or too short to tell."""
    return language_of(text) in ("nl", "")


def _heard_in_dutch(text: str, reading: Reading | None, known: Model | None) -> list[Heard]:
    """Return what is heard as Dutch: the stretches that raise it alone, or else the whole text."""
    kinds = find_in_dutch(text)
    if not kinds:
        return []
    parts = stretches(text, len(text)) or [text]
    raised = [(part, alone[0]) for part in parts if (alone := find_in_dutch(part))]
    # The whole of a short text is heard too: it says nothing beside a sentence that raises it.
    raised = [
        (part, kind)
        for part, kind in raised
        if not any(other != part and other in part for other, _kind in raised)
    ]
    found = [
        Heard(kind, SURE, part, _like(part, kind, reading, known))
        for part, kind in raised or [(" ".join(text.split()), kinds[0])]
    ]
    heard = {one.kind for one in found}
    return found + [Heard(kind, SURE, found[0].sentence, "") for kind in kinds if kind not in heard]


def _like(part: str, kind: DangerKind, reading: Reading | None, known: Model | None) -> str:
    if reading is None or known is None or part not in reading.stretches:
        return ""
    return _nearest(reading, known, reading.stretches.index(part), kind)


def probabilities(text: str, reading: Reading, known: Model) -> tuple[NDArray[np.float64], float]:
    """Give the probability of danger for each stretch, and the threshold for this text."""
    group = "nl" if _is_dutch(text) else "other"
    slope, shift = known.calibration[0 if group == "nl" else 1]
    scores = reading.scores[:, known.heads.index(DANGER)] * slope + shift
    least = known.thresholds[group]
    threshold = math.log(least / (1 - least)) + PER_STRETCH * math.log(len(reading.stretches))
    return sigmoid(scores), float(sigmoid(threshold))


def _heard(text: str, reading: Reading, known: Model) -> list[Heard]:
    chances, least = probabilities(text, reading, known)
    names, places = known.columns("kind")
    found = []
    for number, chance in enumerate(chances):
        if chance >= least:
            kind = DangerKind(names[int(np.argmax(reading.scores[number, places]))])
            like = _nearest(reading, known, number, kind)
            found.append(Heard(kind, round(float(chance), 3), reading.stretches[number], like))
    return found


def _nearest(reading: Reading, known: Model, number: int, kind: DangerKind) -> str:
    if not reading.embedded[number]:
        return ""
    nearness = known.example_vectors @ reading.vectors[number]
    nearness[known.example_kinds != kind.value] = -1.0
    return known.example_texts[int(np.argmax(nearness))]


def _second_kinds(reading: Reading, known: Model, found: list[Heard]) -> list[DangerKind]:
    names, places = known.columns("kind")
    raised = {one.sentence for one in found}
    second = []
    for number, stretch in enumerate(reading.stretches):
        if stretch in raised:
            chances = sigmoid(reading.scores[number, places])
            best = chances.max()
            second += [
                DangerKind(name)
                for name, chance in zip(names, chances, strict=True)
                if chance >= SECOND_KIND and chance >= best * SECOND_KIND
            ]
    return second


def _always_heard(text: str) -> list[Heard]:
    spoken = f" {' '.join(words_of(text))} "
    return [
        Heard(kind, SURE, words, "") for kind, words in _plain_words() if f" {words} " in spoken
    ]


@cache
def _plain_words() -> tuple[tuple[DangerKind, str], ...]:
    """Read the list once a process, its words in their plain form."""
    data = tomllib.loads(_PLAIN_WORDS.read_text(encoding="utf-8"))
    return tuple(
        (DangerKind(entry["kind"]), " ".join(words_of(words)))
        for entry in data["heard"]
        for words in entry["words"]
    )
