"""The one way to a CSV file: what a spreadsheet would run as a formula is escaped.

response(name, rows)    a download, with semicolons and a byte-order mark for Dutch spreadsheets
escaped(value)          one cell
"""

import csv
import re
import unicodedata
from collections.abc import Iterable, Sequence

from django.http import HttpResponse

MEDIA_TYPE = "text/csv"
# A cell that begins so is a formula in a spreadsheet, also behind white space.
_FORMULA = ("=", "+", "-", "@", "|", "%")
# White space, and what shows as nothing: byte-order marks, joiners, marks of direction.
_UNSEEN = re.compile(r"[\s\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]+")
_HARMLESS = re.compile(r"[+-]?\d+([.,]\d+)?|-")


def escaped(value: object) -> object:
    """Return the value of one cell; a text that reads as a formula begins with an apostrophe."""
    if not isinstance(value, str) or _HARMLESS.fullmatch(value):
        return value
    # Full-width signs count as the signs that they look like.
    begins = unicodedata.normalize("NFKC", _first(value))
    dangerous = begins.startswith(_FORMULA) or value.startswith(("\t", "\r", "\n"))
    return f"'{value}" if dangerous else value


def _first(value: str) -> str:
    unseen = _UNSEEN.match(value)
    start = unseen.end() if unseen else 0
    return value[start : start + 1]


def response(name: str, rows: Iterable[Sequence[object]]) -> HttpResponse:
    """Return the rows as a download with this file name."""
    answer = HttpResponse(
        content_type=f"{MEDIA_TYPE}; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
    answer.write("\ufeff")
    csv.writer(answer, delimiter=";").writerows([escaped(cell) for cell in row] for row in rows)
    return answer
