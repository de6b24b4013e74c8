"""An offered handover, as its receiver sees it: the minimal summary and an answer."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from intake.status import WrongMomentError
from organisations import front_door
from organisations.permission import needs
from referrals import handover, handover_talk, melding, summary
from referrals.forms.handover import ReceiveForm
from referrals.models import Handover
from referrals.standing import NotAllowedError
from referrals.views.work import WORK, here


@require_http_methods(["GET", "POST"])
@never_cache
@needs(WORK)
def offered(request: HttpRequest, handover_id: UUID) -> HttpResponse:
    """Yes, no with a reason, or a question first. Nothing of the person before the yes."""
    partnership, user = here(request)
    now = timezone.now()
    found, seen, _member = summary.open_summary(
        user=user, partnership=partnership, handover_id=handover_id, now=now
    )
    form = ReceiveForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            if given["choice"] == form.YES:
                handover.accept(handover=found, by=user, now=now)
                messages.success(
                    request,
                    _("Aangenomen. U leest de vraag nu helemaal. Maak kennis met de inwoner."),
                )
                return redirect("case", found.question_id)
            if given["choice"] == form.NO:
                handover.decline(handover=found, reason=given["reason"], by=user, now=now)
                messages.success(request, _("Uw collega leest waarom niet, en helpt verder."))
            else:
                handover_talk.ask(handover=found, text=given["text"], by=user, now=now)
                messages.success(request, _("Gevraagd. U hoort het als uw collega antwoordt."))
        except (NotAllowedError, WrongMomentError) as error:
            form.add_error(None, str(error))
        else:
            return redirect("handover", found.pk)
    answerable = seen.status in {
        Handover.Status.OFFERED,
        Handover.Status.QUESTION,
        Handover.Status.ANSWERED,
    }
    return render(
        request,
        "referrals/case/offered.html",
        {
            "seen": seen,
            "form": form,
            "answerable": answerable,
            "melding": found.receiver in melding.desks(found.question, front_door.of(partnership)),
            "may_ask": seen.status == Handover.Status.OFFERED,
            "case_id": found.question_id if seen.status == Handover.Status.ACCEPTED else None,
        },
        status=422 if form.is_bound else 200,
    )
