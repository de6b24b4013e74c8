"""Record what becomes of the meeting's answer, on the page of its bundle."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from intake.questions.status import WrongMomentError
from organisations.roles.decorators import here, needs
from referrals.casework_base.acting_membership import NotAllowedError
from referrals.casework_base.refusals import refused
from referrals.signals import answer_steps, services
from referrals.signals.follow_up_models import AnswerStep
from referrals.signals.forms import AnswerForm
from referrals.signals.step_form import StepForm
from referrals.signals.views import SEE, bundle_page, bundles_of, person_check


@require_POST
@never_cache
@needs(SEE)
def step(request: HttpRequest, bundle_id: UUID) -> HttpResponse:
    """Record how far the meeting's answer is."""
    partnership, user = here(request)
    selected = get_object_or_404(bundles_of(user, partnership), pk=bundle_id)
    now = timezone.now()
    if not services.may_answer(user, selected, now):
        raise PermissionDenied
    check = person_check(user, partnership)
    form = StepForm(request.POST, check=check)
    if not form.is_valid():
        return bundle_page(
            request, selected, AnswerForm(check=check), answers=False, step_form=form
        )
    data = form.cleaned_data
    try:
        answer_steps.record(
            bundle=selected,
            state=AnswerStep.State(data["state"]),
            by_when=data["by_when"],
            note=data["note"],
            by=user,
            now=now,
        )
    except (NotAllowedError, WrongMomentError) as error:
        refused(request, error)
    else:
        messages.success(request, _("Vastgelegd. Wie een signaal gaf, hoort ervan."))
    return redirect("signal_bundle", selected.pk)
