"""What people type: made safe to store, and otherwise left as they wrote it.

Two kinds of trouble are told apart. What a person could not have seen and would not miss (a
byte-order mark, a bell character pasted along from a PDF) is taken out without a word. What
would lose or change something they meant (too long, half an emoji, a NUL that PostgreSQL can't
hold) is refused with a sentence that says what to do.

Emoji, right-to-left scripts, combining accents and line breaks stay.
"""

from __future__ import annotations

import re
import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

# Overrides (U+202D, U+202E) make text read differently from what it says, so they go. Embeddings
# and isolates (U+202A to U+202C, U+2066 to U+2069) would run on past the text into our own
# sentence; a browser isolates our paragraphs by itself. The marks that right-to-left writers
# do type (U+200E, U+200F, U+061C) and the joiners (U+200C, U+200D: Persian, emoji) stay.
_DIRECTION = re.compile("[\u202a-\u202e\u2066-\u2069]")
# C0 and C1 controls except tab, line feed and carriage return; the byte-order mark; the
# interlinear annotation characters; the tag characters outside a flag emoji can't be told apart
# cheaply and are harmless.
_CONTROL = re.compile("[\x01-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufeff\ufff9-\ufffb]")
_LINE_BREAK = re.compile("\r\n|\r|\x85|\u2028|\u2029")
# Half an emoji that came over HTTP has become U+FFFD, the sign for "this was no character".
_SURROGATE = re.compile("[\ud800-\udfff\ufffd]")
_TOO_LONG_TO_LOOK_AT = 4


def clean_text(value: str, max_length: int | None = None, *, one_line: bool = False) -> str:
    """The text as it may be stored: NFC, `\\n` for every line break, no hidden controls.

    one_line: line breaks and tabs become spaces, and runs of spaces one space.
    Raises ValidationError (codes "null_characters_not_allowed", "surrogate", "max_length") with a
    message for the person who typed; nothing of the text is repeated in it.
    """
    # A megabyte is refused before it is worked on. Normalising never makes a text shorter than
    # about a third, so what is four times too long stays too long.
    if max_length is not None and len(value) > max_length * _TOO_LONG_TO_LOOK_AT:
        raise _too_long(len(value), max_length)
    if "\x00" in value:
        raise ValidationError(
            _("In uw tekst staat een teken dat wij niet kunnen bewaren. Typ de tekst opnieuw."),
            code="null_characters_not_allowed",
        )
    if _SURROGATE.search(value):
        raise ValidationError(
            _(
                "In uw tekst staat een half teken, misschien van een emoji. "
                "Haal het weg en probeer het nog een keer."
            ),
            code="surrogate",
        )
    value = _LINE_BREAK.sub("\n", value)
    value = _DIRECTION.sub("", _CONTROL.sub("", value))
    value = unicodedata.normalize("NFC", value).strip()
    if one_line:
        value = " ".join(value.split())
    if max_length is not None and len(value) > max_length:
        raise _too_long(len(value), max_length)
    return value


def _too_long(length: int, max_length: int) -> ValidationError:
    return ValidationError(
        _(
            "Uw tekst is te lang: %(length)s tekens. Er passen er %(limit)s. "
            "Maak de tekst korter. De rest kunt u later vertellen."
        ),
        code="max_length",
        params={"length": _grouped(length), "limit": _grouped(max_length)},
    )


def _grouped(number: int) -> str:
    """1048576 as 1.048.576, as Dutch writes it."""
    return f"{number:,}".replace(",", ".")
