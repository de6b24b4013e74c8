"""Normalise and format phone numbers, e-mail addresses and postcodes.

Every notation is normalised, so that equal numbers compare equal. Error messages are for the user
and never repeat the input.
"""

from __future__ import annotations

import re

import phonenumbers
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _
from phonenumbers import NumberParseException, PhoneNumberFormat, PhoneNumberType

_POSTCODE = re.compile(r"([1-9][0-9]{3})([A-Z]{2})?")
# PostNL issues no postcode with these letters.
_NEVER_IN_POSTCODE = frozenset({"SA", "SD", "SS"})


def clean_phone(value: str) -> str:
    """Return the number in E.164 (`+31612345678`); without a country code it is Dutch.

    Accepts `06-12 34 56 78`, `(0341) 35 70 01`, `0031 6...`, `+49 ...` and Arabic digits.
    Raises ValidationError("phone") for an impossible number.
    """
    # In "+31 (0)6 ...", a common Dutch notation, the 0 is not dialled.
    text = re.sub(r"\(\s*0\s*\)", "", value) if re.match(r"\s*(\+|00)", value) else value
    # Remove additions such as "06 12345678 (dochter)": the library would convert the letters to
    # digits.
    text = re.sub(r"[^\W\d_]+|\(\s*\)", " ", text)
    try:
        number = phonenumbers.parse(text, "NL")
    except NumberParseException:
        raise _no_phone() from None
    if number.extension or not phonenumbers.is_valid_number(number):
        raise _no_phone()
    return phonenumbers.format_number(number, PhoneNumberFormat.E164)


def display_phone(e164: str) -> str:
    """Format a number for display: `06 12345678`, `0341 357 001`, `+49 ...` from abroad."""
    number = phonenumbers.parse(e164, "NL")
    dutch = number.country_code == 31
    form = PhoneNumberFormat.NATIONAL if dutch else PhoneNumberFormat.INTERNATIONAL
    return phonenumbers.format_number(number, form)


def can_receive_text(e164: str) -> bool:
    """Return whether the number is, or (abroad) may be, a mobile number."""
    kind = phonenumbers.number_type(phonenumbers.parse(e164, "NL"))
    return kind in (PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE)


def clean_email(value: str) -> str:
    """Return the address stripped and with a lower-case domain.

    The local part is kept: some mail servers distinguish capitals. Raises ValidationError("email")
    for an invalid address.
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


def clean_postcode(value: str, *, letters_required: bool = False) -> str:
    """Normalise `1234 ab` to `1234AB`; accept `1234` unless letters are required.

    Raises ValidationError("postcode") for anything else.
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
    """Format `1234AB` as `1234 AB`."""
    return f"{postcode[:4]} {postcode[4:]}".strip()


def _no_phone() -> ValidationError:
    return ValidationError(
        _("Dit telefoonnummer klopt niet. Kijk of er een cijfer mist. Bijvoorbeeld 06 12345678."),
        code="phone",
    )
