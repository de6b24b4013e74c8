"""The labelled sentences: enough of each, and what is measured is never learned from."""

from organisations.triage_hints.corpus import (
    LANGUAGES,
    OURS,
    OUTSIDE_AUTHORS_THREE,
    PERSONAS,
    learned,
    measured,
    sentences,
)
from organisations.triage_hints.danger_kinds import DangerKind


def test_there_are_enough_sentences_to_learn_from_in_each_language() -> None:
    for language in LANGUAGES:
        every = sentences(f"learned_{language}")
        assert len(every) >= 150
        assert {one.danger for one in every} == {"", *DangerKind}


def test_what_is_measured_is_not_learned_from() -> None:
    texts = {one.text for one in learned()}
    for half in (*OURS[1:], PERSONAS, OUTSIDE_AUTHORS_THREE):
        chosen = measured(half)
        assert len(chosen) >= 0.95 * len(sentences(half))
        assert not texts & {one.text for one in chosen}


def test_a_set_can_be_left_out_to_be_measured() -> None:
    assert len(learned()) - len(learned(without="strangers_one")) == 300
