"""Clean free text so that it can be stored safely, and change nothing else.

Invisible characters that nobody misses (a byte-order mark, control characters from a PDF) are
removed silently. What would change the meaning (a text that is too long, half an emoji, a NUL that
PostgreSQL can't store) is refused with a message that says what to do. Emoji, right-to-left
scripts, combining accents and line breaks are kept.
"""

from __future__ import annotations

import re
import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

# Overrides (U+202D, U+202E) change how a text reads. Embeddings and isolates (U+202A to U+202C,
# U+2066 to U+2069) would affect the text around it. The marks that right-to-left writers type
# (U+200E, U+200F, U+061C) and the joiners (U+200C, U+200D: Persian, emoji) are kept.
_DIRECTION = re.compile("[\u202a-\u202e\u2066-\u2069]")
# C0 and C1 controls except tab, line feed and carriage return; the byte-order mark; interlinear
# annotation. Tag characters are harmless and may belong to a flag emoji.
_CONTROL = re.compile("[\x01-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufeff\ufff9-\ufffb]")
_LINE_BREAK = re.compile("\r\n|\r|\x85|\u2028|\u2029")
# Half an emoji that arrived over HTTP has become U+FFFD, the replacement character.
_SURROGATE = re.compile("[\ud800-\udfff\ufffd]")
# Letters and symbols by category that show nothing: the Hangul fillers and the empty Braille cell.
_FILLERS = "\u115f\u1160\u3164\uffa0\u2800"
_TOO_LONG_TO_LOOK_AT = 4


def clean_text(
    value: str, max_length: int | None = None, *, one_line: bool = False, for_staff: bool = False
) -> str:
    """Return the text in NFC, with `\\n` for every line break and without hidden controls.

    one_line: line breaks and tabs become spaces, and runs of spaces one space.
    for_staff: what is wrong is said to a member of staff.
    Raises ValidationError (codes "null_characters_not_allowed", "surrogate", "max_length") with a
    message for the user that does not repeat the text.
    """
    # Refuse a megabyte before processing it. Normalisation shortens a text to a third at most, so
    # that four times the limit remains too long.
    if max_length is not None and len(value) > max_length * _TOO_LONG_TO_LOOK_AT:
        raise _too_long(len(value), max_length, for_staff=for_staff)
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
    if not any(map(_is_visible, value)):
        return ""
    if one_line:
        value = " ".join(value.split())
    if max_length is not None and len(value) > max_length:
        raise _too_long(len(value), max_length, for_staff=for_staff)
    return value


def _is_visible(char: str) -> bool:
    """Return whether a character shows by itself: no space, control, joiner, mark or filler."""
    return unicodedata.category(char)[0] not in "ZCM" and char not in _FILLERS


def _too_long(length: int, max_length: int, *, for_staff: bool) -> ValidationError:
    if for_staff:
        return ValidationError(
            _(
                "De tekst is %(over)s tekens te lang: %(length)s van hooguit %(limit)s. "
                "Kort hem in, of zet de rest in een tweede aantekening."
            ),
            code="max_length",
            params={
                "over": _grouped(length - max_length),
                "length": _grouped(length),
                "limit": _grouped(max_length),
            },
        )
    return ValidationError(
        _(
            "Uw tekst is te lang: %(length)s tekens. Er passen er %(limit)s. "
            "Maak de tekst korter. De rest kunt u later vertellen."
        ),
        code="max_length",
        params={"length": _grouped(length), "limit": _grouped(max_length)},
    )


def _grouped(number: int) -> str:
    """Format 1048576 as 1.048.576, the Dutch notation."""
    return f"{number:,}".replace(",", ".")
