"""The check with the resident some weeks after closing, from the link in its mail.

No login and no code: the key in the link opens this one question and nothing else. The page says
neither what it was about nor who helped (invariant 9). Looking changes nothing: mail scanners
follow links too.
"""

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from intake.danger import listening
from intake.people.forms_of_address import in_form, says_je
from intake.questions.models import Question
from intake.questions.status import WrongMomentError
from referrals.casework import close as casework_close
from referrals.resident_portal.check_code import question_by_check_code
from referrals.resident_portal.danger_views import remember_heard
from referrals.resident_portal.forms import VerdictForm
from welzijn.core import refused_forms


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def check(request: HttpRequest, code: UUID) -> HttpResponse:
    """Ask how it is going; an unhappy verdict reopens the question, with the same people."""
    question = question_by_check_code(request, code)
    with in_form(says_je(question.asker)):
        return _check(request, question, code)


def _check(request: HttpRequest, question: Question, code: UUID) -> HttpResponse:
    form = VerdictForm(refused_forms.data_of(request))
    form.fields["verdict"].label = _("Kunt u nu verder?")
    refused_forms.show_kept(request, form)
    if request.method == "POST" and not form.is_valid():
        return refused_forms.redirect_back(request, form, request.path)
    if request.method == "POST":
        now = timezone.now()
        try:
            casework_close.give_verdict(
                question=question,
                verdict=form.cleaned_data["verdict"],
                words=form.cleaned_data["words"],
                now=now,
            )
        except WrongMomentError:
            # It was reopened already; the page says so.
            return redirect("check", code)
        heard = listening.heard_at(question, now)
        if heard is not None:
            remember_heard(request, heard)
            return redirect("check_help", code)
        return redirect("check_done", code)
    context: dict[str, Any] = {"form": form, "open_again": question.is_open}
    return render(
        request,
        "referrals/resident_portal/check.html",
        context,
    )


@login_not_required
@never_cache
@require_http_methods(["GET"])
def done(request: HttpRequest, code: UUID) -> HttpResponse:
    """Show the thanks, and what happens next."""
    question = question_by_check_code(request, code)
    with in_form(says_je(question.asker)):
        return render(
            request,
            "referrals/resident_portal/check_done.html",
            {"again": question.is_open},
        )
