"""The list of the caseload, and one step with several of its questions."""

from collections.abc import Callable, Collection
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from organisations.roles import duty
from organisations.roles.decorators import here, needs
from organisations.roles.permissions import Permission
from referrals.caseload import (
    bulk,
    bulk_forms,
    columns,
    export,
    listing,
    redistribution,
    saved_views,
)
from referrals.caseload.bulk import Outcome
from referrals.caseload.filter_form import CaseloadFilterForm
from referrals.caseload.links import filter_chips, page_links, without_search
from referrals.caseload.tabs import tabs
from referrals.casework import other_organisation
from referrals.follow_ups import unjudged
from referrals.routing_review.models import Correction
from welzijn.core import csv_export, xlsx_export
from welzijn.core.working_days import local_date

SEE = Permission.SEE_CASELOAD
CHOOSE_ALL = "kies"


@require_GET
@never_cache
@needs(SEE)
def index(request: HttpRequest) -> HttpResponse:
    """Show the work of the whole partnership: filtered, sorted, by page."""
    if "zoek" in request.GET:  # an old bookmark: no name stays in an address
        return redirect(f"{request.path}?{without_search(request.GET).urlencode()}")
    return render_list(request, request.GET)


def render_list(
    request: HttpRequest,
    query: QueryDict,
    *,
    chosen: Collection[str] = (),
    bound: forms.Form | None = None,
) -> HttpResponse:
    """Render the list that `query` stands for; `bound` is the step that was refused."""
    partnership, user = here(request)
    now = timezone.now()
    form = CaseloadFilterForm(query, partnership=partnership)
    filters = form.filters(after=query.get("na", ""), before=query.get("voor", ""))
    page = listing.show(user=user, partnership=partnership, filters=filters, now=now)
    shown = columns.chosen(query.getlist("kolom"))
    steps = {
        name: bound if isinstance(bound, kind) else kind(partnership=partnership)
        for name, kind in bulk_forms.STEPS.items()
    }
    exporting = (
        bound
        if isinstance(bound, bulk_forms.ExportForm)
        else bulk_forms.ExportForm(partnership=partnership)
    )
    address = without_search(query)
    address.pop(CHOOSE_ALL, None)
    everything = address.copy()
    everything[CHOOSE_ALL] = "alles"
    return render(
        request,
        "referrals/caseload/index.html",
        {
            "page": page,
            "calendar": page.calendar,
            "unjudged": unjudged.listed(user, partnership, timezone.localdate(now)),
            "filters": form,
            "chips": filter_chips(query, partnership, form),
            "columns": shown,
            "heads": columns.heads(address, shown, filters.order),
            "all_columns": columns.LABELS,
            "chosen": set(chosen),
            "all_chosen": query.get(CHOOSE_ALL) == "alles",
            "choose_all_url": f"?{everything.urlencode()}",
            "choose_none_url": f"?{address.urlencode()}",
            "address": address.urlencode(),
            "steps": steps,
            "exporting": exporting,
            "bound": bound,
            "outside": other_organisation.unseen(
                partnership=partnership, user=user, on=local_date(now)
            ),
            "gaps": duty.gaps(partnership=partnership, now=now),
            "saved": saved_views.of(user=user, partnership=partnership),
            "save_view": saved_views.SaveViewForm(),
            "tabs": tabs(request, "index"),
            **page_links(address, page),
        },
        status=200 if bound is None else 422,
    )


def _ids(request: HttpRequest) -> list[UUID]:
    """Return the questions that were ticked; what is no id is left out."""
    found = []
    for text in request.POST.getlist("vraag")[: bulk.MOST]:
        try:
            found.append(UUID(text))
        except ValueError:
            continue
    return found


def _address(request: HttpRequest) -> QueryDict:
    """Return the filters of the page that the step was made on."""
    return QueryDict(request.POST.get("adres", "")[:2000])


def _back(request: HttpRequest) -> HttpResponse:
    query = _address(request).urlencode()
    return redirect(f"{reverse('caseload')}?{query}" if query else "caseload")


@require_POST
@needs(SEE)
def step(request: HttpRequest) -> HttpResponse:
    """Do one thing with all chosen questions, and name what couldn't be done."""
    partnership, _user = here(request)
    name = request.POST.get("doe", "")
    kind = bulk_forms.STEPS.get(name)
    if kind is None:
        return _back(request)
    form = kind(request.POST, partnership=partnership)
    ids = _ids(request)
    form.full_clean()
    if not ids:
        form.add_error(None, _("Kies eerst een of meer vragen."))
    if not form.is_valid():
        return render_list(request, _address(request), chosen={str(pk) for pk in ids}, bound=form)
    if name == bulk_forms.ASSIGN:
        return _assign(request, form, ids)
    _report(request, name, _do(request, form, ids, name))
    return _back(request)


def _do(request: HttpRequest, form: forms.Form, ids: list[UUID], name: str) -> Outcome:
    partnership, user = here(request)
    now, data = timezone.now(), form.cleaned_data
    do: Callable[[Any], bool | None]
    if isinstance(form, bulk_forms.MoveManyForm):
        do = bulk.move(
            to=form.organisation(),
            why=Correction.Why(data["waarom"]),
            reason=data["reden"],
            by=user,
            now=now,
        )
    elif name == bulk_forms.PLAN:
        do = bulk.plan(what=data["wat"], due_on=data["op"], by=user, now=now)
    else:
        do = bulk.remind(by=user, now=now)
    return bulk.each(user=user, partnership=partnership, ids=ids, do=do)


def _assign(request: HttpRequest, form: forms.Form, ids: list[UUID]) -> HttpResponse:
    """Assign to one colleague at once; with several, show first who would get what."""
    partnership, user = here(request)
    takers = list(form.cleaned_data["naar"])
    if len(takers) > 1:
        query = QueryDict(mutable=True)
        query.setlist("vraag", [str(pk) for pk in ids])
        query.setlist("naar", [str(taker.pk) for taker in takers])
        if form.cleaned_data["reden"]:
            request.session[redistribution.REASON] = form.cleaned_data["reden"]
        return redirect(f"{reverse('caseload_spread')}?{query.urlencode()}")
    _spread, outcome = redistribution.carry_out(
        partnership=partnership,
        chosen=dict.fromkeys(ids, takers[0]),
        by=user,
        reason=form.cleaned_data["reden"],
        now=timezone.now(),
    )
    _report(request, bulk_forms.ASSIGN, outcome)
    return _back(request)


def _report(request: HttpRequest, name: str, outcome: Outcome) -> None:
    done = len(outcome.done)
    results = {
        bulk_forms.ASSIGN: ngettext("{n} vraag toegewezen.", "{n} vragen toegewezen.", done),
        bulk_forms.MOVE: ngettext("{n} vraag verplaatst.", "{n} vragen verplaatst.", done),
        bulk_forms.PLAN: ngettext("Ingepland bij {n} vraag.", "Ingepland bij {n} vragen.", done),
        bulk_forms.REMIND: ngettext(
            "Herinnering verstuurd voor {n} vraag.", "Herinnering verstuurd voor {n} vragen.", done
        ),
    }
    if done:
        messages.success(request, results[name].format(n=done))
    if outcome.asked:
        messages.info(
            request,
            ngettext(
                "Gevraagd aan de organisatie die {n} vraag heeft ({which}).",
                "Gevraagd aan de organisaties die {n} vragen hebben ({which}).",
                len(outcome.asked),
            ).format(n=len(outcome.asked), which=", ".join(outcome.asked)),
        )
    for sentence in outcome.sentences():
        messages.warning(request, sentence)


@require_POST
@needs(SEE)
def export_list(request: HttpRequest) -> HttpResponse:
    """Download the chosen questions, or all of the list; each is written to the access log."""
    partnership, user = here(request)
    form = bulk_forms.ExportForm(request.POST, partnership=partnership)
    ids, query = _ids(request), _address(request)
    form.full_clean()
    if form.is_valid():
        filters = CaseloadFilterForm(query, partnership=partnership).filters()
        try:
            found = export.rows(
                user=user,
                partnership=partnership,
                filters=filters.only(ids) if ids else filters,
                columns=columns.chosen(query.getlist("kolom")),
                names=form.cleaned_data["namen"],
                reason=form.cleaned_data["reden"],
                now=timezone.now(),
            )
        except export.TooMuchError as error:
            form.add_error(None, str(error))
        else:
            if found.number:
                return _file(partnership.slug, form.cleaned_data["soort"], found)
            form.add_error(None, _("Er is geen vraag bij die u mag downloaden."))
    return render_list(request, query, chosen={str(pk) for pk in ids}, bound=form)


def _file(slug: str, kind: str, found: export.Exported) -> HttpResponse:
    """Return the file; its last line says how many questions are not in it."""
    rows = list(found.rows)
    if found.left_out:
        left_out = ngettext(
            "{n} vraag staat hier niet in: daarvoor heeft u geen grondslag.",
            "{n} vragen staan hier niet in: daarvoor heeft u geen grondslag.",
            found.left_out,
        )
        rows.append([left_out.format(n=found.left_out)])
    name = f"caseload-{slug}-{timezone.localdate():%Y-%m-%d}"
    if kind == bulk_forms.ExportForm.XLSX:
        return xlsx_export.response(f"{name}.xlsx", _("Caseload"), rows)
    return csv_export.response(f"{name}.csv", rows)


@require_POST
@needs(SEE)
def outside_seen(request: HttpRequest) -> HttpResponse:
    """Record that the coordinator has seen what other organisations did with their work."""
    partnership, user = here(request)
    other_organisation.seen(partnership=partnership, user=user, now=timezone.now())
    return redirect("caseload")
