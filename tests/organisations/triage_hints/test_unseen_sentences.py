"""What other authors wrote, who saw no words, patterns or weights: only shares, no sentence.

Two sets are learned from now, so that being heard by everything that was learned says little.
What counts of those is the ear that was learned without the set it is measured on; and the third
set, which nobody read.
"""

from collections.abc import Sequence

import pytest

from organisations.triage_hints import dutch_training, find_danger
from organisations.triage_hints.corpus import (
    OUTSIDE_AUTHORS,
    OUTSIDE_AUTHORS_THREE,
    Sentence,
    measured,
    sentences,
)
from organisations.triage_hints.dutch_classifier import Ear, ear
from organisations.triage_hints.dutch_patterns import find_in_dutch

# Danger heard at least, calm sentences that alarm at most: what was measured (docs/words.md), with
# two or three of a hundred for learning anew.
SEALED = {
    "sealed_nl": (0.94, 0.07),
    "sealed_en": (0.84, 0.11),
    "sealed_tr": (0.75, 0.10),
    "sealed_ar": (0.64, 0.11),
    "sealed_pl": (0.73, 0.13),
    "sealed_uk": (0.78, 0.08),
}


def _shares(every: Sequence[Sentence], by: Ear | None) -> tuple[float, float]:
    """Give how much danger is heard, and how many calm sentences alarm."""
    calm = [one for one in every if not one.danger]
    heard = sum(bool(find_in_dutch(one.text, by=by)) for one in every if one.danger)
    false = sum(bool(find_in_dutch(one.text, by=by)) for one in calm)
    return heard / (len(every) - len(calm)), false / len(calm)


@pytest.mark.parametrize("half", OUTSIDE_AUTHORS)
def test_what_was_learned_from_is_heard(half: str) -> None:
    heard, false = _shares(sentences(half), ear())
    assert heard >= 0.98
    assert false <= 0.02


@pytest.mark.parametrize(
    ("half", "at_least", "at_most"), [("strangers_one", 0.90, 0.05), ("strangers_two", 0.87, 0.09)]
)
def test_a_set_is_heard_by_what_was_learned_without_it(
    half: str, at_least: float, at_most: float
) -> None:
    heard, false = _shares(sentences(half), dutch_training.without(half))
    assert heard >= at_least
    assert false <= at_most


def test_a_set_that_nobody_read_is_heard() -> None:
    heard, false = _shares(measured(OUTSIDE_AUTHORS_THREE), ear())
    assert heard >= 0.94
    assert false <= 0.05


@pytest.mark.parametrize("half", SEALED)
def test_sealed_sets_are_heard_no_worse_than_was_measured(half: str) -> None:
    """Of an author who saw nothing; the goals of 90 % are not met in other languages yet."""
    every = measured(half)
    calm = [one for one in every if not one.danger]
    heard = sum(find_danger(one.text) is not None for one in every if one.danger)
    false = sum(find_danger(one.text) is not None for one in calm)
    least, most = SEALED[half]
    assert heard / (len(every) - len(calm)) >= least
    assert false / len(calm) <= most
