"""Learn the weights of Dutch words from the labelled sentences.

Logistic regression by gradient steps whose size shrinks with what each weight has moved (AdaGrad),
in plain Python: some ten seconds, the same every time. `manage.py learn` calls it.
"""

from __future__ import annotations

import math
import random
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache
from itertools import islice

from organisations.triage_hints import dutch_classifier
from organisations.triage_hints.artefact import folder, sources_digest
from organisations.triage_hints.corpus import SAID_MORE, learned
from organisations.triage_hints.dutch_spelling import STOP, words_and_stops

ROUNDS = 20
AVERAGED = 10
"""The weights are the mean of those after each of the last rounds: one round's last examples would
else tip what stands near the threshold."""
STEP = 0.3
SEED = 1
SEEN = 2
"""What stands in fewer examples than this is not learned from."""
MORE_OF_DANGER = 1.2
"""How much more a missed danger weighs than a false alarm, together."""
SMALL = 0.01
"""A weight nearer to nothing than this is left out of the file."""
Example = tuple[str, str]
"""Kind of danger ("" for calm), and the text."""


def write() -> int:
    """Learn from all labelled sentences and write the file; return how many weights it has."""
    examples = labelled()
    base, danger = learn(examples)
    kinds = _kinds(examples)
    rows = [f"# {sources_digest()} {base:.4f}"]
    for feature in sorted(danger.keys() | kinds.keys()):
        weight = danger.get(feature, 0.0)
        pointing = kinds.get(feature)
        if abs(weight) >= SMALL or pointing:
            columns = [feature, f"{weight:.3f}", *(f"{part:.2f}" for part in pointing or ())]
            rows.append("\t".join(columns))
    folder().mkdir(parents=True, exist_ok=True)
    unfinished = folder() / f"{dutch_classifier.WEIGHTS}.new"
    unfinished.write_text("\n".join(rows) + "\n", encoding="utf-8")
    unfinished.replace(folder() / dutch_classifier.WEIGHTS)
    dutch_classifier.ear.cache_clear()
    return len(rows) - 1


def labelled(*, without: str = "") -> list[Example]:
    """Return what is learned from: kind of danger ("" for calm), and the text; Dutch only."""
    return [
        (one.danger, one.text)
        for one in learned(without=without)
        if one.danger is not None and one.language == "nl" and one.half not in (SAID_MORE, "plain")
    ]


@cache
def without(half: str) -> dutch_classifier.Ear:
    """Return an ear that never heard one of the sets, to be measured on it; some ten seconds."""
    examples = labelled(without=half)
    return dutch_classifier.Ear(*learn(examples), _kinds(examples))


def learn(examples: Sequence[Example]) -> tuple[float, dict[str, float]]:
    """Give the odds where nothing stands, and the weight of everything that is counted."""
    rows = [
        (_counts(words), kind != "", dutch_classifier.weight_of_length(len(words)))
        for kind, text in examples
        for words in _heard(text, calm=not kind)
    ]
    seen: Counter[str] = Counter()
    for counts, _danger, _scale in rows:
        seen.update(counts.keys())
    number = {f: n for n, f in enumerate(sorted(f for f, c in seen.items() if c >= SEEN))}
    known = [
        ([(number[f], count * scale) for f, count in counts.items() if f in number], danger)
        for counts, danger, scale in rows
    ]
    dangers = sum(danger for _row, danger in known)
    weigh = {
        True: MORE_OF_DANGER * len(known) / 2 / max(1, dangers),
        False: len(known) / 2 / max(1, len(known) - dangers),
    }
    weights, moved, base = [0.0] * len(number), [1e-3] * len(number), 0.0
    total, total_base = [0.0] * len(number), 0.0
    order = random.Random(SEED)  # noqa: S311  no secret: the same order every time
    for turn in range(ROUNDS):
        order.shuffle(known)
        for row, danger in known:
            odds = base + sum(weights[place] * value for place, value in row)
            wrong = (1 / (1 + math.exp(-max(-30.0, min(30.0, odds)))) - danger) * weigh[danger]
            base -= 0.02 * wrong
            for place, value in row:
                slope = wrong * value
                moved[place] += slope * slope
                weights[place] -= STEP * slope / math.sqrt(moved[place])
        if turn >= ROUNDS - AVERAGED:
            total = [sum(pair) for pair in zip(total, weights, strict=True)]
            total_base += base
    mean = {feature: total[place] / AVERAGED for feature, place in number.items()}
    return total_base / AVERAGED, mean


def _heard(text: str, *, calm: bool) -> list[list[str]]:
    """The words of an example; of a calm one each sentence as well, for all of it is calm."""
    sentences: list[list[str]] = [[]]
    for word in words_and_stops(text):
        if word == STOP:
            sentences.append([])
        else:
            sentences[-1].append(word)
    whole = [word for sentence in sentences for word in sentence]
    usable = [sentence for sentence in sentences if len(sentence) > 2]
    return [whole, *(usable if calm and len(usable) > 1 else [])] if whole else []


def _counts(words: Sequence[str]) -> Mapping[str, float]:
    """How often each thing that is counted stands in a stretch of words."""
    counts: Counter[str] = Counter()
    for place, word in enumerate(words):
        for feature, count in dutch_classifier.of_word(word):
            counts[feature] += count  # type: ignore[assignment]
        for distance, other in enumerate(
            islice(words, place + 1, place + dutch_classifier.NEAR + 1), 1
        ):
            counts.update(dutch_classifier.of_pair(word, other, distance))
    return counts


def _kinds(examples: Sequence[Example]) -> dict[str, tuple[float, ...]]:
    """For each word and concept, how much more it stands in one kind of danger than in others."""
    by_kind: dict[str, Counter[str]] = {kind: Counter() for kind in dutch_classifier.KINDS}
    totals: Counter[str] = Counter()
    for kind, text in examples:
        if kind:
            found = {f for words in _heard(text, calm=False) for w in words for f in _plain(w)}
            by_kind[kind].update(found)
            totals[kind] += 1
    every: Counter[str] = Counter()
    for counts in by_kind.values():
        every.update(counts)
    return {
        feature: tuple(
            math.log((by_kind[kind][feature] + 0.5) / (totals[kind] + 1))
            - math.log((count - by_kind[kind][feature] + 0.5) / (totals.total() - totals[kind] + 1))
            for kind in dutch_classifier.KINDS
        )
        for feature, count in every.items()
        if count >= SEEN
    }


def _plain(word: str) -> list[str]:
    """A word and its concepts, without its pieces."""
    return [feature for feature, _count in dutch_classifier.of_word(word) if feature[0] in "wc"]
