"""Erasing one's own ended question, at /volg/vraag/wis/."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from intake.questions.models import Question
from intake.questions.status import WrongMomentError
from intake.resident_access import code_entry
from referrals.resident_portal import erasure
from referrals.resident_portal.entry_views import opened


@opened
@require_http_methods(["GET", "POST"])
def erase(request: HttpRequest, question: Question) -> HttpResponse:
    """Ask for confirmation, then erase the question; where it has to stay, say why."""
    if request.method == "POST":
        try:
            erasure.erase(question=question, now=timezone.now())
        except WrongMomentError as error:
            messages.warning(request, str(error))
            return redirect("follow_question")
        code_entry.QUESTION_ACCESS.revoke(request)
        return redirect("follow_erased")
    why = erasure.refusal(question)
    if why:
        return render(
            request,
            "referrals/resident_portal/not_erased.html",
            {"why": why, "partnership": question.partnership},
        )
    return render(
        request,
        "referrals/resident_portal/confirm.html",
        {
            "heading": _("Wilt u alles wissen?"),
            "lines": [
                _("Dan wissen wij uw vraag, uw naam en alles wat erbij hoort. Dat gebeurt meteen."),
                _("Niemand kan het daarna nog lezen. U ook niet. Uw code werkt dan niet meer."),
                _("Wij bewaren alleen dat er iets is gewist. Daar staat niet bij van wie."),
            ],
            "button": _("Ja, wis alles nu"),
        },
    )


@login_not_required
@never_cache
@require_safe
def erased(request: HttpRequest) -> HttpResponse:
    """Say that it is erased, and what remains."""
    return render(request, "referrals/resident_portal/erased.html")
