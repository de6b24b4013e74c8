"""The resident's own pages about their household."""

from allauth.account.adapter import get_adapter
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from intake.ask import draft
from intake.ask.conversation import Conversation
from intake.households import links as household_links
from intake.people.forms_of_address import says_je
from intake.questions.models import Question
from intake.questions.status import WrongMomentError
from intake.resident_access import code_entry
from referrals.resident_portal.entry_views import opened
from referrals.resident_portal.forms import OtherQuestionForm
from welzijn.core import known_browser, refused_forms


@opened
@require_http_methods(["GET", "POST"])
def for_resident(request: HttpRequest, question: Question) -> HttpResponse:
    """Link another question of the family by its reference and code, or undo the link."""
    now = timezone.now()
    if request.method == "POST" and request.POST.get("wat") == "los":
        household_links.leave(question=question, now=now)
        messages.success(request, _("Uw vraag staat weer los."))
        return redirect("follow_family")
    form = OtherQuestionForm(refused_forms.data_of(request))
    refused_forms.show_kept(request, form)
    if request.method == "POST":
        if form.is_valid():
            try:
                other = code_entry.question_for_code(
                    partnership=question.partnership,
                    reference=form.cleaned_data["reference"],
                    code=form.cleaned_data["code"],
                    address=get_adapter().get_client_ip(request),
                    browser=known_browser.of(request),
                    now=now,
                )
                if other is not None:
                    household_links.link(question=question, other=other, now=now)
                    messages.success(request, _("Gelukt. De vragen horen nu bij elkaar."))
                    return redirect("follow_family")
                form.add_error(
                    "code",
                    _("Dit kenmerk en deze code horen niet bij elkaar. Kijk ze nog eens na."),
                )
            except code_entry.TooManyTriesError as error:
                form.add_error(None, error.wait_or_call())
            except WrongMomentError as error:
                form.add_error("reference", str(error))
        return refused_forms.redirect_back(request, form, reverse("follow_family"))
    return render(
        request,
        "referrals/resident_portal/household.html",
        {"question": question, "form": form, "linked": household_links.disclosed_link(question)},
    )


@opened
@require_POST
def ask_another(request: HttpRequest, question: Question) -> HttpResponse:
    """Begin another question for the family; it is linked to this one when it is sent."""
    talk = Conversation(
        young=says_je(question.asker),
        family=str(question.pk),
        family_lead=household_links.preferred_lead(question),
    )
    response = redirect("ask")
    draft.write(request, response, talk.to_draft(), now=timezone.now(), new_key=True)
    return response
