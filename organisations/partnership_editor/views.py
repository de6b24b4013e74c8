"""Screens: the overview of sections, a section, and a row of a list."""

from __future__ import annotations

import hashlib

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from organisations.administration.tabs import administration_tabs
from organisations.partnership_editor import history, presentation, preview, values
from organisations.partnership_editor.editing import Edit
from organisations.partnership_editor.forms import FindForm
from organisations.partnership_editor.missing_translations import missing_translations
from organisations.partnership_editor.permissions import Keeper, keeper, says_who
from organisations.partnership_editor.saving import read
from organisations.partnership_editor.sections import GROUPS, SECTIONS, Section
from organisations.partnership_editor.starting import steps_to_open
from organisations.partnership_editor.submitting import Outcome
from organisations.partnership_editor.values import ORDERED, Plain
from organisations.partnership_file.exporting import NotExportableError
from organisations.partnership_file.labels import label_of
from organisations.partnerships.models import Partnership
from organisations.roles.decorators import here, needs
from organisations.roles.permissions import Permission
from welzijn.accounts.models import User

KEEP = Permission.KEEP_PARTNERSHIP
ROWS_A_PAGE = 50


@require_GET
@needs(KEEP)
def overview(request: HttpRequest) -> HttpResponse:
    """List the sections that somebody keeps, with what each is for and when it last changed."""
    partnership, user = here(request)
    mine = keeper(user, partnership)
    last = history.last_of_sections(partnership)
    groups = []
    for title, sections in GROUPS:
        shown = [
            (section, _address(section), last.get(section.key))
            for section in sections
            if section.key in mine.sections
        ]
        if shown:
            groups.append((title, shown))
    closed = mine.everything and partnership.triage_team_id and not partnership.live
    return render(
        request,
        "organisations/partnership_editor/overview.html",
        {
            "closed": closed,
            "steps": steps_to_open(values.of_partnership(partnership), day=timezone.localdate())
            if closed
            else [],
            "groups": groups,
            "everything": mine.everything,
            "waiting": history.waiting(partnership),
            "ready": partnership.triage_team_id is not None,
            "tabs": administration_tabs("settings") if mine.everything else [],
        },
    )


def _address(section: Section) -> str:
    if section.elsewhere:
        return reverse(section.elsewhere)
    return reverse("partnership_section", args=[section.key])


def opened(request: HttpRequest, key: str) -> tuple[Partnership, User, Keeper, Section, Plain]:
    """Return what a screen of a section needs. 404 for an unknown one, 403 for another's."""
    partnership, user = here(request)
    section = SECTIONS.get(key)
    if section is None or section.elsewhere:
        raise Http404
    mine = keeper(user, partnership)
    if key not in mine.sections:
        raise PermissionDenied
    try:
        tables = values.of_partnership(partnership)
    except NotExportableError:
        raise Http404 from None
    return partnership, user, mine, section, tables


@require_http_methods(["GET", "POST"])
@needs(KEEP)
def section(request: HttpRequest, section: str) -> HttpResponse:
    """Show a table as a form, or a list with its rows."""
    partnership, user, mine, chosen, tables = opened(request, section)
    key = chosen.key
    if not chosen.listed:
        return _form(request, Edit(chosen, "", partnership, user, mine, tables))
    if request.method == "POST":
        raise Http404
    listed = [
        (name, row)
        for name, row in values.rows(tables, key).items()
        if mine.keeps_row(key, row) or key != "wijken"
    ]
    find = FindForm(request.GET or None)
    if find.is_valid() and (words := find.cleaned_data["zoek"].casefold()):
        listed = [
            (name, row)
            for name, row in listed
            if words in presentation.row_title(key, row).casefold()
        ]
    rows = [
        {
            "id": row_id(name),
            "title": presentation.row_title(key, row),
            "details": _details(chosen, row, tables),
            "mine": mine.keeps_row(key, row),
        }
        for name, row in listed
    ]
    return render(
        request,
        "organisations/partnership_editor/rows.html",
        {
            "section": chosen,
            "page": Paginator(rows, ROWS_A_PAGE).get_page(request.GET.get("pagina")),
            "find": find if len(values.rows(tables, key)) > 10 else None,
            "adds": mine.adds_to(key),
            "ordered": key in ORDERED and mine.everything and not find.data,
            "removable": key not in values.ENDED and mine.everything,
            "missing": [
                (row_id(text), text, languages)
                for text, languages in missing_translations(partnership).items()
            ]
            if key == "vertalingen"
            else [],
        },
    )


def _details(chosen: Section, row: Plain, tables: Plain) -> str:
    keys = ("organisatie", "gemeente", "laag", "plaatsen", "wachttijd_weken", "soort", "tot_en_met")
    found = [
        f"{label}: {presentation.displayed_value(chosen.table, key, row[key], tables)}"
        for key in keys
        if key in row and (label := label_of(chosen.table, key).label)
    ]
    return ". ".join(found)


def row_id(name: str) -> str:
    """Return a row's name in an address: itself where it is a short name, else its digest."""
    if name.replace("-", "").isalnum() and name.isascii() and name.islower():
        return name
    return hashlib.sha256(name.encode()).hexdigest()[:16]


def name_of(tables: Plain, key: str, wanted: str) -> str | None:
    """Return the row of an address; None where there is none."""
    return next((name for name in values.rows(tables, key) if row_id(name) == wanted), None)


@require_http_methods(["GET", "POST"])
@needs(KEEP)
def row(request: HttpRequest, section: str, row: str) -> HttpResponse:
    """Show a row of a list as a form."""
    partnership, user, mine, chosen, tables = opened(request, section)
    key = chosen.key
    name = name_of(tables, key, row) if chosen.listed else None
    if name is None and key == "vertalingen":
        return _new_translation(request, row)
    if name is None:
        raise Http404
    if not mine.keeps_row(key, values.rows(tables, key)[name]):
        raise PermissionDenied
    return _form(request, Edit(chosen, name, partnership, user, mine, tables))


def _new_translation(request: HttpRequest, row: str) -> HttpResponse:
    """Show a text that has no translation yet."""
    partnership, user, mine, chosen, tables = opened(request, "vertalingen")
    text = next((t for t in missing_translations(partnership) if row_id(t) == row), None)
    if text is None:
        raise Http404
    edit = Edit(chosen, None, partnership, user, mine, tables)
    edit.given = {"nl": text}
    return _form(request, edit)


@require_http_methods(["GET", "POST"])
@needs(KEEP)
def new_row(request: HttpRequest, section: str) -> HttpResponse:
    """Show the form of a new row."""
    partnership, user, mine, chosen, tables = opened(request, section)
    key = chosen.key
    if not chosen.listed:
        raise Http404
    if not mine.adds_to(key):
        raise PermissionDenied
    return _form(request, Edit(chosen, None, partnership, user, mine, tables))


def _form(request: HttpRequest, edit: Edit) -> HttpResponse:
    edit.open(request)
    shown = None
    if request.method == "POST":
        if "bekijk" in request.POST:
            shown = preview.of(edit) if edit.form.is_valid() else None
        elif outcome := edit.save(confirmed=request.POST.get("bevestigd", "")):
            report_outcome(request, outcome)
            return redirect(address_of_rows(edit.section))
    new = edit.name is None
    section = edit.section
    heading = (
        _("Nieuw: {one}").format(one=section.one)
        if new
        else presentation.row_title(section.key, edit.opened)
        if section.listed
        else str(section.title)
    )
    failed = request.method == "POST" and shown is None
    return render(
        request,
        "organisations/partnership_editor/form.html",
        {
            "edit": edit,
            "form": edit.form,
            "every_form": list(edit.form.every()),
            "section": section,
            "page_heading": heading,
            "back": address_of_rows(section),
            "preview": shown,
            "has_preview": preview.exists(section.key),
            "people": history.people_of_team(edit.partnership, str(edit.name))
            if section.key == "teams" and not new
            else [],
            "swatches": preview.swatches() if section.key == "samenwerkingsverband" else [],
        },
        status=409 if edit.conflicted else 422 if failed else 200,
    )


def address_of_rows(section: Section) -> str:
    """Return where one comes from a form of a section."""
    if section.listed:
        return reverse("partnership_section", args=[section.key])
    return reverse("administration_settings")


def report_outcome(request: HttpRequest, outcome: Outcome) -> None:
    """Say what holds now and what waits."""
    if outcome.revision:
        messages.success(request, _("Opgeslagen. Inwoners en collega's zien het meteen."))
    if outcome.proposal:
        proposed = read(outcome.proposal.changes)
        sentence = ngettext(
            "De tekst voor inwoners is voorgesteld. Hij geldt zodra een ander hem goedkeurt.",
            "De teksten voor inwoners zijn voorgesteld. Ze gelden zodra een ander ze goedkeurt.",
            len(proposed),
        )
        if any(says_who(one) for one in proposed):
            sentence = _("Een ander keurt dit eerst goed. Tot dan blijft het zoals het was.")
        messages.success(request, sentence)
    if not (outcome.revision or outcome.proposal):
        messages.info(request, _("Er was niets veranderd."))
