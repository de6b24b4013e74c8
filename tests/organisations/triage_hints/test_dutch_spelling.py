"""Words as residents type them, brought to one form."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from organisations.triage_hints.dutch_spelling import (
    Lexicon,
    one_slip_apart,
    sound,
    words_and_stops,
    words_of,
)


def test_words_lose_their_capitals_accents_and_marks_but_not_their_apostrophe() -> None:
    assert words_of("Ik heb één vraag: foto\u2019s!") == ["ik", "heb", "een", "vraag", "foto's"]


def test_the_end_of_a_sentence_or_a_line_is_kept_apart() -> None:
    assert words_and_stops("Hij gaat. Ik\nook?") == ["hij", "gaat", ".", "ik", ".", "ook", "."]


@given(st.text())
def test_any_text_gives_words_of_letters_and_digits(text: str) -> None:
    assert all(word.replace("'", "").isalnum() and word.isascii() for word in words_of(text))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("geweld", "gewelt"),
        ("zelfmoord", "selfmoort"),
        ("bedreigt", "bedreigd"),
        ("kwijt", "kweit"),
    ],
)
def test_words_that_sound_alike(one: str, other: str) -> None:
    assert sound(one) == sound(other)


@pytest.mark.parametrize(
    ("other", "near"),
    [
        ("mishandeling", True),
        ("mishandelng", True),
        ("mishandellng", True),
        ("mihsandeling", True),
        ("mishanndeling", True),
        ("mishandelen", False),
        ("handeling", False),
    ],
)
def test_one_slip_is_a_letter_more_less_other_or_two_swapped(other: str, near: bool) -> None:
    assert one_slip_apart("mishandeling", other) is near
    assert one_slip_apart(other, "mishandeling") is near


def test_a_lexicon_corrects_what_is_near_and_leaves_the_rest() -> None:
    lexicon = Lexicon({"geweld", "zelfmoord"}, slips={"zelfmoord"}, never={"gewelf"})
    assert lexicon.correct("gewelt") == "geweld"
    assert lexicon.correct("zelfmord") == "zelfmoord"
    assert lexicon.correct("gewelf") == "gewelf"
    assert lexicon.correct("fiets") == "fiets"
