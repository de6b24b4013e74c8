"""The page on which somebody makes a report of their own, and its downloads."""

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from organisations.roles.decorators import here, needs
from organisations.roles.models import Role
from organisations.roles.permissions import Permission, roles_at
from referrals.reports import choice, chosen_document, exports, figures, refusals, saved_reports
from referrals.reports.choice_forms import FILTERS, ChoiceForm
from referrals.reports.chosen_document import Compared
from referrals.reports.document import Document, spoken_period
from referrals.reports.names import Names
from referrals.reports.report_tabs import report_tabs
from referrals.reports.tables import Refused


@require_GET
@never_cache
@needs(Permission.SEE_REPORT)
def choose(request: HttpRequest) -> HttpResponse:
    """Show the report that somebody chose, or download it with ?bestand=."""
    partnership, user = here(request)
    now = timezone.now()
    allowed = figures.municipalities_for(user, partnership)
    if not allowed:
        raise Http404
    sees_all = any(m.role == Role.COORDINATOR for m in roles_at(user, partnership))
    names, latest = Names(partnership), choice.latest_month(now)
    reader = choice.Reader(partnership, now)
    own = None if sees_all else allowed[0][0]
    form = ChoiceForm(
        request.GET.dict(),
        municipalities=allowed,
        may_see_all=sees_all,
        latest=latest,
        categories={
            d: [(key, names.of(d, key)) for key in reader.categories.of(d, own, latest, latest)]
            for d in FILTERS.values()
        },
    )
    document, refusal = None, ""
    if form.is_valid():
        try:
            document = _document(form, names, reader)
        except Refused as refused:
            refusal = refusals.in_words(refused.reason)
    elif "gemeente" in form.errors:
        raise Http404
    kind = request.GET.get("bestand", "")
    if document and kind:
        return exports.response(kind, document)
    query = request.GET.copy()
    query.pop("bestand", None)
    return render(
        request,
        "referrals/reports/choose.html",
        {
            "tabs": report_tabs(request, "choose"),
            "form": form,
            "refusal": refusal,
            "document": document,
            "formats": exports.FORMATS,
            "query": query.urlencode(),
            "final": latest,
            "save_form": saved_reports.SaveReportForm(),
            "saved": saved_reports.known_to(user, partnership),
        },
    )


def _document(form: ChoiceForm, names: Names, reader: choice.Reader) -> Document:
    """Return the document of what was chosen; raises Refused."""
    chosen = form.choice()
    answer = reader.read(chosen)
    compared = None
    how = form.cleaned_data["vergelijk"]
    other = choice.compared(chosen, how)
    if other:
        name = spoken_period(*other.period)
        if how not in {"vorige", "vorig-jaar"}:
            name = _named(form, "vergelijk", how)
        compared = Compared(name, reader.read(other))
    place = _named(form, "gemeente", form.cleaned_data["gemeente"])
    return chosen_document.of(answer, names, place, reader, compared)


def _named(form: ChoiceForm, field: str, chosen: str) -> str:
    found: Any = form.fields[field]
    assert isinstance(found, forms.ChoiceField)
    return str(dict(found.choices).get(chosen, _("onbekend")))  # type: ignore[arg-type]  # pairs
