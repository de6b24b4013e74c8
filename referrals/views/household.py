"""Questions of one household: a worker's page, and the resident's on /volg/."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from intake import access, codes, draft, household
from intake.address_form import says_je
from intake.asking import Conversation
from intake.models import Question
from intake.status import WrongMomentError
from organisations.permission import needs
from referrals.forms.household import LinkForm, OtherQuestionForm
from referrals.views.around import readable
from referrals.views.follow import opened
from referrals.views.work import WORK
from welzijn.client_address import client_address
from welzijn.workdays import local_date


@require_http_methods(["GET", "POST"])
@never_cache
@needs(WORK)
def for_worker(request: HttpRequest, question_id: object) -> HttpResponse:
    """The family as far as this worker may read it; link another question, or take this one out."""
    question, user = readable(request, question_id)  # type: ignore[arg-type]
    now = timezone.now()
    leaves = request.POST.get("wat") == "los"
    form = LinkForm(
        request.POST if request.method == "POST" and not leaves else None, question=question
    )
    if request.method == "POST" and leaves:
        household.leave(question=question, by=user, how="spoken", now=now)
        messages.success(request, _("Deze vraag hoort niet meer bij het gezin."))
        return redirect("case_family", question.pk)
    if form.is_bound and form.is_valid():
        other = (
            Question.objects.visible_to(user, local_date(now))
            .filter(
                partnership=question.partnership,
                reference=codes.clean_reference(form.cleaned_data["reference"]),
            )
            .first()
        )
        if other is None:
            form.add_error("reference", _("Dit kenmerk kennen wij niet, of u mag het niet lezen."))
        else:
            try:
                household.link(
                    question=question,
                    other=other,
                    how=form.cleaned_data["how"],
                    by=user,
                    now=now,
                )
            except (WrongMomentError, PermissionDenied) as error:
                form.add_error("reference", str(error))
            else:
                messages.success(request, _("De vragen zijn gekoppeld. Er is niets extra gedeeld."))
                return redirect("case_family", question.pk)
    return render(
        request,
        "referrals/household/worker.html",
        {
            "question": question,
            "form": form,
            "family": household.family(question=question, user=user, on=local_date(now)),
        },
        status=422 if form.is_bound else 200,
    )


@opened
@require_http_methods(["GET", "POST"])
def for_resident(request: HttpRequest, question: Question) -> HttpResponse:
    """Link another question of the family by its reference and code, or undo the link."""
    now = timezone.now()
    if request.method == "POST" and request.POST.get("wat") == "los":
        household.leave(question=question, now=now)
        messages.success(request, _("Uw vraag staat weer los."))
        return redirect("follow_family")
    form = OtherQuestionForm(request.POST or None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                other = access.question_for_code(
                    partnership=question.partnership,
                    reference=form.cleaned_data["reference"],
                    code=form.cleaned_data["code"],
                    address=client_address(request),
                    now=now,
                )
                if other is not None:
                    household.link(question=question, other=other, now=now)
                    messages.success(request, _("Gelukt. De vragen horen nu bij elkaar."))
                    return redirect("follow_family")
                form.add_error(
                    "code",
                    _("Dit kenmerk en deze code horen niet bij elkaar. Kijk ze nog eens na."),
                )
            except access.TooManyTriesError:
                status = 429
                form.add_error(None, _("Het is te vaak geprobeerd. Wacht een uur, of bel ons."))
            except WrongMomentError as error:
                form.add_error("reference", str(error))
    return render(
        request,
        "referrals/household/resident.html",
        {"question": question, "form": form, "linked": household.own_link(question)},
        status=status,
    )


@opened
@require_POST
def ask_another(request: HttpRequest, question: Question) -> HttpResponse:
    """Begin another question for the family; it is linked to this one when it is sent."""
    talk = Conversation(
        young=says_je(question.asker),
        family=str(question.pk),
        family_lead=household.lead_for_another(question),
    )
    response = redirect("ask")
    draft.write(request, response, talk.to_draft(), now=timezone.now())
    return response
