"""Numbers, codes and addresses within a text that is written from right to left."""

from django.utils.translation import get_language_bidi

_FROM_LEFT_TO_RIGHT = "\N{LEFT-TO-RIGHT ISOLATE}"
_END = "\N{POP DIRECTIONAL ISOLATE}"


def apart(text: str) -> str:
    """Set a number, code or address apart: after an Arabic letter "06 12" would read "12 06"."""
    return f"{_FROM_LEFT_TO_RIGHT}{text}{_END}" if text and get_language_bidi() else text
