"""The report for the municipality: the published figures, on a page and as CSV."""

from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.text import slugify
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from organisations.roles.decorators import here, needs
from organisations.roles.permissions import Permission
from referrals.reports import figures, long_format, open_data
from referrals.reports.forms import ReportFilter
from referrals.reports.publishing import publish
from referrals.reports.report_tabs import report_tabs
from welzijn.core import csv_export

SEE = Permission.SEE_REPORT


@require_GET
@never_cache
@needs(SEE)
def index(request: HttpRequest) -> HttpResponse:
    """Show one quarter of one municipality; the latest by default."""
    report, filters = _requested_report(request)
    partnership, _user = here(request)
    return render(
        request,
        "referrals/reports/index.html",
        {
            "tabs": report_tabs(request, "report"),
            "report": report,
            "is_open": report is not None and open_data.is_open(partnership, report.code),
            "filters": filters,
            "next_on": figures.next_publication(timezone.now()),
            "query": request.GET.urlencode(),
        },
    )


@require_GET
@never_cache
@needs(SEE)
def download(request: HttpRequest) -> HttpResponse:
    """Download exactly what the page shows as a CSV file.

    Semicolons and a byte-order mark, as Dutch spreadsheets expect.
    """
    report, _filters = _requested_report(request)
    if report is None:
        raise Http404
    partnership, _user = here(request)
    name = f"{partnership.slug}-{slugify(report.municipality)}-{report.quarter:%Y-%m}.csv"
    return csv_export.response(name, long_format.of_report(report))


def _requested_report(request: HttpRequest) -> tuple[figures.Report | None, ReportFilter | None]:
    """Return the requested report and its filter; raises Http404 if this user may not see it.

    The report is None where nothing has been published yet. Publishes first what is due, so that
    the result does not depend on the nightly task.
    """
    partnership, user = here(request)
    publish(partnership=partnership, now=timezone.now())
    allowed = dict(figures.municipalities_for(user, partnership))
    if not allowed:
        raise Http404
    code = request.GET.get("gemeente", next(iter(allowed)))
    code = "" if code == ReportFilter.UNKNOWN else code
    if code not in allowed:
        raise Http404
    known = figures.quarters(partnership, code)
    filters = ReportFilter(
        {"gemeente": code or ReportFilter.UNKNOWN, "kwartaal": request.GET.get("kwartaal", "")},
        municipalities=allowed,
        quarters=known,
    )
    if not known:
        return None, filters
    quarter = _quarter(request.GET.get("kwartaal", ""), known)
    filters.data = {**filters.data, "kwartaal": quarter.isoformat()}
    return (
        figures.read(
            partnership=partnership, municipality=code, name=allowed[code], quarter=quarter
        ),
        filters,
    )


def _quarter(text: str, known: list[date]) -> date:
    if not text:
        return known[0]
    try:
        quarter = date.fromisoformat(text)
    except ValueError:
        raise Http404 from None
    if quarter not in known:
        raise Http404
    return quarter
