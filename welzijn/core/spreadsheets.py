"""Read a CSV or XLSX file that somebody brings: bounded, as texts, and nothing in it is run.

read(data)    the rows of its first filled sheet, each with its number there

A formula gives the value that was stored beside it; nothing is computed. A file that is too large,
that unpacks to too much, or that isn't what it says it is, is refused with a sentence.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from welzijn.core import xlsx_reading
from welzijn.core.spreadsheet_limits import (
    LONGEST_CELL,
    MOST_BYTES,
    MOST_COLUMNS,
    MOST_ROWS,
    MOST_TEXT,
    SpreadsheetError,
)

__all__ = ["SheetRow", "SpreadsheetError", "read"]


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A row with its number in the file, from 1, and its cells as text."""

    number: int
    cells: tuple[str, ...]


def read(data: bytes, *, too_big: bool = False) -> list[SheetRow]:
    """Return the rows that hold anything; the first is the head. Raises SpreadsheetError.

    `too_big`: so much was sent that it was dropped on arrival.
    """
    if not data and not too_big:
        raise SpreadsheetError(_("Dit bestand is leeg."))
    if too_big or len(data) > MOST_BYTES:
        size = MOST_BYTES // 1_000_000
        raise SpreadsheetError(_("Dit bestand is te groot: hoogstens {size} MB.").format(size=size))
    if data[:2] == b"PK":
        found = _bounded(xlsx_reading.rows(data))
    elif data[:4] == b"\xd0\xcf\x11\xe0":
        raise SpreadsheetError(
            _("Dit is een oud of beveiligd bestand. Bewaar het als XLSX of CSV.")
        )
    else:
        found = _bounded(enumerate(_csv_rows(data), start=1))
    if len(found) < 2:
        raise SpreadsheetError(_("Hier staan geen rijen onder de kop."))
    return found


def _bounded(rows: Iterable[tuple[int, list[str]]]) -> list[SheetRow]:
    found: list[SheetRow] = []
    text = 0
    for number, cells in rows:
        if not any(cell.strip() for cell in cells):
            continue
        while cells and not cells[-1].strip():
            cells.pop()
        if len(cells) > MOST_COLUMNS:
            raise SpreadsheetError(_("Hier staan te veel kolommen in."))
        if any(len(cell) > LONGEST_CELL for cell in cells):
            raise SpreadsheetError(
                _("In rij {row} staat een cel met te veel tekst.").format(row=number)
            )
        text += sum(map(len, cells))
        if len(found) > MOST_ROWS or text > MOST_TEXT:
            raise SpreadsheetError(
                _("Hier staat te veel in: hoogstens {rows} rijen.").format(rows=MOST_ROWS)
            )
        found.append(SheetRow(number, tuple(_clean(cell) for cell in cells)))
    return found


def _clean(cell: str) -> str:
    """Return a cell without the apostrophe that keeps a formula from running."""
    text = cell.strip()
    return text[1:] if text[:1] == "'" and text[1:2] in tuple("=+-@|%") else text


def _csv_rows(data: bytes) -> Iterable[list[str]]:
    if b"\x00" in data:
        raise SpreadsheetError(_("Dit is geen CSV of XLSX."))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", errors="replace")
    head = text.partition("\n")[0]
    delimiter = max(";,\t", key=head.count)
    try:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    except csv.Error:
        raise SpreadsheetError(_("Dit is geen CSV of XLSX.")) from None
