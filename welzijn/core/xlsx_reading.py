"""The cells of an XLSX file, with Python's own zip and XML: bounded, without entities."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from datetime import datetime, timedelta
from io import BytesIO
from posixpath import join, normpath
from typing import Any
from xml.etree import ElementTree as ET

from django.utils.translation import gettext as _

from welzijn.core.spreadsheet_limits import (
    MOST_COLUMNS,
    MOST_PARTS,
    MOST_ROWS,
    MOST_UNPACKED,
    SpreadsheetError,
)

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_DAY_ZERO = datetime(1899, 12, 30)  # noqa: DTZ001 - a sheet has no time zone
# Excel's own formats of a day or a moment; others are recognised by their letters.
_DATE_FORMATS = frozenset({*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)})
_DATE_LETTERS = re.compile(r"[dmy]", re.IGNORECASE)
_QUOTED = re.compile(r'"[^"]*"|\[[^\[\]]*\]|\\.')
_CELL = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")


def rows(data: bytes) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows of the first sheet that holds any. Raises SpreadsheetError."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as book:
            if len(book.infolist()) > MOST_PARTS:
                raise _not_a_sheet()
            texts, dates = _shared_texts(book), _date_styles(book)
            for path in _sheet_paths(book):
                found = list(_rows(_part(book, path), texts, dates))
                if found:
                    yield from found
                    return
    except (zipfile.BadZipFile, KeyError, ET.ParseError, zlib.error, EOFError):
        raise _not_a_sheet() from None
    except (NotImplementedError, RuntimeError):  # an unknown packing; a password
        raise SpreadsheetError(
            _("Dit is een oud of beveiligd bestand. Bewaar het als XLSX of CSV.")
        ) from None


def _not_a_sheet() -> SpreadsheetError:
    return SpreadsheetError(_("Dit is geen CSV of XLSX."))


def _part(book: zipfile.ZipFile, path: str) -> ET.Element:
    """Return one part, parsed. What unpacks to too much is never unpacked further."""
    with book.open(path) as packed:
        content = packed.read(MOST_UNPACKED + 1)
    if len(content) > MOST_UNPACKED:
        raise SpreadsheetError(_("Uitgepakt is dit bestand veel te groot."))
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        raise _not_a_sheet() from None
    # A sheet has no document type; one that has could define entities that grow without end.
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        raise _not_a_sheet()
    return ET.fromstring(content)  # noqa: S314 - bounded and without entities, see above


def _sheet_paths(book: zipfile.ZipFile) -> Iterator[str]:
    targets = {
        one.get("Id"): one.get("Target", "") for one in _part(book, "xl/_rels/workbook.xml.rels")
    }
    for sheet in _part(book, "xl/workbook.xml").iter(f"{_MAIN}sheet"):
        target = targets.get(sheet.get(_RELATION), "")
        path = target.lstrip("/") if target.startswith("/") else normpath(join("xl", target))
        if path in book.namelist():
            yield path


def _shared_texts(book: zipfile.ZipFile) -> list[str]:
    if "xl/sharedStrings.xml" not in book.namelist():
        return []
    return [_text(one) for one in _part(book, "xl/sharedStrings.xml").iter(f"{_MAIN}si")]


def _text(holder: ET.Element) -> str:
    """Return the runs of a text, without how it is pronounced."""
    found = []
    for child in holder:
        if child.tag == f"{_MAIN}t":
            found.append(child.text or "")
        elif child.tag == f"{_MAIN}r":
            found += [one.text or "" for one in child.findall(f"{_MAIN}t")]
    return "".join(found)


def _date_styles(book: zipfile.ZipFile) -> set[int]:
    """Return the numbers of the styles that show a number as a day."""
    if "xl/styles.xml" not in book.namelist():
        return set()
    styles = _part(book, "xl/styles.xml")
    own = {
        one.get("numFmtId", ""): _QUOTED.sub("", one.get("formatCode", ""))
        for one in styles.iter(f"{_MAIN}numFmt")
    }
    cells = styles.find(f"{_MAIN}cellXfs")
    return {
        number
        for number, style in enumerate(cells if cells is not None else [])
        if _whole(style.get("numFmtId")) in _DATE_FORMATS
        or _DATE_LETTERS.search(own.get(style.get("numFmtId", ""), ""))
    }


def _rows(sheet: ET.Element, texts: list[str], dates: set[int]) -> Iterator[tuple[int, list[str]]]:
    number = 0
    for count, row in enumerate(sheet.iter(f"{_MAIN}row")):
        if count > MOST_ROWS * 20:  # so many empty rows are no list any more
            raise SpreadsheetError(
                _("Hier staat te veel in: hoogstens {rows} rijen.").format(rows=MOST_ROWS)
            )
        number = _whole(row.get("r")) or number + 1
        cells: list[str] = []
        for cell in row.findall(f"{_MAIN}c"):
            value = _value(cell, texts, dates)
            place = _CELL.fullmatch(cell.get("r", ""))
            column = _column(place[1]) if place else len(cells)
            if not value:
                continue
            if column > MOST_COLUMNS:
                raise SpreadsheetError(_("Hier staan te veel kolommen in."))
            cells += [""] * (column + 1 - len(cells))
            cells[column] = value
        if cells:
            yield number, cells


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def _value(cell: ET.Element, texts: list[str], dates: set[int]) -> str:
    kind = cell.get("t", "n")
    if kind == "inlineStr":
        inline = cell.find(f"{_MAIN}is")
        return _text(inline) if inline is not None else ""
    held = cell.find(f"{_MAIN}v")
    value = (held.text or "") if held is not None else ""
    if kind == "s":
        place = _whole(value)
        return texts[place] if place is not None and place < len(texts) else ""
    if kind == "b":
        return "ja" if value == "1" else "nee"
    if kind == "e":
        return ""
    if kind == "n" and value:
        return _number(value, is_day=_whole(cell.get("s")) in dates)
    return value


def _number(value: str, *, is_day: bool) -> str:
    """Return a number as people write it: a day as 2026-11-24, a whole number without .0."""
    try:
        number = float(value)
    except ValueError:
        return value
    if is_day and 1 <= number < 2_958_466:
        return (_DAY_ZERO + timedelta(days=number)).date().isoformat()
    return str(int(number)) if number.is_integer() and abs(number) < 1e15 else value


def _whole(value: Any) -> int | None:
    text = str(value or "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None
