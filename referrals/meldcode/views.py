"""Pages of the Meldcode of one question: the checklist, and the form of a step."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from intake.access_log.open_question import open_question
from intake.questions.status import WrongMomentError
from organisations.roles.decorators import here, needs
from referrals.casework_base import permissions as casework_base_permissions
from referrals.casework_base.acting_membership import NotAllowedError
from referrals.casework_base.refusals import refused
from referrals.casework_base.view_context import WORK, readable
from referrals.meldcode import services
from referrals.meldcode.forms import StepForm
from referrals.meldcode.models import MeldcodeStep
from welzijn.audit.reasons import Reason


@require_GET
@never_cache
@needs(WORK)
def show(request: HttpRequest, question_id: UUID) -> HttpResponse:
    """Show the five steps with their entries; record the access with a neutral reason."""
    partnership, user = here(request)
    opened = open_question(
        user=user,
        partnership=partnership,
        question_id=question_id,
        why=Reason.OPENED,
        now=timezone.now(),
    )
    return render(
        request,
        "referrals/meldcode/show.html",
        {
            "question": opened.question,
            "lines": services.checklist(opened.question),
            "next_step": services.next_step(opened.question),
        },
    )


@require_http_methods(["GET", "POST"])
@never_cache
@needs(WORK)
def step(request: HttpRequest, question_id: UUID, number: int) -> HttpResponse:
    """Record an entry on one step."""
    question, user = readable(request, question_id)
    if number not in MeldcodeStep.Step.values:
        raise Http404
    if not user.has_perm(casework_base_permissions.Permission.REPORT_TO_VEILIG_THUIS, question):
        raise PermissionDenied
    which = MeldcodeStep.Step(number)
    now = timezone.now()
    form = StepForm(request.POST if request.method == "POST" else None, step=number)
    if form.is_bound and form.is_valid():
        data = form.cleaned_data
        try:
            if form.reports:
                services.report(
                    question=question,
                    way=MeldcodeStep.Way(data["way"]),
                    ground=MeldcodeStep.Ground(data["ground"]),
                    reason=data["reason"],
                    done_on=data["done_on"],
                    note=data["note"],
                    hide_until=data["hide_until"] if data["hide"] else None,
                    by=user,
                    now=now,
                )
            else:
                services.record_step(
                    question=question,
                    step=which,
                    outcome=MeldcodeStep.Outcome(data["outcome"]),
                    done_on=data["done_on"],
                    note=data["note"],
                    by=user,
                    now=now,
                )
        except (NotAllowedError, WrongMomentError) as error:
            refused(request, error, question)
        else:
            messages.success(request, _("Vastgelegd."))
            return redirect("case_meldcode", question.pk)
    return render(
        request,
        "referrals/meldcode/step.html",
        {"question": question, "form": form, "number": number, "title": which.label},
        status=422 if form.is_bound else 200,
    )
