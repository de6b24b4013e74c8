"""The first page of a new partnership, and its rehearsal."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from organisations.administration.tabs import administration_tabs
from organisations.partnership_editor import checklist
from organisations.partnership_editor.permissions import keeper
from organisations.partnerships.models import Partnership
from organisations.rehearsal import rehearsing
from organisations.roles.decorators import here, needs
from organisations.roles.permissions import Permission

KEEP = Permission.KEEP_PARTNERSHIP


def _of_administrator(request: HttpRequest) -> Partnership:
    partnership, user = here(request)
    if not keeper(user, partnership).everything:
        raise PermissionDenied
    if partnership.triage_team_id is None:
        raise Http404
    return partnership


@require_GET
@needs(KEEP)
def start(request: HttpRequest) -> HttpResponse:
    """Show the checklist from nothing to open, and what can be tried before."""
    partnership = _of_administrator(request)
    now = timezone.now()
    return render(
        request,
        "organisations/partnership_editor/start.html",
        {
            "checklist": checklist.of(partnership, now=now),
            "practised": rehearsing.questions(partnership),
            "tries": _tries(),
            "partnership": partnership,
            "tabs": administration_tabs("settings"),
        },
    )


@require_POST
@needs(KEEP)
def rehearse(request: HttpRequest) -> HttpResponse:
    """Start a rehearsal, wipe it and go on, or end it."""
    partnership = _of_administrator(request)
    now = timezone.now()
    wanted = request.POST.get("doe")
    if wanted == "begin":
        try:
            rehearsing.start(partnership=partnership, now=now)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            messages.success(request, _("De oefening is begonnen. Er gaat niets naar inwoners."))
    elif wanted in ("wis", "stop"):
        verb = rehearsing.wipe if wanted == "wis" else rehearsing.end
        gone = verb(partnership=partnership, now=now)
        said = ngettext("{n} oefenvraag is gewist.", "{n} oefenvragen zijn gewist.", gone)
        ended = _("De oefening is gestopt.") if wanted == "stop" else ""
        messages.success(request, f"{ended} {said.format(n=gone)}".strip())
    else:
        messages.error(request, _("Kies wat u wilt doen."))
    return redirect("partnership_start")


def _tries() -> list[tuple[str, str]]:
    """Return invented questions to try, with what each shows."""
    return [
        (
            _("Mijn moeder valt steeds en ik kan niet elke dag langs."),
            _("Een mantelzorger vraagt iets voor een ander."),
        ),
        (_("brief van het energiebedrijf snap er niks van"), _("Kort, met fouten, over geld.")),
        (
            _("Ik ben net gescheiden en mijn zoon van 9 wil niet meer naar school."),
            _("Twee leefgebieden en een kind."),
        ),
        (
            _("Ik heb tijd over en wil wel iets doen voor de buurt."),
            _("Iemand die wil helpen, en geen hulp vraagt."),
        ),
        (
            _("Ik durf niet naar huis."),
            _("Mogelijk gevaar: kijk wie het te zien krijgt. Niemand krijgt een bericht."),
        ),
    ]
