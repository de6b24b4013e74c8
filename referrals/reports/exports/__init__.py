"""A document of figures as a file: CSV, XLSX, ODS and an accessible PDF.

Entry point: response. May import: referrals.reports.document and below.
"""

from collections.abc import Callable, Mapping

from django.http import Http404, HttpResponse

from referrals.reports.document import Document
from referrals.reports.exports import csv_file, ods_file, pdf_file, xlsx_file

_FILES: Mapping[str, Callable[[Document], HttpResponse]] = {
    "csv": csv_file.response,
    "xlsx": xlsx_file.response,
    "ods": ods_file.response,
    "pdf": pdf_file.response,
}
FORMATS = (("xlsx", "Excel"), ("ods", "ODS"), ("csv", "CSV"), ("pdf", "PDF"))
"""What a page offers, in this order."""


def response(kind: str, document: Document) -> HttpResponse:
    """Return a document as a download. Raises Http404 for a kind that doesn't exist."""
    if kind not in _FILES:
        raise Http404
    return _FILES[kind](document)
