"""Undo the last step of a user, from the button that their pages show for a while."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from intake.questions.models import Question
from intake.questions.status import WrongMomentError
from organisations.roles.decorators import here, needs
from organisations.roles.permissions import Permission
from referrals.casework import undo
from referrals.casework_base.acting_membership import NotAllowedError
from welzijn.staff_forms import undo_offers


@require_POST
@needs(Permission.BE_STAFF)
def undo_step(request: HttpRequest, question_id: UUID) -> HttpResponse:
    """Undo the last step that this session did with the question."""
    partnership, user = here(request)
    now = timezone.now()
    today = timezone.localdate(now)
    # A coordinator assigns what they don't read.
    coordinates = user.has_perm(Permission.SEE_CASELOAD, partnership)
    scope = Question.objects.listed_for if coordinates else Question.objects.visible_to
    question = get_object_or_404(scope(user, today).filter(partnership=partnership), pk=question_id)
    offer = undo_offers.current(request, now)
    undo_offers.drop(request)
    if offer is None or offer["url"] != request.path:
        messages.error(request, _("Ongedaan maken kan niet meer: de tijd daarvoor is om."))
    else:
        try:
            undo.undo(question=question, by=user, now=now, **offer["data"])
        except (NotAllowedError, WrongMomentError) as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _("Ongedaan gemaakt. Het is weer zoals het was."))
    readable = Question.objects.visible_to(user, today)
    if readable.filter(pk=question.pk).exists():
        return redirect("case", question.pk)
    return redirect("home_for_staff")
