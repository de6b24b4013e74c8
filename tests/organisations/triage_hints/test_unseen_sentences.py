"""What other authors wrote, who saw no words, patterns or weights: only shares, no sentence.

Two sets are learned from now, so that being heard by everything that was learned says little.
What counts of those is the ear that was learned without the set it is measured on; and the third
set, which nobody read.
"""

from collections.abc import Sequence

import pytest

from organisations.triage_hints import danger_training, find_danger
from organisations.triage_hints.danger_classifier import Ear, ear
from organisations.triage_hints.sentences_file import (
    SEALED,
    STRANGERS,
    STRANGERS_ONE,
    STRANGERS_TWO,
    Sentence,
    labelled,
    sentences,
)


def _shares(every: Sequence[Sentence], by: Ear) -> tuple[float, float]:
    """Give how much danger is heard, and how many calm sentences alarm."""
    calm = [one for one in every if not one.danger]
    heard = sum(find_danger(one.text, by=by) is not None for one in every if one.danger)
    false = sum(find_danger(one.text, by=by) is not None for one in calm)
    return heard / (len(every) - len(calm)), false / len(calm)


@pytest.mark.parametrize("half", STRANGERS)
def test_what_was_learned_from_is_heard(half: str) -> None:
    heard, false = _shares(sentences(half), ear())
    assert heard >= 0.98
    assert false <= 0.02


@pytest.mark.parametrize(
    ("half", "at_least", "at_most"), [(STRANGERS_ONE, 0.90, 0.05), (STRANGERS_TWO, 0.87, 0.09)]
)
def test_a_set_is_heard_by_what_was_learned_without_it(
    half: str, at_least: float, at_most: float
) -> None:
    heard, false = _shares(sentences(half), danger_training.without(half))
    assert heard >= at_least
    assert false <= at_most


def test_a_set_that_nobody_read_is_heard() -> None:
    # Five short sentences happen to be what was learned from too, word for word: they don't count.
    learned = {text for _kind, text in labelled()}
    heard, false = _shares([one for one in sentences(SEALED) if one.text not in learned], ear())
    assert heard >= 0.94
    assert false <= 0.05
