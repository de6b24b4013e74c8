"""The weights of Dutch words are learned from our sentences only, and listening stays bounded."""

import math
import re
import tomllib

import pytest

from organisations.triage_hints import (
    DangerKind,
    dutch_classifier,
    dutch_patterns,
    dutch_training,
)
from organisations.triage_hints.corpus import OUTSIDE_AUTHORS, sentences
from organisations.triage_hints.dutch_spelling import MAX_LETTERS, MAX_WORDS, sound, words_and_stops


def test_weights_of_other_sources_are_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    dutch_classifier.ear.cache_clear()
    assert dutch_classifier.ear() is not None
    dutch_classifier.ear.cache_clear()
    monkeypatch.setattr(dutch_classifier, "sources_digest", lambda: "other sentences")
    assert dutch_classifier.ear() is None
    dutch_classifier.ear.cache_clear()


def test_nothing_that_is_only_measured_is_learned_from() -> None:
    learned_from = {text for _kind, text in dutch_training.labelled()}
    for half in ("report", "later", "personas"):
        measured = {one.text for one in sentences(half)}
        assert len(measured & learned_from) <= len(measured) / 20


@pytest.mark.parametrize("half", OUTSIDE_AUTHORS)
def test_a_set_of_another_author_can_be_left_out_to_be_measured_on(half: str) -> None:
    left_out = {one.text for one in sentences(half)}
    assert left_out <= {text for _kind, text in dutch_training.labelled()}
    assert (
        len(left_out & {text for _kind, text in dutch_training.labelled(without=half)})
        <= len(left_out) / 20
    )


def test_an_ear_adds_up_what_was_learned_of_each_thing_that_is_counted() -> None:
    words = words_and_stops("mijn man slaat mij en ik ben bang voor hem")
    base, weights = dutch_training.learn(dutch_training.labelled()[::40])
    [(_stretch, score)] = dutch_classifier.Ear(base, weights, {}).scores(words)
    counts = dutch_training._counts(words)
    total = sum(weights.get(feature, 0.0) * count for feature, count in counts.items())
    assert score == pytest.approx(base + total * dutch_classifier.weight_of_length(len(words)))


def test_learning_twice_gives_the_same() -> None:
    some = dutch_training.labelled()[::40]
    assert dutch_training.learn(some) == dutch_training.learn(some)


def test_learning_tells_danger_from_calm() -> None:
    _base, weights = dutch_training.learn(
        [("violence", "hij slaat mij")] * 3 + [("", "zoek een cursus")] * 3
    )
    assert weights[f"w {sound('slaat')}"] > 0
    assert weights[f"w {sound('cursus')}"] < 0


@pytest.mark.parametrize("length", [0, 1, 20, 24, 25, 100, 3000])
def test_stretches_cover_a_sentence_and_each_word_is_in_at_most_three(length: int) -> None:
    stretches = dutch_classifier.stretches(length)
    times = [sum(place in stretch for stretch in stretches) for place in range(min(length, 200))]
    assert all(1 <= count <= 3 for count in times)
    assert len(stretches) <= length / 10 + 2


@pytest.mark.parametrize(
    "text", ["a" * 1_000_000, "mijn man " * 120_000, ". " * 500_000, "\n" * 1_000_000]
)
def test_of_a_megabyte_no_more_is_listened_to_than_of_its_first_words(text: str) -> None:
    words = words_and_stops(text)
    assert len(words) <= MAX_WORDS
    assert all(len(word) <= MAX_LETTERS for word in words)


def test_a_pattern_can_try_only_so_many_ways_from_one_word() -> None:
    """A bound on steps: the gaps of a pattern multiply, so their product must stay small.

    No pattern repeats without a limit anything that holds a space, so that a search takes at most
    this many tries a word, however the text is made.
    """
    data = tomllib.loads(dutch_patterns._FILE.read_text(encoding="utf-8"))
    assert not any(".." in entries for entries in data["lists"].values())
    rows = [row for kind in DangerKind for rows in data[kind.value].values() for row in rows]
    for row in rows:
        gaps = [int(gap) + 1 for gap in re.findall(r"\.\.(\d+)", row)] + [9] * row.count(" & ")
        assert math.prod(gaps) <= 2_500, row
    for _kind, compiled in dutch_patterns._PATTERNS.compiled:
        without_limit = re.sub(r"\\S\*|\[\^\\s\.\]\+", "", compiled.pattern)
        assert not re.search(r"(?<!\\)[*+]", without_limit), compiled.pattern
