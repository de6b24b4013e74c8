"""The Meldcode of one question: the checklist, and writing down a step."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from intake.reading import open_question
from intake.status import WrongMomentError
from organisations.permission import needs
from referrals import meldcode, rules
from referrals.forms.meldcode import StepForm
from referrals.models import MeldcodeStep
from referrals.standing import NotAllowedError
from referrals.views.around import readable
from referrals.views.work import WORK, here


@require_GET
@never_cache
@needs(WORK)
def show(request: HttpRequest, question_id: UUID) -> HttpResponse:
    """The five steps with what was done; the look is in the log, in words that tell nothing."""
    partnership, user = here(request)
    opened = open_question(
        user=user,
        partnership=partnership,
        question_id=question_id,
        why=gettext_noop("vraag geopend"),
        now=timezone.now(),
    )
    return render(
        request,
        "referrals/meldcode/show.html",
        {
            "question": opened.question,
            "lines": meldcode.checklist(opened.question),
            "next_step": meldcode.next_step(opened.question),
        },
    )


@require_http_methods(["GET", "POST"])
@never_cache
@needs(WORK)
def step(request: HttpRequest, question_id: UUID, number: int) -> HttpResponse:
    """Write down one step."""
    question, user = readable(request, question_id)
    if number not in MeldcodeStep.Step.values:
        raise Http404
    if not user.has_perm(rules.Permission.REPORT_TO_VEILIG_THUIS, question):
        raise PermissionDenied
    which = MeldcodeStep.Step(number)
    now = timezone.now()
    form = StepForm(request.POST if request.method == "POST" else None, step=number)
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        try:
            if form.reports:
                meldcode.report(
                    question=question,
                    way=MeldcodeStep.Way(given["way"]),
                    ground=MeldcodeStep.Ground(given["ground"]),
                    reason=given["reason"],
                    done_on=given["done_on"],
                    note=given["note"],
                    hide_until=given["hide_until"] if given["hide"] else None,
                    by=user,
                    now=now,
                )
            else:
                meldcode.note(
                    question=question,
                    step=which,
                    outcome=MeldcodeStep.Outcome(given["outcome"]),
                    done_on=given["done_on"],
                    note=given["note"],
                    by=user,
                    now=now,
                )
        except (NotAllowedError, WrongMomentError) as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Vastgelegd."))
            return redirect("case_meldcode", question.pk)
    return render(
        request,
        "referrals/meldcode/step.html",
        {"question": question, "form": form, "number": number, "title": which.label},
        status=422 if form.is_bound else 200,
    )
