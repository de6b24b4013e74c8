"""Withdrawing a question: asked first, after danger about that too, and with what stays."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from intake.ask.views.danger import help_context
from intake.danger import help_at_hand, listening
from intake.danger.models import HeardDanger
from intake.people.forms_of_address import says_je
from intake.questions.models import Question
from intake.questions.status import WrongMomentError
from referrals.casework import withdraw as withdrawing
from referrals.follow_ups.models import FollowUp
from referrals.resident_portal.danger_views import ANSWERS
from referrals.resident_portal.entry_views import opened
from referrals.retention import due
from welzijn.core import dates


@opened
@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, question: Question) -> HttpResponse:
    """Ask for confirmation, then withdraw the question.

    Where danger was heard a plain confirmation is not enough: somebody may make them do it. The
    answer is stored; a yes to danger withdraws nothing.
    """
    if question.maybe_danger and question.is_open:
        return _after_danger(request, question)
    if request.method == "POST":
        return _done(request, question)
    return render(
        request,
        "referrals/resident_portal/confirm.html",
        {
            "heading": _("Wilt u uw vraag intrekken?"),
            "lines": [
                _("Dan doet niemand er nog iets mee. Afspraken gaan niet door."),
                _kept(question),
                _("U mag later altijd een nieuwe vraag stellen."),
            ],
            "button": _("Ja, trek mijn vraag in"),
        },
    )


def _kept(question: Question) -> str:
    """Return what is kept after withdrawing, until when, and that it can go at once."""
    until = due.kept_until(question)
    if until is None:
        return _("Wat u schreef, bewaren wij zo lang als de wet dat vraagt. Daarna wissen wij het.")
    return _(
        "Wat u schreef, bewaren wij in elk geval tot en met {day}. Daarna wissen wij het. "
        "Liever meteen? Dat kan als uw vraag is ingetrokken."
    ).format(day=dates.dated(until))


def _after_danger(request: HttpRequest, question: Question) -> HttpResponse:
    answer = ANSWERS.get(request.POST.get("way", ""))
    heard = listening.latest(question)
    if answer is not None:
        listening.answer_of(question=question, heard=heard, answer=answer, now=timezone.now())
        if answer == HeardDanger.Answer.NOW:
            return redirect("follow_help_reach")
        return _done(request, question)
    kinds = (
        [] if heard is None else help_at_hand.kinds_of(heard.kinds, listening.typed_words(heard))
    )
    je = says_je(question.asker)
    unjudged = question.follow_ups.filter(kind=FollowUp.Kind.DUTY, status=FollowUp.Status.OPEN)
    return render(
        request,
        "referrals/resident_portal/withdraw_danger.html",
        {
            **help_context(question.partnership, kinds, je=je),
            "je": je,
            "unjudged": unjudged.exists(),
            "kept_until": due.kept_until(question),
        },
    )


def _done(request: HttpRequest, question: Question) -> HttpResponse:
    try:
        withdrawing.withdraw(question=question, now=timezone.now())
    except WrongMomentError as error:
        messages.warning(request, str(error))
    else:
        messages.success(request, _("Uw vraag is ingetrokken. U mag altijd terugkomen."))
    return redirect("follow_question")
