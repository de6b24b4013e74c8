"""How a day is written in each language: Django's names, in the order and case of the language."""

from datetime import date, datetime

from django.utils import formats
from django.utils.translation import get_language

# `E` is the month as it follows a number: "30 listopada", "30 листопада".
_DAY = {"pl": "l, j E", "uk": "l, j E", "tr": "j F l"}
_DAY_AND_YEAR = {"pl": "l, j E Y", "uk": "l, j E Y", "tr": "j F Y l"}


def day_text(day: date, *, year: bool = False) -> str:
    """Write a day: "donderdag 26 november", with the year if asked."""
    language = (get_language() or "nl")[:2]
    pattern = _DAY_AND_YEAR.get(language, "l j F Y") if year else _DAY.get(language, "l j F")
    written = str(formats.date_format(day, pattern))
    # Django's names of their days begin with a capital, as no day does within a sentence.
    return written.lower() if language in {"pl", "uk"} else written


def clock_text(at: datetime) -> str:
    """Write a time: "14.30" in Dutch, "14:30" elsewhere."""
    language = (get_language() or "nl")[:2]
    return str(formats.date_format(at, "H.i" if language in {"nl", "en"} else "H:i"))


def moment_text(at: datetime, *, year: bool = False) -> str:
    """Write a local moment, to which a sentence adds "uur": "donderdag 26 november, 14.30"."""
    return f"{day_text(at, year=year)}, {clock_text(at)}"
