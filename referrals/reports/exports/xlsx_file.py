"""A document as XLSX: typed cells, a sheet a table, and a sheet with definitions."""

import io

import xlsxwriter
from django.http import HttpResponse

from referrals.reports.document import Document
from referrals.reports.exports import sheets
from welzijn.core.csv_export import escaped

_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def response(document: Document) -> HttpResponse:
    """Return it as a download. Texts are escaped: a spreadsheet may save it as CSV."""
    written = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(written, options)
    book.set_properties({"title": document.title, "subject": document.period})
    head = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    whole = book.add_format({"num_format": "#,##0"})
    decimal = book.add_format({"num_format": "#,##0.0"})
    for name, rows in sheets.of(document):
        page = book.add_worksheet(name)
        for number, row in enumerate(rows):
            for column, cell in enumerate(row):
                if isinstance(cell, str):
                    page.write_string(number, column, str(escaped(cell)), None if number else head)
                elif cell is not None:
                    page.write_number(number, column, cell, whole if cell % 1 == 0 else decimal)
        page.freeze_panes(1, 1)
        page.set_column(0, 0, 34)
        page.set_column(1, max(1, len(rows[0]) - 1), 60 if len(rows[0]) == 2 else 16)
    book.close()
    return HttpResponse(
        written.getvalue(),
        content_type=_TYPE,
        headers={"Content-Disposition": f'attachment; filename="{document.name}.xlsx"'},
    )
