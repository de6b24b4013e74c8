"""References and codes: stable per form, forgiving when typed, never stored in the clear."""

import re
import uuid
from uuid import UUID

import pytest

from intake.resident_access import codes

FORM, OTHER = UUID(int=7), UUID(int=8)


def test_a_form_sent_twice_has_the_same_reference_and_code() -> None:
    assert codes.reference_for(FORM) == codes.reference_for(FORM)
    assert codes.first_code(FORM) == codes.first_code(FORM)
    assert codes.reference_for(FORM) != codes.reference_for(OTHER)
    assert codes.first_code(FORM) != codes.first_code(OTHER)


def test_a_taken_reference_has_alternatives() -> None:
    assert codes.reference_for(FORM, attempt=1) != codes.reference_for(FORM)
    assert len({codes.reference_for(FORM, attempt) for attempt in range(20)}) == 20


def test_a_reference_has_no_vowels_and_no_characters_that_look_alike() -> None:
    for number in range(200):
        reference = codes.reference_for(UUID(int=number))
        assert re.fullmatch("[BCDFGHJKLMNPQRSTVWXZ2-9]{4}-[BCDFGHJKLMNPQRSTVWXZ2-9]{4}", reference)
        assert codes.clean_reference(reference) == reference
        assert len(reference) == 9


def test_a_code_has_nine_digits_and_is_shown_in_threes() -> None:
    for _ in range(50):
        for code in (codes.first_code(uuid.uuid4()), codes.new_code()):
            assert re.fullmatch(r"\d{9}", code)
            assert code.isdigit()
    assert codes.display_code("123456789") == "123 456 789"


@pytest.mark.parametrize("typed", ["123456789", " 123-456 789 ", "123 456-789"])
def test_spaces_and_hyphens_in_a_typed_code_are_ignored(typed: str) -> None:
    question = uuid.uuid4()
    stored = codes.digest(question, "123456789")
    assert codes.matches(question, typed, stored)
    assert codes.matches(question, typed, memoryview(stored))
    assert not codes.matches(question, "123456780", stored)


def test_a_code_opens_only_its_own_question() -> None:
    stored = codes.digest(FORM, "123456789")
    assert not codes.matches(OTHER, "123456789", stored)
    assert not codes.matches(uuid.uuid4(), "123456789", stored)


def test_only_ascii_digits_count_and_no_more_than_twenty() -> None:
    assert codes.clean_code("12\N{ARABIC-INDIC DIGIT THREE}4") == "124"
    assert codes.clean_code("\u0661\u0662 12") == "12"
    assert codes.clean_code("1" * 30) == "1" * 20


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        (" bk7m 4pq9", "BK7M-4PQ9"),
        ("bcdf-ghjk", "BCDF-GHJK"),
        (" BCDF GHJK ", "BCDF-GHJK"),
        ("BK7M-4PQ", ""),
        ("BK7M-4PQ99", ""),
        ("BCDFGHJ", ""),
        ("BCDFGHJKL", ""),
        ("AEIO-UAEI", ""),
        ("", ""),
    ],
)
def test_a_typed_reference_is_normalised_and_a_wrong_one_is_empty(typed: str, meant: str) -> None:
    assert codes.clean_reference(typed) == meant


def test_digests_differ_by_purpose_and_by_part_and_reveal_no_value() -> None:
    subjects = [
        ("reference", "10.0.0.1"),
        ("address", "10.0.0.1"),
        ("reference", "10.0.0.1", "b"),
        ("reference", "b"),
    ]
    assert len({codes.subject_digest(*parts) for parts in subjects}) == 4
    assert codes.subject_digest("address", "a") == codes.subject_digest("address", "a")
    assert b"10.0.0.1" not in codes.subject_digest("address", "10.0.0.1")
