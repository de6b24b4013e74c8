"""Screens: changes that wait for a second person."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from organisations.partnership_editor import presentation, preview, proposals, values
from organisations.partnership_editor.checking import ProblemsError
from organisations.partnership_editor.models import TextProposal
from organisations.partnership_editor.saving import ConflictError, read
from organisations.partnership_editor.values import Change, Plain
from organisations.partnership_file.exporting import NotExportableError
from organisations.roles.decorators import here, needs
from organisations.roles.permissions import Permission

KEEP = Permission.KEEP_PARTNERSHIP


@require_GET
@needs(KEEP)
def texts(request: HttpRequest) -> HttpResponse:
    """List what waits, with what a resident would see of texts, and the last decisions."""
    partnership, user = here(request)
    found = TextProposal.objects.filter(partnership=partnership).select_related(
        "proposed_by", "decided_by"
    )
    waiting = list(found.filter(decision=""))
    try:
        tables = values.of_partnership(partnership) if waiting else {}
    except NotExportableError:
        tables = {}
    return render(
        request,
        "organisations/partnership_editor/texts.html",
        {
            "waiting": [
                {
                    "proposal": one,
                    "rows": [presentation.displayed_change(c, tables) for c in read(one.changes)],
                    "previews": _previews(read(one.changes), tables),
                    "may_decide": proposals.approvers(partnership, one.proposed_by)
                    .filter(pk=user.pk)
                    .exists(),
                    "own": one.proposed_by_id == user.pk,
                }
                for one in waiting
            ],
            "decided": found.exclude(decision="").order_by("-decided_at")[:10],
        },
    )


def _previews(changes: list[Change], tables: Plain) -> list[Any]:
    """Return what a resident would see of each row or table that the texts are of."""
    after = values.changed(tables, changes)
    places = dict.fromkeys(
        one.path[:2] if one.section in values.IDENTITY else one.path[:1] for one in changes
    )
    made = [
        preview.of_row(place[0], row, after)
        for place in places
        if isinstance(row := values.value_at(after, place), dict)
    ]
    return [one for one in made if one is not None]


@require_POST
@needs(KEEP)
def decide(request: HttpRequest, text_id: UUID) -> HttpResponse:
    """Approve or refuse a proposal."""
    partnership, user = here(request)
    get_object_or_404(TextProposal, pk=text_id, partnership=partnership)
    now = timezone.now()
    try:
        if request.POST.get("besluit") == "ja":
            proposals.approve(proposal_id=text_id, by=user, now=now)
            messages.success(request, _("Goedgekeurd. Het geldt vanaf nu."))
        else:
            proposals.refuse(proposal_id=text_id, by=user, now=now)
            messages.success(request, _("Het voorstel is vervallen."))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    except ConflictError:
        messages.error(
            request,
            _("Dit is intussen veranderd. Laat het voorstel vervallen en begin opnieuw."),
        )
    except ProblemsError as error:
        messages.error(request, " ".join(one.message for one in error.problems))
    return redirect("partnership_texts")
