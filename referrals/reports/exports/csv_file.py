"""The figures of a document in long format: one figure a line."""

from django.http import HttpResponse

from referrals.reports import long_format
from referrals.reports.document import Document, Value
from referrals.reports.long_format import Row
from welzijn.core import csv_export


def rows(document: Document) -> list[Row]:
    """Return a line for each figure, and the header first."""
    if document.lines:
        return [long_format.header(), *document.lines]
    found: list[Row] = [long_format.header()]
    for section in document.sections:
        _first, *head = section.table.head
        for label, *cells in section.table.rows:
            for measure, cell in zip(head, cells, strict=True):
                if isinstance(cell, Value):
                    found.append(
                        (
                            document.period,
                            document.place,
                            section.table.head[0],
                            str(label),
                            measure,
                            *long_format.shown(cell.shown),
                            "",
                        )
                    )
    return found


def response(document: Document) -> HttpResponse:
    """Return it as a download."""
    return csv_export.response(f"{document.name}.csv", rows(document))
