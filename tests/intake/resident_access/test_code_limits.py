"""References and codes: stable for a form, keyed, and forgiving of how they are typed."""

from uuid import UUID, uuid4

import pytest

from intake.resident_access import codes

FORM = UUID(int=7)


def test_a_form_has_the_same_reference_and_code_each_time_it_is_sent() -> None:
    assert codes.reference_for(FORM) == codes.reference_for(FORM)
    assert codes.first_code(FORM) == codes.first_code(FORM)
    other = UUID(int=8)
    assert codes.reference_for(FORM) != codes.reference_for(other)
    assert codes.first_code(FORM) != codes.first_code(other)


def test_another_attempt_gives_another_reference() -> None:
    assert len({codes.reference_for(FORM, attempt) for attempt in range(20)}) == 20


def test_references_and_codes_have_the_shape_that_people_read_aloud() -> None:
    for _ in range(50):
        reference = codes.reference_for(uuid4())
        assert codes.clean_reference(reference) == reference
        assert len(reference) == 9
        for code in (codes.first_code(uuid4()), codes.new_code()):
            assert len(code) == 9
            assert code.isdigit()


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("bcdf-ghjk", "BCDF-GHJK"),
        (" BCDF GHJK ", "BCDF-GHJK"),
        ("BCDFGHJ", ""),
        ("BCDFGHJKL", ""),
        ("AEIO-UAEI", ""),
        ("", ""),
    ],
)
def test_a_reference_is_understood_as_typed_or_not_at_all(typed: str, meant: str) -> None:
    assert codes.clean_reference(typed) == meant


def test_a_code_matches_its_own_question_whatever_stands_between_the_digits() -> None:
    stored = codes.digest(FORM, "123456789")
    assert codes.matches(FORM, "123 456-789", stored)
    assert codes.matches(FORM, "123456789", memoryview(stored))
    assert not codes.matches(FORM, "123456780", stored)
    assert not codes.matches(UUID(int=8), "123456789", stored)
    assert codes.display_code("123456789") == "123 456 789"


def test_only_ascii_digits_count_and_no_more_than_twenty() -> None:
    assert codes.clean_code("\u0661\u0662 12") == "12"
    assert codes.clean_code("1" * 30) == "1" * 20


def test_what_is_counted_under_differs_by_kind_and_by_part() -> None:
    subjects = [("reference", "a"), ("address", "a"), ("reference", "a", "b"), ("reference", "b")]
    assert len({codes.subject_digest(*parts) for parts in subjects}) == 4
    assert codes.subject_digest("address", "a") == codes.subject_digest("address", "a")
