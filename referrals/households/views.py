"""The page of a question's household, for its worker."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from intake.households import links as household_links
from intake.questions.models import Question
from intake.questions.status import WrongMomentError
from intake.resident_access import codes
from organisations.roles.decorators import needs
from referrals.casework_base.view_context import WORK, readable
from referrals.households.forms import LinkForm
from welzijn.core.working_days import local_date


@require_http_methods(["GET", "POST"])
@never_cache
@needs(WORK)
def for_worker(request: HttpRequest, question_id: UUID) -> HttpResponse:
    """Show the household as far as this worker may read it; link a question, or unlink this one."""
    question, user = readable(request, question_id)
    now = timezone.now()
    unlinks = request.POST.get("wat") == "los"
    form = LinkForm(
        request.POST if request.method == "POST" and not unlinks else None, question=question
    )
    if request.method == "POST" and unlinks:
        household_links.leave(question=question, by=user, how="spoken", now=now)
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
                household_links.link(
                    question=question,
                    other=other,
                    how=form.cleaned_data["how"],
                    by=user,
                    now=now,
                )
            except (WrongMomentError, PermissionDenied) as error:
                form.add_error("reference", str(error))
            else:
                messages.success(
                    request, _("De vragen staan nu bij elkaar. Er is niets extra gedeeld.")
                )
                return redirect("case_family", question.pk)
    return render(
        request,
        "referrals/households/for_worker.html",
        {
            "question": question,
            "form": form,
            "family": household_links.family(question=question, user=user, on=local_date(now)),
        },
        status=422 if form.is_bound else 200,
    )
