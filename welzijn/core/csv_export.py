"""The one way to a CSV file: what a spreadsheet would run as a formula is escaped.

response(name, rows)    a download, with semicolons and a byte-order mark for Dutch spreadsheets
escaped(value)          one cell
"""

import csv
import re
import unicodedata
from collections.abc import Iterable, Sequence

from django.http import HttpResponse

# A cell that begins so is a formula in a spreadsheet, also behind white space.
_FORMULA = ("=", "+", "-", "@", "|", "%")
_HARMLESS = re.compile(r"[+-]?\d+([.,]\d+)?|-")


def escaped(value: object) -> object:
    """Return the value of one cell; a text that reads as a formula begins with an apostrophe."""
    if not isinstance(value, str) or _HARMLESS.fullmatch(value):
        return value
    # Full-width signs count as the signs that they look like.
    begins = unicodedata.normalize("NFKC", value[:40]).lstrip()
    dangerous = begins.startswith(_FORMULA) or value.startswith(("\t", "\r", "\n"))
    return f"'{value}" if dangerous else value


def response(name: str, rows: Iterable[Sequence[object]]) -> HttpResponse:
    """Return the rows as a download with this file name."""
    answer = HttpResponse(
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
    answer.write("\ufeff")
    csv.writer(answer, delimiter=";").writerows([escaped(cell) for cell in row] for row in rows)
    return answer
