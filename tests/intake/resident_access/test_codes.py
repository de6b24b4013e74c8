"""References and codes: stable per form, forgiving when typed, never stored in the clear."""

import re
import uuid

from intake.resident_access import codes

FORM = uuid.UUID(int=7)


def test_a_form_sent_twice_has_the_same_reference_and_code() -> None:
    assert codes.reference_for(FORM) == codes.reference_for(FORM)
    assert codes.first_code(FORM) == codes.first_code(FORM)
    assert codes.reference_for(FORM) != codes.reference_for(uuid.UUID(int=8))


def test_a_taken_reference_has_an_alternative() -> None:
    assert codes.reference_for(FORM, attempt=1) != codes.reference_for(FORM)


def test_a_reference_has_no_vowels_and_no_characters_that_look_alike() -> None:
    for number in range(200):
        reference = codes.reference_for(uuid.UUID(int=number))
        assert re.fullmatch("[BCDFGHJKLMNPQRSTVWXZ2-9]{4}-[BCDFGHJKLMNPQRSTVWXZ2-9]{4}", reference)


def test_a_code_has_nine_digits_and_is_shown_in_threes() -> None:
    for code in (codes.first_code(FORM), codes.new_code()):
        assert re.fullmatch(r"\d{9}", code)
    assert codes.display_code("123456789") == "123 456 789"


def test_spaces_and_hyphens_in_a_typed_code_are_ignored() -> None:
    question = uuid.uuid4()
    stored = codes.digest(question, "123456789")
    assert codes.matches(question, " 123-456 789 ", stored)
    assert not codes.matches(question, "123456780", stored)


def test_a_code_opens_only_its_own_question() -> None:
    stored = codes.digest(uuid.uuid4(), "123456789")
    assert not codes.matches(uuid.uuid4(), "123456789", stored)


def test_digits_of_other_scripts_are_no_part_of_a_code() -> None:
    assert codes.clean_code("12\N{ARABIC-INDIC DIGIT THREE}4") == "124"


def test_a_typed_reference_is_normalised_and_a_wrong_one_is_empty() -> None:
    assert codes.clean_reference(" bk7m 4pq9") == "BK7M-4PQ9"
    assert codes.clean_reference("BK7M-4PQ") == ""
    assert codes.clean_reference("BK7M-4PQ99") == ""


def test_digests_differ_by_purpose_and_reveal_no_value() -> None:
    assert codes.subject_digest("address", "10.0.0.1") != codes.subject_digest(
        "reference", "10.0.0.1"
    )
    assert b"10.0.0.1" not in codes.subject_digest("address", "10.0.0.1")
