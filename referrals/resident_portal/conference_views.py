"""The resident's own page about a case conference (MDO)."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from intake.danger import listening
from intake.questions.models import Question
from intake.questions.status import WrongMomentError
from referrals.conferences import minutes as conference_minutes
from referrals.conferences import planning as conference_planning
from referrals.conferences.models import Conference
from referrals.resident_portal.entry_views import opened
from referrals.resident_portal.forms import AskConferenceForm
from welzijn.core import refused_forms


@opened
@require_http_methods(["GET", "POST"])
def for_resident(request: HttpRequest, question: Question) -> HttpResponse:
    """Show the resident's conferences with plan and minutes; ask for one."""
    form = AskConferenceForm(refused_forms.data_of(request))
    refused_forms.show_kept(request, form)
    if request.method == "POST":
        if form.is_valid():
            now = timezone.now()
            try:
                conference_planning.propose(
                    question=question, why=form.cleaned_data["why"], now=now
                )
            except WrongMomentError as error:
                form.add_error(None, str(error))
            else:
                messages.success(request, _("Gelukt. Wie u helpt, neemt contact met u op."))
                heard = listening.heard_at(question, now)
                return redirect("follow_help" if heard else "follow_conference")
        return refused_forms.redirect_back(request, form, reverse("follow_conference"))
    items = list(
        question.agenda_items.select_related("conference__partnership")
        .prefetch_related("actions__follow_up", "actions__participant__user")
        .order_by("-added_at")
    )
    return render(
        request,
        "referrals/resident_portal/conference.html",
        {
            "question": question,
            "items": items,
            "form": form,
            "can_ask": question.is_open
            and not any(i.conference.status in Conference.OPEN for i in items),
            "closing_question": question.partnership.closing_question
            or conference_minutes.DEFAULT_CLOSING,
        },
    )
