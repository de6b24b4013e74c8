"""The page on which somebody makes a report of their own, and its download."""

from datetime import timedelta

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from organisations.roles.decorators import here, needs
from organisations.roles.models import Role
from organisations.roles.permissions import Permission, roles_at
from referrals.reports import choice, figures, long_format, refusals
from referrals.reports.choice_forms import FILTERS, ChoiceForm
from referrals.reports.door import Dimension, Refused, Table
from referrals.reports.measures import MEASURES
from referrals.reports.names import Names, headings
from referrals.reports.publishing import Categories
from referrals.reports.report_tabs import report_tabs
from welzijn.core import csv_export


@require_GET
@never_cache
@needs(Permission.SEE_REPORT)
def choose(request: HttpRequest) -> HttpResponse:
    """Show the report that somebody chose, or download it with ?bestand=csv."""
    partnership, user = here(request)
    now = timezone.now()
    allowed = figures.municipalities_for(user, partnership)
    if not allowed:
        raise Http404
    sees_all = any(m.role == Role.COORDINATOR for m in roles_at(user, partnership))
    names, latest = Names(partnership), choice.latest_month(now)
    known = Categories(partnership)
    own = None if sees_all else allowed[0][0]
    form = ChoiceForm(
        request.GET.dict(),
        municipalities=allowed,
        may_see_all=sees_all,
        latest=latest,
        categories={
            d: [(key, names.of(d, key)) for key in known.of(d, own, latest, latest)]
            for d in FILTERS.values()
        },
    )
    table, refusal = None, ""
    if form.is_valid():
        try:
            table = choice.read(partnership, form.choice(), now)
        except Refused as refused:
            refusal = refusals.in_words(refused.reason)
    elif "gemeente" in form.errors:
        raise Http404
    if table and request.GET.get("bestand") == "csv":
        place = dict(form.fields["gemeente"].choices)[form.cleaned_data["gemeente"]]  # type: ignore[attr-defined]  # a choice field
        return csv_export.response(
            f"{partnership.slug}-{form.cleaned_data['van']}.csv",
            long_format.of_table(table, names, str(place)),
        )
    query = request.GET.copy()
    query["bestand"] = "csv"
    return render(
        request,
        "referrals/reports/choose.html",
        {
            "tabs": report_tabs(request, "choose"),
            "form": form,
            "refusal": refusal,
            "table": _shown(table, names) if table else None,
            "csv": query.urlencode(),
        },
    )


def _shown(table: Table, names: Names) -> dict[str, object]:
    """Return a table as the page lays it out: the total last, in rows and columns."""
    query = table.query

    def label(dimension: Dimension | None, key: str) -> str:
        return names.of(dimension, key, table.together) if dimension and key else _("Totaal")

    columns = [*table.columns, ""]
    return {
        "heading": headings()[query.rows],
        "measure": MEASURES[query.measure],
        "since": query.since,
        "until": query.until - timedelta(days=1),
        "columns": [
            label(query.columns, key) if query.columns else MEASURES[query.measure].name
            for key in columns
        ],
        "rows": [
            (label(query.rows, row), [table.figures[row, column] for column in columns])
            for row in [*table.rows, ""]
        ],
        "bound": table.total.bound,
    }
