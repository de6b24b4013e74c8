"""Pages of one step of a question: what is due, and what was written down wrongly."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from intake.access_log.open_question import open_question
from intake.questions.status import WrongMomentError
from organisations.roles.decorators import here, needs
from referrals.casework import corrections
from referrals.casework.contact_forms import CallOffForm, StrikeForm
from referrals.casework.undo_offering import offering
from referrals.casework_base.acting_membership import NotAllowedError
from referrals.casework_base.forms import CaseForm, DayForm
from referrals.casework_base.refusals import refused
from referrals.casework_base.view_context import WORK, readable
from referrals.follow_ups import explanations
from referrals.follow_ups import services as follow_up_services
from referrals.follow_ups import staff_actions as follow_up_actions
from referrals.follow_ups.models import FollowUp
from welzijn.accounts.models import User
from welzijn.audit.reasons import Reason


def _given(*forms: CaseForm) -> dict[str, Any]:
    """Return what was filled in in the form that was sent."""
    return {
        name: value for one in forms if one.is_bound for name, value in one.cleaned_data.items()
    }


def _step(
    choice: str, follow_up: FollowUp, given: dict[str, Any], user: User, now: datetime
) -> Callable[[], object]:
    """Return the verb of a choice on the page; each can be undone for a while."""
    steps: dict[str, Callable[..., object]] = {
        "gedaan": follow_up_actions.done,
        "neem-over": follow_up_actions.take_over,
        "toch-niet": follow_up_actions.call_off,
        "verzet": follow_up_actions.move,
    }
    options = {
        "toch-niet": {"why": given.get("call_off_why")},
        "verzet": {"due_on": given.get("due_on"), "at_time": given.get("at_time")},
    }.get(choice, {})
    return partial(steps[choice], follow_up=follow_up, by=user, now=now, **options)


@require_http_methods(["GET", "POST"])
@never_cache
@needs(WORK)
def due(request: HttpRequest, question_id: UUID, follow_up_id: UUID) -> HttpResponse:
    """Mark a follow-up as done, move it to another day, or take it over."""
    question, user = readable(request, question_id)
    follow_up = get_object_or_404(
        FollowUp.objects.select_related("worker", "organisation", "created_by"),
        pk=follow_up_id,
        question=question,
    )
    now = timezone.now()
    choice = request.POST.get("choice", "")
    form = DayForm(request.POST if choice == "verzet" else None, question=question)
    call_off = CallOffForm(request.POST if choice == "toch-niet" else None, question=question)
    known = (
        choice in {"gedaan", "neem-over"}
        or (choice == "verzet" and form.is_valid())
        or (choice == "toch-niet" and call_off.is_valid())
    )
    if request.method == "POST" and known:
        try:
            step = _step(choice, follow_up, _given(form, call_off), user, now)
            offering(request, question, step, now)
        except (NotAllowedError, WrongMomentError) as error:
            refused(request, error, question)
        else:
            messages.success(request, _("Vastgelegd."))
        return redirect("case", question.pk)
    return render(
        request,
        "referrals/case_page/due.html",
        {
            "question": question,
            "follow_up": follow_up,
            "why": explanations.why(follow_up),
            "form": form,
            "call_off": call_off,
            "movable": follow_up.kind in follow_up_services.MOVABLE and follow_up.status == "open",
            "doable": follow_up.kind in follow_up_services.DOABLE and follow_up.status == "open",
            "can_be_called_off": follow_up.kind in follow_up_services.CAN_BE_CALLED_OFF
            and follow_up.status == "open",
            "takeable": follow_up.worker_id != user.id and follow_up.status == "open",
            "back_url": reverse("case", args=[question.pk]),
        },
        status=422 if form.is_bound or call_off.is_bound else 200,
    )


@require_http_methods(["GET", "POST"])
@never_cache
@needs(WORK)
def strike(request: HttpRequest, question_id: UUID, entry_id: UUID) -> HttpResponse:
    """Strike through a step that one wrote oneself; asks once, after the day itself with why."""
    partnership, user = here(request)
    question = open_question(
        user=user,
        partnership=partnership,
        question_id=question_id,
        why=Reason.STEP_TO_STRIKE,
        now=timezone.now(),
    ).question
    question.partnership = partnership
    entry = get_object_or_404(
        question.timeline.select_related("struck", "contact_moment"), pk=entry_id
    )
    now = timezone.now()
    if corrections.is_struck(entry):
        return redirect("case", question.pk)
    if not corrections.can_strike(entry, user.pk):
        raise Http404
    form = StrikeForm(request.POST if request.method == "POST" else None, question=question)
    form.fields["reason"].required = corrections.needs_reason(entry, now)
    if form.is_bound and form.is_valid():
        try:
            corrections.strike(entry=entry, reason=form.cleaned_data["reason"], by=user, now=now)
        except NotAllowedError as error:
            raise PermissionDenied(str(error)) from error
        except WrongMomentError as error:
            form.add_error("reason", str(error))
        else:
            messages.success(request, _("Doorgehaald. Schrijf zo nodig op hoe het wel was."))
            return redirect("case", question.pk)
    return render(
        request,
        "referrals/case_page/strike.html",
        {
            "question": question,
            "entry": entry,
            "form": form,
            "back_url": reverse("case", args=[question.pk]),
        },
        status=422 if form.is_bound else 200,
    )
