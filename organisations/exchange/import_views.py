"""Bring in services from a spreadsheet: the file, its columns, a look, and then all of it.

What was read travels in the page, signed for its user and for an hour; nothing is stored until it
is loaded, and then everything is checked once more.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib import messages
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from organisations.directory.participation import taking_part
from organisations.exchange import incoming
from organisations.exchange.columns import COLUMNS, as_rows
from organisations.exchange.import_forms import MappingForm, UploadForm
from organisations.partnerships.models import Partnership
from organisations.roles.decorators import here, needs
from organisations.roles.models import Role
from organisations.roles.permissions import Permission, roles_at
from welzijn.accounts.models import User
from welzijn.core.spreadsheets import SheetRow, SpreadsheetError, read
from welzijn.core.working_days import local_date

_SALT = "organisations.exchange.sheet"
_LASTS = 3600  # seconds
SHOWN = 200  # rows of each kind on the page of the look


def _own_organisations(partnership: Partnership, user: User) -> list[tuple[str, str]] | None:
    """Return (slug, name) of the organisations whose services somebody may change; None: all."""
    held = roles_at(user, partnership)
    if any(m.role == Role.ADMINISTRATOR for m in held):
        return None
    own = {m.organisation_id for m in held if m.role == Role.COORDINATOR}
    return [
        (o.slug, o.name)
        for o in taking_part(partnership.pk, local_date(timezone.now()))
        if o.pk in own
    ]


def _choices(partnership: Partnership, user: User) -> list[tuple[str, str]]:
    own = _own_organisations(partnership, user)
    if own is not None:
        return own
    on = local_date(timezone.now())
    return [(o.slug, o.name) for o in taking_part(partnership.pk, on)]


def _sign(user: User, sheet: Sequence[SheetRow], organisation: str) -> str:
    rows = [[row.number, *row.cells] for row in sheet]
    return signing.dumps([str(user.pk), organisation, rows], salt=_SALT, compress=True)


def _signed(request: HttpRequest, user: User) -> tuple[list[SheetRow], str] | None:
    """Return what the page carried, or None where it is too old or somebody else's."""
    try:
        owner, organisation, rows = signing.loads(
            request.POST.get("sheet_token", ""), salt=_SALT, max_age=_LASTS
        )
    except signing.BadSignature:
        return None
    if owner != str(user.pk):
        return None
    return [SheetRow(number, tuple(cells)) for number, *cells in rows], organisation


def _expired(request: HttpRequest) -> HttpResponse:
    messages.error(request, _("Kies het bestand opnieuw. Wat u koos, is niet meer geldig."))
    return redirect("services_import")


@require_http_methods(["GET", "POST"])
@never_cache
@needs(Permission.KEEP_OFFER)
def upload(request: HttpRequest) -> HttpResponse:
    """Take the file, and show its columns."""
    partnership, user = here(request)
    form = UploadForm(
        request.POST or None,
        request.FILES or None,
        organisations=_choices(partnership, user),
    )
    if request.method == "POST" and form.is_valid():
        sent = form.cleaned_data["file"]
        try:
            sheet = read(sent.read(), too_big=getattr(sent, "was_too_big", False))
        except SpreadsheetError as error:
            form.add_error("file", str(error))
        else:
            organisation = form.cleaned_data["organisation"]
            columns = MappingForm(head=sheet[0].cells, first=sheet[1].cells)
            return _columns_page(request, columns, _sign(user, sheet, organisation), len(sheet) - 1)
    return render(
        request,
        "organisations/exchange/upload.html",
        {"form": form, "columns": [label for label, _names in COLUMNS.values()]},
        status=422 if form.is_bound and not form.is_valid() else 200,
    )


def _columns_page(request: HttpRequest, form: MappingForm, token: str, number: int) -> HttpResponse:
    return render(
        request,
        "organisations/exchange/columns.html",
        {"form": form, "sheet_token": token, "number": number},
        status=422 if form.is_bound and not form.is_valid() else 200,
    )


@require_POST
@never_cache
@needs(Permission.KEEP_OFFER)
def preview(request: HttpRequest) -> HttpResponse:
    """Show what each row would change, and what is wrong in which row."""
    partnership, user = here(request)
    signed = _signed(request, user)
    if signed is None:
        return _expired(request)
    sheet, organisation = signed
    form = MappingForm(request.POST, head=sheet[0].cells, first=sheet[1].cells)
    if not form.is_valid():
        return _columns_page(request, form, request.POST["sheet_token"], len(sheet) - 1)
    plan = _plan(partnership, user, sheet, form.mapping, organisation)
    return _preview_page(request, plan, form)


def _plan(
    partnership: Partnership,
    user: User,
    sheet: Sequence[SheetRow],
    mapping: Mapping[int, str],
    organisation: str,
) -> incoming.Plan:
    rows, problems = as_rows(sheet, mapping, organisation=organisation)
    unread = {problem.row for problem in problems}
    own = _own_organisations(partnership, user)
    plan = incoming.check(
        [row for row in rows if row.number not in unread],
        partnership=partnership,
        organisations=None if own is None else {slug for slug, _name in own},
    )
    plan.problems = sorted([*problems, *plan.problems], key=lambda one: one.row)
    return plan


def _preview_page(
    request: HttpRequest, plan: incoming.Plan, form: MappingForm, status: int = 200
) -> HttpResponse:
    return render(
        request,
        "organisations/exchange/preview.html",
        {
            "problems": [
                (one.row, COLUMNS[one.column][0] if one.column in COLUMNS else "", one.message)
                for one in plan.problems[:SHOWN]
            ],
            "more_problems": max(0, len(plan.problems) - SHOWN),
            "rows": [
                (one, ", ".join(str(COLUMNS[key][0]) for key in one.changed if key in COLUMNS))
                for one in plan.effective[:SHOWN]
            ],
            "total": len(plan.effective),
            "more": max(0, len(plan.effective) - SHOWN),
            "same": len(plan.changes) - len(plan.effective),
            "carried": _carried(request, form),
        },
        status=status,
    )


def _carried(request: HttpRequest, form: MappingForm) -> list[tuple[str, Any]]:
    """Return the fields that the next step needs again."""
    chosen = [(f"kolom-{number}", key) for number, key in form.mapping.items()]
    return [("sheet_token", request.POST["sheet_token"]), *chosen]


@require_POST
@needs(Permission.KEEP_OFFER)
def load(request: HttpRequest) -> HttpResponse:
    """Check everything once more and load all of it, or nothing."""
    partnership, user = here(request)
    signed = _signed(request, user)
    if signed is None:
        return _expired(request)
    sheet, organisation = signed
    form = MappingForm(request.POST, head=sheet[0].cells, first=sheet[1].cells)
    if not form.is_valid():
        return _columns_page(request, form, request.POST["sheet_token"], len(sheet) - 1)
    plan = _plan(partnership, user, sheet, form.mapping, organisation)
    if not plan.problems:
        own = _own_organisations(partnership, user)
        try:
            incoming.write(
                [change.row for change in plan.changes],
                partnership=partnership,
                organisations=None if own is None else {slug for slug, _name in own},
                by=user,
                today=local_date(timezone.now()),
            )
        except incoming.ProblemsError as error:  # somebody changed something meanwhile
            plan.problems = error.problems
    if plan.problems:
        return _preview_page(request, plan, form, status=422)
    number = len(plan.effective)
    message = ngettext("{number} keer aanbod ingeladen.", "{number} keer aanbod ingeladen.", number)
    messages.success(request, message.format(number=number))
    return redirect(reverse("services_kept"))
