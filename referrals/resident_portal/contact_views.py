"""The page on which residents change how they may be reached, at /volg/vraag/bereiken/."""

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
from referrals.person_details import services
from referrals.person_details.forms import OwnForm
from referrals.resident_portal.entry_views import opened
from welzijn.core import refused_forms


@opened
@require_http_methods(["GET", "POST"])
def contact(request: HttpRequest, question: Question) -> HttpResponse:
    """Show what is known of how to reach them, and save what they change."""
    form = OwnForm(refused_forms.data_of(request), question=question)
    refused_forms.show_kept(request, form)
    if request.method == "POST" and form.is_valid():
        now = timezone.now()
        try:
            changed = services.correct_own(
                question=question,
                changes=form.changes(),
                seen=form.cleaned_data["seen"],
                now=now,
            )
        except WrongMomentError as error:
            form.show_again(services.seen_person(question))
            form.add_error(None, str(error))
        else:
            messages.success(
                request,
                _("Gewijzigd. Wie u helpt, ziet dit ook.")
                if changed
                else _("Er is niets gewijzigd."),
            )
            heard = listening.heard_at(question, now)
            return redirect("follow_help" if heard is not None else "follow_question")
    if request.method == "POST":
        return refused_forms.redirect_back(request, form, reverse("follow_contact"))
    return render(
        request,
        "referrals/resident_portal/contact.html",
        {"question": question, "form": form},
    )
