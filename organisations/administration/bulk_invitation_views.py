"""Invite many at once: the list, a look at what each row does, and then all of them.

The list holds names and addresses. It travels in the page, signed for its user and for half an
hour, and is stored nowhere until it is carried out.
"""

from __future__ import annotations

from collections.abc import Sequence

from django import forms
from django.contrib import messages
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from organisations.administration import bulk_invitations
from organisations.roles.decorators import here, needs
from organisations.roles.permissions import Permission
from welzijn.core.spreadsheets import SheetRow, SpreadsheetError, read

_SALT = "organisations.administration.bulk_invitations"
_LASTS = 1800  # seconds


class BulkInvitationForm(forms.Form):
    """The list."""

    file = forms.FileField(
        label=gettext_lazy("Bestand"),
        help_text=gettext_lazy(
            "CSV of XLSX met een kop: naam, e-mailadres, functie, rol, organisatie, team, wijk, "
            "gemeente, leest nieuwe vragen."
        ),
        error_messages={"required": gettext_lazy("Kies een bestand.")},
        allow_empty_file=True,
    )


@require_http_methods(["GET", "POST"])
@never_cache
@needs(Permission.MANAGE_ROLES)
def upload(request: HttpRequest) -> HttpResponse:
    """Take the list, and show what each row does."""
    partnership, user = here(request)
    form = BulkInvitationForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        sent = form.cleaned_data["file"]
        try:
            sheet = read(sent.read(), too_big=getattr(sent, "was_too_big", False))
        except SpreadsheetError as error:
            form.add_error("file", str(error))
        else:
            rows, faults = bulk_invitations.check(sheet, partnership=partnership)
            carried = [[line.number, *line.cells] for line in sheet]
            token = signing.dumps([str(user.pk), carried], salt=_SALT, compress=True)
            return _preview(request, rows, faults, token)
    return render(
        request,
        "organisations/administration/bulk_invitation.html",
        {"form": form},
        status=422 if form.is_bound and not form.is_valid() else 200,
    )


def _preview(
    request: HttpRequest,
    rows: Sequence[bulk_invitations.Invited],
    faults: Sequence[bulk_invitations.Fault],
    token: str,
    status: int = 200,
) -> HttpResponse:
    return render(
        request,
        "organisations/administration/bulk_invitation_preview.html",
        {"rows": rows, "faults": faults, "sheet_token": token},
        status=status,
    )


@require_POST
@never_cache
@needs(Permission.MANAGE_ROLES)
def carry_out(request: HttpRequest) -> HttpResponse:
    """Check everything once more, and invite everybody or nobody."""
    partnership, user = here(request)
    token = request.POST.get("sheet_token", "")
    try:
        owner, carried = signing.loads(token, salt=_SALT, max_age=_LASTS)
    except signing.BadSignature:
        owner, carried = "", []
    if owner != str(user.pk):
        messages.error(request, _("Kies het bestand opnieuw. Wat u koos, is niet meer geldig."))
        return redirect("administration_many")
    sheet = [SheetRow(number, tuple(cells)) for number, *cells in carried]
    rows, faults = bulk_invitations.check(sheet, partnership=partnership)
    if faults:
        return _preview(request, rows, faults, token, status=422)
    try:
        given, proposed = bulk_invitations.invite(
            rows, partnership=partnership, by=user, now=timezone.now()
        )
    except bulk_invitations.RefusedError as error:
        return _preview(request, rows, error.faults, token, status=422)
    messages.success(
        request,
        _("Rollen gegeven: {given}. Voorgesteld, ter goedkeuring: {proposed}.").format(
            given=given, proposed=proposed
        ),
    )
    return redirect("administration_people")
