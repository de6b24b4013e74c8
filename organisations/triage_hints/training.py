"""Learn the model from the labelled sentences: seeded, on one processor, in under two minutes.

One pipeline of scikit-learn's parts: letters, words and the encoder's numbers in; a logistic
regression for danger, for each kind of it and for each life domain out. What danger sounds like in
the sentences of residents (not in lines written along a vocabulary) calibrates the probability, by
folds that weren't learned from; so the thresholds are chosen on no sentence that is measured on.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.linear_model import LogisticRegression

from organisations.triage_hints.corpus import SAID_MORE, Sentence, learned
from organisations.triage_hints.encoder import encode
from organisations.triage_hints.features import WIDTH, letters_of
from organisations.triage_hints.languages import language_of
from organisations.triage_hints.model import DANGER, save

SEED = 20261129
FOLDS = 4
REGULAR = 5.0
FOREIGN_WEIGHS = 10.0
"""There are few sentences in other languages than Dutch: each counts so many times."""
PHRASES_WEIGH = 0.35
SECOND_WEIGHS = 0.6
"""How much the second and third life domain of a sentence count."""
FALSE_ALARMS = {"nl": 0.07, "other": 0.07}
"""How many calm sentences may be heard, among those that weren't learned from."""
KINDS = ("violence", "suicide", "child", "acute")
EXAMPLES = 1500

Row = NDArray[np.float64]


def learn(*, without: str = "", say: Callable[[str], object] = lambda _text: None) -> None:
    """Learn from all sentences (but one set, to measure it) and write the model."""
    save(arrays(learned(without=without), say))


def arrays(every: Sequence[Sentence], say: Callable[[str], object]) -> dict[str, NDArray[Any]]:
    """Give the arrays of a model that learned these sentences."""
    texts = [one.text for one in every]
    vectors = encode(texts)
    say(f"{len(texts)} sentences are read.")
    numbers = sparse.hstack([letters_of(texts), sparse.csr_matrix(vectors)], format="csr")
    foreign = np.array([one.language != "nl" for one in every])
    weights = np.where(foreign, FOREIGN_WEIGHS, 1.0)

    labeled = np.array([one.danger is not None for one in every])
    danger = np.array([bool(one.danger) for one in every])
    heads: dict[str, tuple[Row, float]] = {DANGER: _fit(numbers, danger, weights, labeled)}
    say("danger is learned.")
    for kind in KINDS:
        is_kind = np.array([one.danger == kind for one in every])
        heads[f"kind:{kind}"] = _fit(numbers, is_kind, weights, danger)
    say("kinds of danger are learned.")
    heads |= _subjects(every, numbers, weights)
    say("life domains are learned.")
    calibration, thresholds = _calibrated(every, numbers, danger, weights, labeled)
    say(f"thresholds are chosen: {thresholds}.")

    rows = np.stack([row for row, _intercept in heads.values()])
    meaning = rows[:, WIDTH:].T.astype(np.float32)
    chosen = _examples(every)
    return {
        "heads": np.array(list(heads)),
        "letters": rows[:, :WIDTH].T.astype(np.float16),
        "meaning": meaning,
        "intercepts": np.array([intercept for _row, intercept in heads.values()]),
        "usual": (vectors @ meaning).mean(axis=0),
        "calibration": calibration,
        "threshold_names": np.array(list(thresholds)),
        "thresholds": np.array(list(thresholds.values())),
        "example_kinds": np.array([every[place].danger for place in chosen]),
        "example_texts": np.array([every[place].text for place in chosen]),
        "example_vectors": vectors[chosen].astype(np.float16),
    }


def _fit(
    numbers: Any, right: NDArray[np.bool_], weights: Row, among: NDArray[np.bool_]
) -> tuple[Row, float]:
    """Learn one head: which of the sentences `among` are `right`."""
    found = LogisticRegression(
        C=REGULAR,
        class_weight="balanced",
        solver="liblinear",
        dual=True,
        tol=0.01,
        max_iter=200,
        random_state=SEED,
    ).fit(numbers[among], right[among], sample_weight=weights[among])
    return found.coef_[0], float(found.intercept_[0])


def _subjects(
    every: Sequence[Sentence], numbers: Any, weights: Row
) -> dict[str, tuple[Row, float]]:
    """Learn each life domain, and "nothing" and what is the municipality's, against the others."""
    among = np.array([bool(one.life_domains) for one in every])
    phrase = np.array([one.half == "phrases" for one in every])
    weigh = weights * np.where(phrase, PHRASES_WEIGH, 1.0)
    slugs = sorted({slug for one in every for slug in one.life_domains})
    found = {}
    for slug in slugs:
        right = np.array([slug in one.life_domains for one in every])
        second = np.array([slug in one.life_domains[1:] for one in every])
        found[f"about:{slug}"] = _fit(
            numbers, right, weigh * np.where(second, SECOND_WEIGHS, 1.0), among
        )
    return found


def _calibrated(
    every: Sequence[Sentence],
    numbers: Any,
    danger: NDArray[np.bool_],
    weights: Row,
    labeled: NDArray[np.bool_],
) -> tuple[NDArray[np.float64], dict[str, float]]:
    """Give, for Dutch and for other languages, what makes a score a probability; and thresholds."""
    natural = (
        np.array([one.half not in ("said", SAID_MORE, "phrases", "plain") for one in every])
        & labeled
    )
    fold = np.random.default_rng(SEED).integers(0, FOLDS, len(every))
    scores = np.zeros(len(every))
    for number in range(FOLDS):
        held = natural & (fold == number)
        row, intercept = _fit(numbers, danger, weights, labeled & ~held)
        scores[held] = numbers[held] @ row + intercept
    other = np.array([language_of(one.text) not in ("nl", "") for one in every])
    lines, thresholds = [], {}
    for group, members in (("nl", natural & ~other), ("other", natural & other)):
        platt = LogisticRegression(C=1e3).fit(scores[members, None], danger[members])
        slope, shift = float(platt.coef_[0, 0]), float(platt.intercept_[0])
        lines.append([slope, shift])
        calm = scores[members & ~danger] * slope + shift
        least = float(np.quantile(calm, 1 - FALSE_ALARMS[group]))
        thresholds[group] = round(1 / (1 + float(np.exp(-least))), 4)
    return np.array(lines), thresholds


def _examples(every: Sequence[Sentence]) -> list[int]:
    """Choose Dutch sentences of danger that a heard sentence can be likened to."""
    dutch = [n for n, one in enumerate(every) if one.danger and one.language == "nl"]
    dutch = [n for n in dutch if len(every[n].text.split()) >= 3]
    order = np.random.default_rng(SEED).permutation(len(dutch))[:EXAMPLES]
    return sorted(dutch[n] for n in order)
