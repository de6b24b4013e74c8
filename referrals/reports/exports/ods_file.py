"""A document as ODS, the open format of spreadsheets."""

import io

from django.http import HttpResponse
from odfdo import Cell, Row, Table
from odfdo import Document as OdfDocument

from referrals.reports.document import Document
from referrals.reports.exports import sheets
from welzijn.core.csv_export import escaped

_TYPE = "application/vnd.oasis.opendocument.spreadsheet"


def response(document: Document) -> HttpResponse:
    """Return it as a download, with typed cells."""
    book = OdfDocument("ods")
    book.body.clear()
    book.meta.title = document.title
    book.meta.subject = document.period
    for name, rows in sheets.of(document):
        table = Table(name)
        for row in rows:
            line = Row()
            for cell in row:
                value = str(escaped(cell)) if isinstance(cell, str) else cell
                line.append_cell(Cell(value), clone=False)
            table.append_row(line, clone=False)
        book.body.append(table)
    written = io.BytesIO()
    book.save(written)
    return HttpResponse(
        written.getvalue(),
        content_type=_TYPE,
        headers={"Content-Disposition": f'attachment; filename="{document.name}.ods"'},
    )
