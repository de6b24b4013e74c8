"""The coordinator's pages about a flood: look inside, clear it in one step, take real ones out."""

from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Max, Min, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from intake.questions.models import Question
from organisations.roles.decorators import here, needs
from organisations.roles.permissions import Permission
from referrals.caseload.tabs import tabs
from referrals.casework import set_aside
from referrals.casework_base.acting_membership import NotAllowedError

SEE = Permission.SEE_CASELOAD
_SHOWN = 50


@require_GET
@never_cache
@needs(SEE)
def lot(request: HttpRequest) -> HttpResponse:
    """Show what was set aside, without a person: how much, why, since when, and the first rows.

    Who may read a question opens it from here, by the door that records each look.
    """
    partnership, user = here(request)
    waiting, cleared = set_aside.lot(partnership), set_aside.cleared(partnership)
    danger = Q(question__maybe_danger=True) | Q(question__urgency=Question.Urgency.DANGER)
    figures = waiting.aggregate(
        number=Count("pk"), first=Min("at"), last=Max("at"), danger=Count("pk", filter=danger)
    )
    columns = "question__lead", "question__lead_team", "question__neighbourhood"
    rows = [*waiting.select_related(*columns)[:_SHOWN]]
    taken = [*cleared.select_related(*columns)[:_SHOWN]]
    ids = [row.pk for row in (*rows, *taken)]
    readable = Question.objects.visible_to(user).filter(pk__in=ids).values_list("pk", flat=True)
    return render(
        request,
        "referrals/caseload/set_aside.html",
        {
            **figures,
            # Not a number: a template would write it with a Dutch comma.
            "until": figures["last"].isoformat() if figures["last"] else "",
            "lists": [(False, rows), (True, taken)],
            "cleared": cleared.count(),
            "readable": set(readable),
            "shown": _SHOWN,
            "tabs": tabs(request, "set_aside"),
        },
    )


@require_POST
@needs(SEE)
def clear(request: HttpRequest) -> HttpResponse:
    """Clear all that the page showed, in one step."""
    partnership, user = here(request)
    now = timezone.now()
    try:
        before = datetime.fromisoformat(request.POST.get("tot", ""))
    except ValueError:
        before = None
    if before is not None and timezone.is_aware(before):
        try:
            number = set_aside.clear(partnership=partnership, by=user, before=before, now=now)
        except NotAllowedError:
            raise PermissionDenied from None
        messages.success(
            request,
            ngettext("{n} vraag opgeruimd.", "{n} vragen opgeruimd.", number).format(n=number),
        )
    return redirect("caseload_set_aside")


@require_POST
@needs(SEE)
def release(request: HttpRequest, question_id: UUID) -> HttpResponse:
    """Take one question out of the flood."""
    partnership, user = here(request)
    question = get_object_or_404(
        Question.objects.listed_for(user).filter(partnership=partnership, set_aside__isnull=False),
        pk=question_id,
    )
    try:
        set_aside.release(question=question, by=user, now=timezone.now())
    except NotAllowedError:
        raise PermissionDenied from None
    messages.success(
        request,
        _("Vraag {reference} staat weer in de lijst.").format(reference=question.reference),
    )
    return redirect("caseload_set_aside")
