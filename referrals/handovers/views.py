"""An offered handover, as its receiver sees it: the minimal summary and an answer."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from intake.questions.status import WrongMomentError
from organisations.front_door import configuration as front_door
from organisations.roles.decorators import here, needs
from referrals.casework_base.acting_membership import NotAllowedError
from referrals.casework_base.refusals import refused
from referrals.casework_base.view_context import WORK
from referrals.handovers import clarifications, receiver_summary, services, wmo_report
from referrals.handovers.forms import ReceiveForm
from referrals.handovers.models import Handover


@require_http_methods(["GET", "POST"])
@never_cache
@needs(WORK)
def offered(request: HttpRequest, handover_id: UUID) -> HttpResponse:
    """Show the minimal summary; accept, decline with a reason, or ask a question first."""
    partnership, user = here(request)
    now = timezone.now()
    found, seen, _member = receiver_summary.open_summary(
        user=user, partnership=partnership, handover_id=handover_id, now=now
    )
    form = ReceiveForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            if given["choice"] == form.YES:
                services.accept(handover=found, by=user, now=now)
                messages.success(
                    request,
                    _("Aangenomen. U leest de vraag nu helemaal. Maak kennis met de inwoner."),
                )
                return redirect("case", found.question_id)
            if given["choice"] == form.NO:
                services.decline(handover=found, reason=given["reason"], by=user, now=now)
                messages.success(request, _("Uw collega leest waarom niet, en helpt verder."))
            else:
                clarifications.ask(handover=found, text=given["text"], by=user, now=now)
                messages.success(request, _("Gevraagd. U hoort het als uw collega antwoordt."))
        except (NotAllowedError, WrongMomentError) as error:
            refused(request, error)
        else:
            return redirect("handover", found.pk)
    answerable = seen.status in {
        Handover.Status.OFFERED,
        Handover.Status.QUESTION,
        Handover.Status.ANSWERED,
    }
    return render(
        request,
        "referrals/handovers/offered.html",
        {
            "seen": seen,
            "form": form,
            "answerable": answerable,
            "melding": found.receiver
            in wmo_report.desks(found.question, front_door.of(partnership)),
            "may_ask": seen.status == Handover.Status.OFFERED,
            "case_id": found.question_id if seen.status == Handover.Status.ACCEPTED else None,
        },
        status=422 if form.is_bound else 200,
    )
