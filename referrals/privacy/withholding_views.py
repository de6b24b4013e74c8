"""Pages for withholding a log entry: the request, and the decision of the second person."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from intake.access_log import resident_log
from intake.questions.models import Question
from intake.questions.status import WrongMomentError
from organisations.roles.decorators import here, needs
from referrals.casework_base.acting_membership import NotAllowedError
from referrals.casework_base.refusals import refused
from referrals.casework_base.view_context import WORK, readable
from referrals.privacy import withholding
from referrals.privacy.withholding_forms import ReviewForm, WithholdForm
from welzijn.audit.models import Withholding
from welzijn.core.working_days import local_date


@require_http_methods(["GET", "POST"])
@never_cache
@needs(WORK)
def index(request: HttpRequest, question_id: UUID) -> HttpResponse:
    """Show the entries that can be withheld and those that are; request one."""
    question, user = readable(request, question_id)
    now = timezone.now()
    form = WithholdForm(request.POST if request.method == "POST" else None, question=question)
    if form.is_bound and form.is_valid():
        try:
            withholding.request(
                question=question,
                event=form.cleaned_data["event"],
                reason=form.cleaned_data["why"],
                review_on=form.cleaned_data["review_on"],
                by=user,
                now=now,
            )
        except (NotAllowedError, WrongMomentError) as error:
            refused(request, error)
        else:
            messages.success(
                request, _("Gevraagd. Een collega keurt dit goed. Tot dan is de regel te lezen.")
            )
            return redirect("case_withhold", question.pk)
    today = local_date(now)
    rows = [
        (
            one,
            resident_log.sentence(one.event),
            withholding.may_approve(user, one, today) is not None,
        )
        for one in withholding.requests_for(question)
    ]
    return render(
        request,
        "referrals/privacy/withhold.html",
        {"question": question, "form": form, "rows": rows, "today": today},
        status=422 if form.is_bound else 200,
    )


@require_http_methods(["GET", "POST"])
@never_cache
@needs(WORK)
def decide(request: HttpRequest, withholding_id: UUID) -> HttpResponse:
    """Approve, prolong or end a withholding, as the second person.

    The page shows only the entry, the reason and the reference: a coordinator may decide without
    reading the question.
    """
    partnership, user = here(request)
    now = timezone.now()
    requested = get_object_or_404(
        Withholding.objects.select_related("event__actor", "event__organisation", "requested_by"),
        pk=withholding_id,
        event__partnership=partnership,
    )
    if withholding.may_approve(user, requested, local_date(now)) is None:
        raise Http404
    question = get_object_or_404(Question, pk=requested.event.question_id, partnership=partnership)
    choice = request.POST.get("wat", "")
    form = ReviewForm(
        request.POST if choice == "verleng" else None,
        question=question,
        initial={"why": requested.reason},
    )
    known = choice in {"goed", "open"} or (choice == "verleng" and form.is_valid())
    if request.method == "POST" and known:
        try:
            if choice == "goed":
                withholding.approve(withholding=requested, by=user, now=now)
            elif choice == "open":
                withholding.end(withholding=requested, by=user, now=now)
            else:
                withholding.prolong(
                    withholding=requested,
                    reason=form.cleaned_data["why"],
                    review_on=form.cleaned_data["review_on"],
                    by=user,
                    now=now,
                )
        except (NotAllowedError, WrongMomentError) as error:
            refused(request, error)
        else:
            messages.success(request, _("Vastgelegd."))
        return redirect("withholding", requested.pk)
    return render(
        request,
        "referrals/privacy/decide.html",
        {
            "asked": requested,
            "sentence": resident_log.sentence(requested.event),
            "reference": question.reference,
            "form": form,
            "ended": requested.review_on <= local_date(now),
        },
        status=422 if form.is_bound else 200,
    )
