"""Screens: download the file, and load one in the browser after seeing what it changes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from organisations.partnership_editor import consequences, merging, presentation, values
from organisations.partnership_editor.checking import ProblemsError
from organisations.partnership_editor.file_loading import remember_load
from organisations.partnership_editor.merging import Comparison
from organisations.partnership_editor.models import PartnershipRevision
from organisations.partnership_editor.permissions import keeper
from organisations.partnership_editor.saving import ConflictError, UnconfirmedError
from organisations.partnership_editor.submitting import submit
from organisations.partnership_editor.values import Change, Plain
from organisations.partnership_editor.views import report_outcome
from organisations.partnership_file.check_rules import check_on
from organisations.partnership_file.exporting import NotExportableError, export
from organisations.partnership_file.problems import FileProblemsError
from organisations.partnership_file.reading import MAX_BYTES, read
from organisations.partnerships.models import Partnership
from organisations.roles.decorators import here, needs
from organisations.roles.permissions import Permission
from welzijn.core.working_days import local_date

MANAGE = Permission.MANAGE_ROLES


class UploadForm(forms.Form):
    """A partnership file."""

    bestand = forms.FileField(
        label=gettext_lazy("Bestand"),
        help_text=gettext_lazy(
            "Het bestand van dit samenwerkingsverband (.toml). U ziet eerst wat het verandert."
        ),
        error_messages={"required": gettext_lazy("Kies een bestand.")},
    )


@require_GET
@needs(MANAGE)
def download(request: HttpRequest) -> HttpResponse:
    """Return the partnership as a file that loads to the same."""
    partnership, _user = here(request)
    try:
        text = export(partnership)
    except NotExportableError:
        raise Http404 from None
    response = HttpResponse(text, content_type="application/toml; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{partnership.slug}.toml"'
    return response


@require_http_methods(["GET", "POST"])
@needs(MANAGE)
def upload(request: HttpRequest) -> HttpResponse:
    """Show what a file would change; load it once that was seen and every conflict decided."""
    partnership, _user = here(request)
    if partnership.triage_team_id is None:
        raise Http404
    form = UploadForm()
    if request.method == "GET":
        return _page(request, form)
    if "inhoud" in request.POST:
        return _seen(request, partnership, form)
    form = UploadForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, form, status=422)
    sent = form.cleaned_data["bestand"]
    data = sent.read(MAX_BYTES + 1)
    return _compare(request, partnership, form, data, str(sent.name)[:100])


def _page(request: HttpRequest, form: UploadForm, status: int = 200, **more: Any) -> HttpResponse:
    return render(
        request,
        "organisations/partnership_editor/upload.html",
        {"form": form, **more},
        status=status,
    )


def _tables(partnership: Partnership, data: bytes, name: str) -> Plain:
    """Return a file as tables. Raises FileProblemsError with the sentences of `--check`."""
    now = timezone.now()
    file = read(data, source=name)
    check_on(file, local_date(now), source=name)
    return values.of_file(file)


def _compared(partnership: Partnership, tables: Plain) -> Comparison:
    found = merging.compare(partnership, tables, today=timezone.localdate())
    if partnership.live:
        merging.leave_rules(found)
    return found


def _compare(
    request: HttpRequest, partnership: Partnership, form: UploadForm, data: bytes, name: str
) -> HttpResponse:
    try:
        tables = _tables(partnership, data, name)
    except FileProblemsError as error:
        return _page(request, form, 422, problems=[str(one) for one in error.problems])
    if not merging.same_partnership(tables, partnership):
        wrong = _("Dit bestand is van een ander samenwerkingsverband.")
        return _page(request, form, 422, problems=[wrong])
    found = _compared(partnership, tables)
    if not (found.taken or found.conflicts):
        remember_load(partnership, tables, timezone.now())
        messages.info(request, _("Dit bestand verandert niets."))
        return redirect("partnership_file")
    return _show(request, form, found, data.decode("utf-8-sig"), name)


def _show(
    request: HttpRequest,
    form: UploadForm,
    found: Comparison,
    content: str,
    name: str,
    warnings: Sequence[str] = (),
    problems: Sequence[str] = (),
) -> HttpResponse:
    choices = _choices(request, found)
    return _page(
        request,
        form,
        422 if warnings or problems else 200,
        compared=True,
        content=content,
        name=name,
        taken=[presentation.displayed_change(one, found.tables) for one in found.taken],
        kept=[presentation.displayed_change(one, found.tables) for one in found.kept],
        conflicts=[
            {
                "number": number,
                "file": presentation.displayed_change(
                    Change(one.path, one.then, one.file), found.tables
                ),
                "now": presentation.displayed_change(
                    Change(one.path, one.then, one.now), found.tables
                ),
                "chosen": choices.get(one.key, ""),
            }
            for number, one in enumerate(found.conflicts)
        ],
        warnings=warnings,
        confirmation=consequences.digest(warnings),
        problems=problems,
    )


def _choices(request: HttpRequest, found: Comparison) -> dict[str, str]:
    return {
        one.key: request.POST.get(f"keuze-{number}", "")
        for number, one in enumerate(found.conflicts)
    }


def _seen(request: HttpRequest, partnership: Partnership, form: UploadForm) -> HttpResponse:
    """Load what was shown; whatever changed since is shown again."""
    _partnership, user = here(request)
    content, name = request.POST["inhoud"], request.POST.get("naam", "")[:100]
    now = timezone.now()
    try:
        tables = _tables(partnership, content.encode("utf-8", "replace"), name)
    except FileProblemsError as error:
        return _page(request, form, 422, problems=[str(one) for one in error.problems])
    if not merging.same_partnership(tables, partnership):
        raise Http404
    found = _compared(partnership, tables)
    choices = _choices(request, found)
    if found.undecided(choices):
        wrong = _("Kies bij elk verschil wat geldt: het bestand of de browser.")
        return _show(request, form, found, content, name, problems=[wrong])
    try:
        outcome = submit(
            partnership=partnership,
            changes=found.changes(choices),
            keeper=keeper(user, partnership),
            by=user,
            now=now,
            source=PartnershipRevision.Source.UPLOAD,
            confirmed=request.POST.get("bevestigd", ""),
            file_name=name,
            whole=True,
        )
    except UnconfirmedError as error:
        return _show(request, form, found, content, name, warnings=error.sentences)
    except ProblemsError as error:
        lines = [one.message for one in error.problems]
        return _show(request, form, found, content, name, problems=lines)
    except ConflictError:
        wrong = _("Een collega was u voor. Kijk hoe het er nu staat.")
        fresh = _compared(partnership, tables)
        return _show(request, form, fresh, content, name, problems=[wrong])
    if outcome.proposal is None:
        remember_load(partnership, tables, now)
    report_outcome(request, outcome)
    return redirect("administration_settings")
