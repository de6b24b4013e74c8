"""The one way to an XLSX file: every text is written as text, so that no cell is a formula.

response(name, sheet, rows)    a download; the first row is the head
"""

import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime

import xlsxwriter
from django.http import HttpResponse

from welzijn.core.csv_export import escaped

_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def response(name: str, sheet: str, rows: Iterable[Sequence[object]]) -> HttpResponse:
    """Return the rows as a download with this file name.

    Escaped like a CSV too: a spreadsheet may save it as one.
    """
    written = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(written, options)
    page = book.add_worksheet(sheet[:31])
    day = book.add_format({"num_format": "dd-mm-yyyy"})
    head = book.add_format({"bold": True})
    for number, row in enumerate(rows):
        for column, cell in enumerate(row):
            if isinstance(cell, date) and not isinstance(cell, datetime):
                moment = datetime(cell.year, cell.month, cell.day)  # noqa: DTZ001 - a day of a sheet
                page.write_datetime(number, column, moment, day)
            elif isinstance(cell, int | float):
                page.write_number(number, column, cell)
            else:
                page.write_string(number, column, str(escaped(cell)), head if not number else None)
    page.freeze_panes(1, 0)
    book.close()
    return HttpResponse(
        written.getvalue(),
        content_type=_TYPE,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
