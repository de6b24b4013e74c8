"""The page on which a worker gives a new code, once they have spoken with the resident."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from intake.access_log.open_question import open_question
from intake.people.models import ContactDetail
from intake.resident_access import codes
from organisations.roles.decorators import here, needs
from referrals.casework_base.view_context import WORK
from referrals.resident_portal.code_by_phone import give_code
from referrals.resident_portal.code_by_phone_forms import HeardForm
from welzijn.audit.reasons import Reason
from welzijn.core.contact_details import display_phone


@require_http_methods(["GET", "POST"])
@never_cache
@needs(WORK)
def new_code(request: HttpRequest, question_id: UUID) -> HttpResponse:
    """Ask how the worker verified the resident; then show the new code, once."""
    partnership, user = here(request)
    now = timezone.now()
    opened = open_question(
        user=user,
        partnership=partnership,
        question_id=question_id,
        why=Reason.CODE_PAGE,
        now=now,
    )
    question = opened.question
    numbers = question.asker.contact_details.filter(kind=ContactDetail.Kind.PHONE)
    form = HeardForm(
        request.POST if request.method == "POST" else None, has_number=numbers.exists()
    )
    code = ""
    if form.is_valid():
        given = give_code(question=question, by=user, now=now, heard=form.heard())
        code = codes.display_code(given)
    return render(
        request,
        "referrals/resident_portal/code_by_phone.html",
        {
            "question": question,
            "form": form,
            "code": code,
            "numbers": [display_phone(number.value) for number in numbers],
            "wish": question.asker.contact_wish,
        },
        status=422 if form.is_bound and not code else 200,
    )
