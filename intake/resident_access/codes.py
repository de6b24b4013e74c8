"""References and codes: how a resident without an account comes back to their question."""

import hmac
import secrets
from hashlib import sha256
from uuid import UUID

from django.conf import settings

# No vowels, so that no words arise, and no characters that look alike.
_LETTERS = "BCDFGHJKLMNPQRSTVWXZ23456789"
CODE_DIGITS = 9


def _keyed(purpose: str, *parts: object, key: str | None = None) -> bytes:
    text = "\x00".join([purpose, *map(str, parts)])
    return hmac.new((key or settings.SECRET_KEY).encode(), text.encode(), sha256).digest()


def _keys() -> list[str]:
    """The secret key, and the former ones that still open what was made with them."""
    return [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]


def reference_for(submission_key: UUID, attempt: int = 0) -> str:
    """Return the reference for a form; the same each time the form is sent.

    `attempt` gives another one, for the rare case that the first is taken.
    """
    number = int.from_bytes(_keyed("reference", submission_key, attempt)[:8], "big")
    signs = []
    for _ in range(8):
        number, index = divmod(number, len(_LETTERS))
        signs.append(_LETTERS[index])
    return f"{''.join(signs[:4])}-{''.join(signs[4:])}"


def first_code(submission_key: UUID, *, key: str | None = None) -> str:
    """Return the code for a form; the same each time it is sent, as long as the key is the same."""
    number = int.from_bytes(_keyed("code", submission_key, key=key)[:8], "big")
    return f"{number % 10**CODE_DIGITS:0{CODE_DIGITS}d}"


def first_code_again(submission_key: UUID, question_id: UUID, stored: bytes | memoryview) -> str:
    """Return the code that a form got when it was first sent; '' if it was replaced since.

    So a repeated POST shows the resident the code that works, also after the key was replaced.
    """
    made = (first_code(submission_key, key=key) for key in _keys())
    return next((code for code in made if matches(question_id, code, stored)), "")


def new_code() -> str:
    """Return a new random code of nine digits."""
    return f"{secrets.randbelow(10**CODE_DIGITS):0{CODE_DIGITS}d}"


def digest(question_id: UUID, code: str) -> bytes:
    """Return the keyed digest that is stored: the database alone doesn't reveal a code."""
    return _keyed("digest", question_id, code)


def matches(question_id: UUID, code: str, stored: bytes | memoryview) -> bool:
    """Whether a code as typed is the question's; compared in constant time.

    A code that was given under a former key (SECRET_KEY_FALLBACKS) still opens.
    """
    code = clean_code(code)
    found = [
        hmac.compare_digest(_keyed("digest", question_id, code, key=key), bytes(stored))
        for key in _keys()
    ]
    return any(found)


def clean_code(typed: str) -> str:
    """Return a typed code without spaces and separators."""
    return "".join(sign for sign in typed if sign.isascii() and sign.isdigit())[:20]


def clean_reference(typed: str) -> str:
    """Return a typed reference as it is stored; '' if it can't be one."""
    letters = "".join(sign for sign in typed.upper() if sign in _LETTERS)
    return f"{letters[:4]}-{letters[4:]}" if len(letters) == 8 else ""


def may_be_in_reference(part: str) -> bool:
    """Whether all signs of a part, in capitals, can stand in a reference."""
    return 0 < len(part) <= 8 and all(sign in _LETTERS for sign in part)


def display_code(code: str) -> str:
    """Return a code in groups of three, as it is read aloud."""
    return " ".join(code[i : i + 3] for i in range(0, len(code), 3))


def subject_digest(*parts: object) -> bytes:
    """Return the keyed digest under which an attempt is counted, instead of the value itself."""
    return _keyed("attempt", *parts)
