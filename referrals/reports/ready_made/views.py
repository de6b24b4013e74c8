"""The list of ready-made questions, and the page and files of each."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from organisations.roles.decorators import here, needs
from organisations.roles.models import Role
from organisations.roles.permissions import Permission, roles_at
from referrals.reports import exports, figures
from referrals.reports.choice import Reader, latest_month
from referrals.reports.document import Document
from referrals.reports.names import Names
from referrals.reports.publishing import publish
from referrals.reports.ready_made import signal_bundles
from referrals.reports.ready_made.catalogue import QUESTIONS
from referrals.reports.ready_made.report_context import ReportContext
from referrals.reports.report_tabs import report_tabs

ALL = "alle"
UNKNOWN = "niet-bekend"


@require_GET
@never_cache
@needs(Permission.SEE_REPORT)
def index(request: HttpRequest) -> HttpResponse:
    """List the questions."""
    return render(
        request,
        "referrals/reports/questions.html",
        {"tabs": report_tabs(request, "questions"), "questions": QUESTIONS.items()},
    )


@require_GET
@never_cache
@needs(Permission.SEE_REPORT)
def show(request: HttpRequest, asked: str) -> HttpResponse:
    """Answer one question, on a page or as a file (?bestand=)."""
    if asked not in QUESTIONS:
        raise Http404
    context = report_context_of(request)
    document = QUESTIONS[asked].answer(context)
    return answered(request, document, context, about=asked, tab="questions")


def answered(
    request: HttpRequest, document: Document, context: ReportContext, *, about: str, tab: str
) -> HttpResponse:
    """Return a document as a page with the signals about it, or as the file that was asked for."""
    kind = request.GET.get("bestand", "")
    if kind:
        return exports.response(kind, document)
    query = request.GET.copy()
    query.pop("bestand", None)
    return render(
        request,
        "referrals/reports/document.html",
        {
            "tabs": report_tabs(request, tab),
            "document": document,
            "formats": exports.FORMATS,
            "query": query.urlencode(),
            "signals": [
                one for one in signal_bundles.readable_bundles(context) if one.about_figure == about
            ],
            "final": latest_month(context.now),
            "places": places(request),
            "chosen": request.GET.get("gemeente", ""),
        },
    )


def places(request: HttpRequest) -> list[tuple[str, str]]:
    """Return the municipalities that a coordinator may choose from; nobody else has a choice."""
    partnership, user = here(request)
    allowed = figures.municipalities_for(user, partnership)
    if len(allowed) < 2:
        return []
    return [(code or UNKNOWN, name) for code, name in allowed]


def report_context_of(request: HttpRequest) -> ReportContext:
    """Return who asks what; publishes first what is due. Raises Http404 for another's figures."""
    partnership, user = here(request)
    now = timezone.now()
    publish(partnership=partnership, now=now)
    allowed = dict(figures.municipalities_for(user, partnership))
    if not allowed:
        raise Http404
    code = request.GET.get("gemeente") or next(iter(allowed))
    code = "" if code == UNKNOWN else code
    everything = any(m.role == Role.COORDINATOR for m in roles_at(user, partnership))
    if code == ALL and everything:
        municipality, place = None, _("alle gemeenten samen")
    elif code in allowed:
        municipality, place = code, allowed[code]
    else:
        raise Http404
    return ReportContext(
        partnership=partnership,
        user=user,
        municipality=municipality,
        place=place,
        names=Names(partnership),
        now=now,
        reader=Reader(partnership, now),
        detail=request.GET.get("doel", ""),
    )
