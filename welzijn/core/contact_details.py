"""Normalise and format phone numbers, e-mail addresses and postcodes.

Every notation is normalised, so that equal numbers compare equal. Error messages are for the user
and never repeat the input.
"""

from __future__ import annotations

import re
import unicodedata

import idna
import phonenumbers
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _
from phonenumbers import NumberParseException, PhoneNumberFormat, PhoneNumberType

_POSTCODE = re.compile(r"([1-9][0-9]{3})([A-Z]{2})?")
_POSTCODE_AND_PLACE = re.compile(r"([1-9][0-9]{3})(?: ?([A-Z]{2})(?=[ ,]))?[ ,]+\D{2,60}")
# PostNL issues no postcode with these letters.
_NEVER_IN_POSTCODE = frozenset({"SA", "SD", "SS"})
_PHONE = re.compile(r"[+(]{0,2}\d[\d\s()./+-]{6,}")
_PHONE_LABEL = re.compile(
    r"\s*(?:tel|telefoon|telefoonnummer|mobiel|gsm|nummer|nr)(?:[.:]|\b)", re.IGNORECASE
)
# Mistyped domains of large providers. Their owners may collect the mail, so it is not sent there.
_MISTYPED_DOMAINS = {
    mistyped: meant
    for meant, all_mistyped in {
        "gmail.com": """gmial.com gmai.com gamil.com gmal.com gmaill.com gmail.con gmail.cmo
            gmail.co gmail.nl gmail.om gnail.com gmil.com""",
        "hotmail.com": """hotmial.com hotmai.com hotmal.com hotmail.con hotamil.com hotmail.cmo
            homtail.com hotmil.com""",
        "outlook.com": "outlok.com outloo.com outlook.con outllook.com",
        "icloud.com": "icloud.con iclod.com icloud.nl icoud.com",
        "ziggo.nl": "ziggo.com zigo.nl ziggo.n zigggo.nl",
        "kpnmail.nl": "kpnmail.com kpnmial.nl kpnmai.nl",
        "yahoo.com": "yahoo.con yaho.com yahooo.com",
    }.items()
    for mistyped in all_mistyped.split()
}


def clean_phone(value: str) -> str:
    """Return the number in E.164 (`+31612345678`); without a country code it is Dutch.

    Accepts `06-12 34 56 78`, `(0341) 35 70 01`, `0031 6...`, `+49 ...` and digits of any script;
    what stands around it is for `phone_note`.
    Raises ValidationError: "phone_zero" for nine digits without 0 or +, else "phone".
    """
    text = _number_in(_ascii_digits(value))[0]
    # In "+31 (0)6 ...", a common Dutch notation, the 0 is not dialled.
    if text.startswith(("+", "00")):
        text = text.replace("(0)", "")
    digits = "".join(filter(str.isdigit, text))
    if len(digits) == 9 and not text.startswith(("+", "0", "(0")):
        raise ValidationError(
            _("Begint dit nummer met een 0? Zet die ervoor. Uit het buitenland: begin met +."),
            code="phone_zero",
        )
    try:
        number = phonenumbers.parse(text, "NL")
    except NumberParseException:
        raise _no_phone() from None
    if not phonenumbers.is_valid_number(number):
        raise _no_phone()
    return phonenumbers.format_number(number, PhoneNumberFormat.E164)


def phone_note(value: str) -> str:
    """Return what somebody wrote around their number, such as "na 18 uur" or "toestel 12"."""
    before, after = _number_in(_ascii_digits(value))[1:]
    label = _PHONE_LABEL.match(before)
    parts = (before[label.end() :] if label else before, after)
    return ", ".join(filter(None, (part.strip(" \t,;:.()/-") for part in parts)))[:60]


def _number_in(text: str) -> tuple[str, str, str]:
    """Split a text into its first phone number, and what stands before and behind it."""
    found = _PHONE.search(text)
    if found is None:
        return text, "", ""
    end = len(found.group().rstrip(" \t(./+-")) + found.start()
    return text[found.start() : end], text[: found.start()], text[end:]


def _ascii_digits(value: str) -> str:
    """Return the text with digits and signs of any width and script as ASCII ones."""
    text = unicodedata.normalize("NFKC", value)
    return "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in text)


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


def can_be_called_back(e164: str) -> bool:
    """Return whether it can be somebody's own number: no 0800, 0900 or other service number."""
    kind = phonenumbers.number_type(phonenumbers.parse(e164, "NL"))
    return kind not in (
        PhoneNumberType.PREMIUM_RATE,
        PhoneNumberType.TOLL_FREE,
        PhoneNumberType.SHARED_COST,
        PhoneNumberType.PAGER,
        PhoneNumberType.VOICEMAIL,
    )


def clean_email(value: str) -> str:
    """Return the address stripped and with an ASCII domain in lower case (IDNA 2008).

    The local part is kept: some mail servers distinguish capitals. Raises ValidationError, code
    "email", that says what is wrong; "email_domain" with a suggestion for a mistyped domain.
    """
    address = unicodedata.normalize("NFC", value).strip().removeprefix("mailto:").strip("<>,;")
    local, at, domain = address.rpartition("@")
    domain = domain.lower()
    if fault := _email_fault(local, at, domain):
        raise ValidationError(fault, code="email")
    try:
        domain = idna.encode(domain, uts46=True).decode()
        validate_email(f"{local}@{domain}")
    except (idna.IDNAError, ValidationError):
        raise ValidationError(
            _("Dit e-mailadres klopt niet. Kijk of er een teken te veel in staat."), code="email"
        ) from None
    if meant := _MISTYPED_DOMAINS.get(domain):
        raise ValidationError(
            _("Is het misschien @%(domain)s? Kijk nog eens naar wat er achter de @ staat."),
            code="email_domain",
            params={"domain": meant},
        )
    return f"{local}@{domain}"


def _email_fault(local: str, at: str, domain: str) -> str:
    """Return a sentence that names what is wrong with an address; empty where nothing is seen."""
    if not at:
        return _("Dit e-mailadres klopt niet: de @ mist. Bijvoorbeeld naam@voorbeeld.nl.")
    if "@" in local:
        return _("Dit e-mailadres klopt niet: er staat meer dan één @ in.")
    if any(c.isspace() for c in local + domain):
        return _("Dit e-mailadres klopt niet: er staat een spatie in.")
    if not local:
        return _("Dit e-mailadres klopt niet: voor de @ mist de naam.")
    if "." not in domain.strip("."):
        return _("Dit e-mailadres klopt niet: achter de @ mist een punt, zoals in voorbeeld.nl.")
    if ".." in local + domain or domain.startswith(".") or domain.endswith("."):
        return _("Dit e-mailadres klopt niet: er staat een punt te veel in.")
    if not local.isascii():
        return _("Dit e-mailadres klopt niet: voor de @ staat een letter die niet kan.")
    return ""


def clean_postcode(value: str, *, letters_required: bool = False) -> str:
    """Normalise `1234 ab` to `1234AB`; accept `1234` unless letters are required.

    Accepts digits of any script, `NL-` before it and the place behind it.
    Raises ValidationError("postcode") for anything else.
    """
    text = re.sub(r"^NL[\s-]*(?=[1-9])", "", _ascii_digits(value).strip().upper())
    match = _POSTCODE.fullmatch(re.sub(r"[\s.\-]", "", text))
    match = match or _POSTCODE_AND_PLACE.fullmatch(" ".join(text.split()))
    letters = match[2] if match else None
    if match is None or letters in _NEVER_IN_POSTCODE or (letters_required and not letters):
        raise ValidationError(
            _("Een postcode is 4 cijfers en 2 letters. Bijvoorbeeld 3881 AB."), code="postcode"
        )
    return match[1] + (letters or "")


def display_postcode(postcode: str) -> str:
    """Format `1234AB` as `1234 AB`."""
    return f"{postcode[:4]} {postcode[4:]}".strip()


def _no_phone() -> ValidationError:
    return ValidationError(
        _("Dit telefoonnummer klopt niet. Kijk of er een cijfer mist. Bijvoorbeeld 06 12345678."),
        code="phone",
    )
