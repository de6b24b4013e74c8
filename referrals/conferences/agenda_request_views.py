"""Answering whether a question comes on the agenda of an MDO, by who works on it."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from intake.questions.models import SharingBasis
from intake.questions.status import WrongMomentError
from organisations.roles.decorators import needs
from referrals.casework_base.acting_membership import NotAllowedError
from referrals.casework_base.refusals import refused
from referrals.casework_base.view_context import WORK, readable
from referrals.conferences import agenda_requests
from referrals.conferences.forms import JoinForm, ProposeForm


@require_POST
@never_cache
@needs(WORK)
def answer(request: HttpRequest, question_id: UUID, agenda_request_id: UUID) -> HttpResponse:
    """Put the question on the agenda with its resident's yes, or leave it off."""
    question, user = readable(request, question_id)
    asked = get_object_or_404(question.asked_for_agenda, pk=agenda_request_id)
    now = timezone.now()
    answer = request.POST.get("antwoord")
    form = JoinForm(request.POST, prefix=str(asked.pk))
    if answer not in {"ja", "nee"}:
        raise Http404
    try:
        if answer == "nee":
            agenda_requests.decline(request=asked, by=user, now=now)
            messages.success(request, _("Vastgelegd. De vraag komt niet op de agenda."))
            return redirect("case_conference", question.pk)
        if form.is_valid():
            item = agenda_requests.join(
                request=asked,
                why=form.cleaned_data["why"],
                how=SharingBasis.How(form.cleaned_data["how"]),
                by=user,
                now=now,
            )
            messages.success(request, _("De vraag staat op de agenda. U doet nu mee aan het MDO."))
            return redirect("conference", item.conference_id)
    except (NotAllowedError, WrongMomentError) as error:
        refused(request, error)
        return redirect("case_conference", question.pk)
    return render(
        request,
        "referrals/conferences/propose.html",
        {
            "question": question,
            "form": ProposeForm(),
            "items": question.agenda_items.select_related("conference"),
            "asked": [
                (
                    one,
                    form
                    if one.pk == asked.pk
                    else JoinForm(prefix=str(one.pk), initial={"why": one.why}),
                )
                for one in agenda_requests.open_for(question)
            ],
            "refused": form,
        },
        status=422,
    )
