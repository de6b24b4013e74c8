"""How somebody can be reached, in one form: phone numbers, e-mail addresses, postcodes.

Whatever notation comes in, one comes out, so that two notations of one number are one number.
Errors are sentences for the person who typed, and never repeat what they typed.
"""

from __future__ import annotations

import re

import phonenumbers
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _
from phonenumbers import NumberParseException, PhoneNumberFormat, PhoneNumberType

_POSTCODE = re.compile(r"([1-9][0-9]{3})([A-Z]{2})?")
# PostNL gives out no postcode with these letters.
_NEVER_IN_POSTCODE = frozenset({"SA", "SD", "SS"})


def clean_phone(value: str) -> str:
    """The number in E.164 (`+31612345678`), read as Dutch where it has no country code.

    Takes any notation: `06-12 34 56 78`, `(0341) 35 70 01`, `0031 6...`, `+49 ...`, Arabic digits.
    Raises ValidationError("phone") where no phone can have that number.
    """
    # "+31 (0)6 ..." is how the Dutch write a number for abroad; that 0 is not dialled.
    text = re.sub(r"\(\s*0\s*\)", "", value) if re.match(r"\s*(\+|00)", value) else value
    # People add whose number it is: "06 12345678 (dochter)". The library would read the letters
    # as keys of a telephone.
    text = re.sub(r"[^\W\d_]+|\(\s*\)", " ", text)
    try:
        number = phonenumbers.parse(text, "NL")
    except NumberParseException:
        raise _no_phone() from None
    if number.extension or not phonenumbers.is_valid_number(number):
        raise _no_phone()
    return phonenumbers.format_number(number, PhoneNumberFormat.E164)


def display_phone(e164: str) -> str:
    """The number as people write it: `06 12345678`, `0341 357 001`, `+49 ...` for abroad."""
    number = phonenumbers.parse(e164, "NL")
    dutch = number.country_code == 31
    form = PhoneNumberFormat.NATIONAL if dutch else PhoneNumberFormat.INTERNATIONAL
    return phonenumbers.format_number(number, form)


def spoken_phone(e164: str) -> str:
    """The number to read aloud, digit by digit in groups: `0 6, 1 2, 3 4, 5 6, 7 8`.

    Also what a screen reader should get: otherwise it says "six billion".
    """
    digits = [c for c in display_phone(e164) if c.isdigit() or c == "+"]
    pairs = ["".join(digits[at : at + 2]) for at in range(0, len(digits), 2)]
    return ", ".join(" ".join(pair) for pair in pairs)


def can_receive_text(e164: str) -> bool:
    """True if a text message can reach this number: a mobile, or abroad where it can't be told."""
    kind = phonenumbers.number_type(phonenumbers.parse(e164, "NL"))
    return kind in (PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE)


def clean_email(value: str) -> str:
    """The address without surrounding blanks, its domain in lower case.

    What stands before the @ is left alone: some mail servers do tell capitals apart.
    Raises ValidationError("email") where it is no address.
    """
    address = value.strip().removeprefix("mailto:")
    try:
        validate_email(address)
    except ValidationError:
        raise ValidationError(
            _("Dit e-mailadres klopt niet. Kijk of er een @ en een punt in staat."), code="email"
        ) from None
    local, _at, domain = address.rpartition("@")
    return f"{local}@{domain.lower()}"


def same_email(one: str, other: str) -> bool:
    """True if two addresses are in practice one mailbox (capitals don't count)."""
    return one.casefold() == other.casefold()


def clean_postcode(value: str, *, letters_required: bool = False) -> str:
    """`1234 ab` as `1234AB`; `1234` stays `1234` unless letters are required.

    Raises ValidationError("postcode") where it is no Dutch postcode.
    """
    text = re.sub(r"[\s.\-]", "", value).upper()
    match = _POSTCODE.fullmatch(text)
    letters = match[2] if match else None
    if match is None or letters in _NEVER_IN_POSTCODE or (letters_required and not letters):
        raise ValidationError(
            _("Een postcode is 4 cijfers en 2 letters. Bijvoorbeeld 3881 AB."), code="postcode"
        )
    return text


def display_postcode(postcode: str) -> str:
    """`1234AB` as `1234 AB`."""
    return f"{postcode[:4]} {postcode[4:]}".strip()


def _no_phone() -> ValidationError:
    return ValidationError(
        _("Dit telefoonnummer klopt niet. Kijk of er een cijfer mist. Bijvoorbeeld 06 12345678."),
        code="phone",
    )
