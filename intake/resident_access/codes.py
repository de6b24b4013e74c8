"""References and codes: how a resident without an account comes back to their question."""

import hmac
import secrets
from hashlib import sha256
from uuid import UUID

from django.conf import settings

# No vowels (no words by accident) and nothing that looks like something else.
_LETTERS = "BCDFGHJKLMNPQRSTVWXZ23456789"
CODE_DIGITS = 9


def _keyed(purpose: str, *parts: object) -> bytes:
    text = "\x00".join([purpose, *map(str, parts)])
    return hmac.new(settings.SECRET_KEY.encode(), text.encode(), sha256).digest()


def reference_for(submission_key: UUID, attempt: int = 0) -> str:
    """The reference of the question that this form makes; the same each time the form is sent.

    `attempt` gives another one, for the rare case that it is taken.
    """
    number = int.from_bytes(_keyed("reference", submission_key, attempt)[:8], "big")
    signs = []
    for _ in range(8):
        number, index = divmod(number, len(_LETTERS))
        signs.append(_LETTERS[index])
    return f"{''.join(signs[:4])}-{''.join(signs[4:])}"


def first_code(submission_key: UUID) -> str:
    """The code that belongs to the form; the same each time it is sent, so that a repeated POST
    shows the resident the code that works."""
    number = int.from_bytes(_keyed("code", submission_key)[:8], "big")
    return f"{number % 10**CODE_DIGITS:0{CODE_DIGITS}d}"


def new_code() -> str:
    """A fresh random code of nine digits."""
    return f"{secrets.randbelow(10**CODE_DIGITS):0{CODE_DIGITS}d}"


def digest(question_id: UUID, code: str) -> bytes:
    """What is stored of a code. Keyed: the database alone doesn't give codes away."""
    return _keyed("digest", question_id, code)


def matches(question_id: UUID, code: str, stored: bytes | memoryview) -> bool:
    """Whether a code as typed is the question's, in constant time."""
    return hmac.compare_digest(digest(question_id, clean_code(code)), bytes(stored))


def clean_code(typed: str) -> str:
    """A code as typed, without the spaces and signs that people put between the digits."""
    return "".join(sign for sign in typed if sign.isascii() and sign.isdigit())[:20]


def clean_reference(typed: str) -> str:
    """A reference as typed, in the form in which it is stored; '' where it can't be one."""
    letters = "".join(sign for sign in typed.upper() if sign in _LETTERS)
    return f"{letters[:4]}-{letters[4:]}" if len(letters) == 8 else ""


def display_code(code: str) -> str:
    """A code in groups of three, as it is read aloud."""
    return " ".join(code[i : i + 3] for i in range(0, len(code), 3))


def subject_digest(*parts: object) -> bytes:
    """What an attempt is counted under: never the reference or the address itself."""
    return _keyed("attempt", *parts)
