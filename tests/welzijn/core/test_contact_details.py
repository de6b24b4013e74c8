"""Phone numbers, e-mail addresses and postcodes in whatever notation people use."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from welzijn.core.contact_details import (
    can_receive_text,
    clean_email,
    clean_phone,
    clean_postcode,
    display_phone,
    display_postcode,
    phone_note,
)
from welzijn.core.form_fields import EmailAddressField, PhoneField, PostcodeField


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("0612345678", "+31612345678"),
        ("06-12 34 56 78", "+31612345678"),
        ("06.12.34.56.78", "+31612345678"),
        ("+31 (0)6 12345678", "+31612345678"),
        ("0031612345678", "+31612345678"),
        ("0031 (0)341-357001", "+31341357001"),
        ("(0341) 35 70 01", "+31341357001"),
        ("tel: 06 12345678", "+31612345678"),
        ("06 12345678 (dochter)", "+31612345678"),
        ("٠٦١٢٣٤٥٦٧٨", "+31612345678"),
        ("+49 30 901820", "+4930901820"),
        ("+963 11 2121 000", "+963112121000"),
        ("0800-2000", "+318002000"),
    ],
)
def test_any_notation_is_one_number(typed, number) -> None:
    assert clean_phone(typed) == number
    assert clean_phone(number) == number


@pytest.mark.parametrize(
    "typed", ["06 4321", "112", "geen telefoon", "+", "0" * 500, "06123456789"]
)
def test_what_is_no_number_is_said_without_repeating_it(typed) -> None:
    with pytest.raises(ValidationError) as refused:
        clean_phone(typed)
    [sentence] = refused.value.messages
    assert "Dit telefoonnummer klopt niet" in sentence
    assert typed not in sentence


def test_it_is_shown_and_read_aloud_as_people_do() -> None:
    assert display_phone("+31612345678") == "06 12345678"
    assert display_phone("+31341357001") == "0341 357 001"
    assert display_phone("+4930901820") == "+49 30 901820"


def test_texts_go_to_mobiles() -> None:
    assert can_receive_text("+31612345678")
    assert not can_receive_text("+31341357001")
    assert not can_receive_text("+318002000")


@given(st.integers(10_000_000, 59_999_999), st.sampled_from(["-", " ", ".", ""]))
def test_every_dutch_mobile_comes_back_as_it_went_in(digits, gap) -> None:
    text = str(digits)
    assert clean_phone(f"06{gap}{text[:4]}{gap}{text[4:]}") == f"+316{text}"
    assert clean_phone(display_phone(f"+316{text}")) == f"+316{text}"


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("Aydin.Celik@Example.NL ", "Aydin.Celik@example.nl"),
        ("mailto:a@example.nl", "a@example.nl"),
    ],
)
def test_an_address_keeps_what_stands_before_the_at(typed, address) -> None:
    assert clean_email(typed) == address


@pytest.mark.parametrize(
    "typed", ["aydin", "a@b", "a b@example.nl", "@example.nl", "a@@example.nl"]
)
def test_what_is_no_address_is_said(typed) -> None:
    with pytest.raises(ValidationError, match="Dit e-mailadres klopt niet"):
        clean_email(typed)


@pytest.mark.parametrize(
    ("typed", "postcode"),
    [("3881 ab", "3881AB"), ("3881AB", "3881AB"), (" 38 81-a.b ", "3881AB"), ("3881", "3881")],
)
def test_a_postcode_in_one_form(typed, postcode) -> None:
    assert clean_postcode(typed) == postcode


@pytest.mark.parametrize(
    "typed", ["0123AB", "388", "3881A", "3881 SS", "AB3881", "Putten", "3881ABC"]
)
def test_what_is_no_postcode_is_said_with_an_example(typed) -> None:
    with pytest.raises(ValidationError, match="Bijvoorbeeld 3881 AB"):
        clean_postcode(typed)


def test_a_postcode_is_shown_with_a_space() -> None:
    assert display_postcode("3881AB") == "3881 AB"
    assert display_postcode("3881") == "3881"


def test_letters_can_be_asked_for() -> None:
    with pytest.raises(ValidationError, match="Bijvoorbeeld"):
        clean_postcode("3881", letters_required=True)


@pytest.mark.parametrize("field", [PhoneField(), EmailAddressField(), PostcodeField()])
@pytest.mark.parametrize("bad", ["\x00", "half \ud83d", "x" * 1_048_576])
def test_the_fields_refuse_bad_input_in_one_sentence(field, bad) -> None:
    with pytest.raises(ValidationError) as refused:
        field.clean(bad)
    assert len(refused.value.messages) == 1


@pytest.mark.parametrize("field", [PhoneField, EmailAddressField, PostcodeField])
def test_an_empty_answer_is_fine_where_it_may_be(field) -> None:
    assert field(required=False).clean("  ") == ""
    with pytest.raises(ValidationError, match="Vul een"):
        field().clean("")


@pytest.mark.parametrize(
    ("typed", "number", "note"),
    [
        ("06 12345678 na 18 uur", "+31612345678", "na 18 uur"),
        ("0341 357001 toestel 12", "+31341357001", "toestel 12"),
        ("dochter: 06-12345678", "+31612345678", "dochter"),
        ("Tel. 06 12345678 (niet 's ochtends)", "+31612345678", "niet 's ochtends"),
        ("0612345678 of 0341357001", "+31612345678", "of 0341357001"),
        ("06 12345678", "+31612345678", ""),
        ("telefoon: 06 12345678", "+31612345678", ""),
    ],
)
def test_a_note_behind_a_number_is_kept_apart(typed: str, number: str, note: str) -> None:
    assert (clean_phone(typed), phone_note(typed)) == (number, note)
    assert (clean_phone(f"{display_phone(number)} ({note})"), note) == (number, note)


@pytest.mark.parametrize("typed", ["612345678", "6 12 34 56 78", "341357001"])
def test_nine_digits_are_asked_about(typed: str) -> None:
    with pytest.raises(ValidationError) as refused:
        clean_phone(typed)
    assert refused.value.code == "phone_zero"


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("aydin", "de @ mist"),
        ("a@@example.nl", "meer dan één @"),
        ("a b@example.nl", "een spatie"),
        ("@example.nl", "mist de naam"),
        ("a@example", "mist een punt"),
        ("a@example..nl", "een punt te veel"),
        ("a@example.nl.", "een punt te veel"),
        ("aïcha@example.nl", "een letter die niet kan"),
        ("a@-example.nl", "een teken te veel"),
        ("a@gmial.com", "Is het misschien @gmail.com?"),
        ("a@HOTMAIL.CON", "Is het misschien @hotmail.com?"),
    ],
)
def test_what_is_wrong_with_an_address_is_said(typed: str, expected: str) -> None:
    with pytest.raises(ValidationError) as refused:
        clean_email(typed)
    assert expected in refused.value.messages[0]
    assert typed not in refused.value.messages[0]


def test_a_domain_of_another_script_is_kept_as_mail_servers_know_it() -> None:
    assert clean_email("a@münchen.de") == "a@xn--mnchen-3ya.de"
    assert clean_email("a@straße.de") == "a@xn--strae-oqa.de"  # IDNA 2003 made this strasse.de


@pytest.mark.parametrize(
    ("typed", "postcode"),
    [
        ("NL-3881 AB", "3881AB"),
        ("nl 3881ab", "3881AB"),
        ("3881 AB Putten", "3881AB"),
        ("3881ab, 's-Gravenhage", "3881AB"),
        ("3881 Putten", "3881"),
        ("٣٨٨١ AB", "3881AB"),
        ("".join(chr(ord(c) + 0xFEE0) for c in "3881AB"), "3881AB"),  # full width
    ],
)
def test_a_postcode_with_country_place_or_other_digits(typed: str, postcode: str) -> None:
    assert clean_postcode(typed) == postcode
