"""Danger in what a resident wrote on their own page, or in the check after closing.

The words are stored and told before these pages show; here stand the numbers, and the question
whether there is danger now. From the check's mail they open only in the browser that wrote: whoever
follows that link later reads nothing of it.
"""

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from intake.ask.views.danger import help_context
from intake.danger import alarm, help_at_hand, listening, reach
from intake.danger.forms import ReachForm
from intake.danger.models import HeardDanger
from intake.people.forms_of_address import in_form, says_je
from intake.people.models import ContactDetail
from intake.questions.models import Question
from referrals.resident_portal.check_code import question_by_check_code
from referrals.resident_portal.entry_views import opened
from welzijn.core import refused_forms

_HEARD = "heard_danger"  # the session key of what was just written through the check's mail
ANSWERS = {
    "now": HeardDanger.Answer.NOW,
    "often": HeardDanger.Answer.OFTEN,
    "safe": HeardDanger.Answer.NO,
}


@opened
@require_http_methods(["GET", "POST"])
def for_resident(request: HttpRequest, question: Question) -> HttpResponse:
    """Show the help that fits the resident's own words, and ask whether there is danger now."""
    heard = listening.latest(question)
    if heard is None:
        return redirect("follow_question")
    return _page(
        request, heard, on=reverse("follow_question"), reach_page=reverse("follow_help_reach")
    )


@opened
@require_http_methods(["GET", "POST"])
def reach_of_resident(request: HttpRequest, question: Question) -> HttpResponse:
    """Ask where it is safe to call or text, after a yes to danger."""
    heard = listening.latest(question)
    if heard is None:
        return redirect("follow_question")
    return _reach(request, heard, on=reverse("follow_question"), stores=True)


def remember_heard(request: HttpRequest, heard: HeardDanger) -> None:
    """Let this browser, and no other, see the danger page of the check."""
    request.session[_HEARD] = str(heard.pk)


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def after_check(request: HttpRequest, code: UUID) -> HttpResponse:
    """Show the same to whoever answered the check just now; the others get the check."""
    question = question_by_check_code(request, code)
    heard = listening.latest(question)
    if heard is None or request.session.get(_HEARD) != str(heard.pk):
        return redirect("check", code)
    with in_form(says_je(question.asker)):
        on = reverse("check_done", args=[code])
        return _page(request, heard, on=on, reach_page=reverse("check_help_reach", args=[code]))


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def reach_after_check(request: HttpRequest, code: UUID) -> HttpResponse:
    """Ask where it is safe to call; it is told to colleagues, and changes no contact details."""
    question = question_by_check_code(request, code)
    heard = listening.latest(question)
    if heard is None or request.session.get(_HEARD) != str(heard.pk):
        return redirect("check", code)
    with in_form(says_je(question.asker)):
        on = reverse("check_done", args=[code])
        return _reach(request, heard, on=on, stores=False)


def _page(request: HttpRequest, heard: HeardDanger, *, on: str, reach_page: str) -> HttpResponse:
    answer = ANSWERS.get(request.POST.get("way", ""))
    if answer is not None:
        answered = listening.give_answer(heard=heard, answer=answer, now=timezone.now())
        if _HEARD in request.session:
            request.session[_HEARD] = str(answered.pk)
        return redirect(reach_page if answer == HeardDanger.Answer.NOW else on)
    context = _context(heard) | {
        "already_reported": heard.answer == HeardDanger.Answer.NOW,
        "back": on,
    }
    return render(request, "referrals/resident_portal/help.html", context)


def _reach(request: HttpRequest, heard: HeardDanger, *, on: str, stores: bool) -> HttpResponse:
    question = heard.question
    known = question.asker.contact_details.filter(kind=ContactDetail.Kind.PHONE).first()
    form = ReachForm(
        refused_forms.data_of(request),
        je=says_je(question.asker),
        phone=known.value if known is not None and stores else "",
    )
    refused_forms.show_kept(request, form)
    if request.method == "POST" and not form.is_valid():
        return refused_forms.redirect_back(request, form, request.path)
    if request.method == "POST":
        given = form.cleaned_data
        reach.save(
            question=question,
            way=given["way"],
            phone=given["phone"],
            where=given["where"],
            stores=stores,
            now=timezone.now(),
        )
        return redirect(on)
    context = _context(heard) | {"form": form, "done": on}
    return render(request, "intake/danger/reach.html", context)


def _context(heard: HeardDanger) -> dict[str, Any]:
    question = heard.question
    je = says_je(question.asker)
    kinds = help_at_hand.kinds_of(heard.kinds, listening.typed_words(heard))
    return {
        **help_context(question.partnership, kinds, je=je),
        "je": je,
        "team_notified": alarm.was_notified(heard.pk),
    }
