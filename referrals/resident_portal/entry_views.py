"""Entering the resident portal at /volg/ with reference and code."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.adapter import get_adapter
from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from intake.access_log import resident_log
from intake.attachments import services as attachments
from intake.danger import listening
from intake.people.forms_of_address import in_form, in_their_form, says_je
from intake.questions.models import Question
from intake.resident_access import code_entry
from organisations.front_door import configuration as front_door
from organisations.partnerships.models import Partnership
from referrals.handovers import wmo_report
from referrals.resident_portal import contact_summary, lapsed_forms
from referrals.resident_portal.forms import AddForm, EnterForm, VerdictForm
from referrals.resident_portal.page import page_for
from welzijn.core import known_browser, refused_forms
from welzijn.core.form_fields import MAX_TEXT_LENGTH

View = Callable[..., HttpResponse]


def _partnership(request: HttpRequest) -> Partnership:
    partnership: Partnership | None = getattr(request, "partnership", None)
    if partnership is None:
        raise Http404
    return partnership


def typed(request: HttpRequest) -> str:
    """Return what a resident sent after their session ended; "" if nothing."""
    return (request.POST.get("words") or request.POST.get("why") or "")[:MAX_TEXT_LENGTH]


def opened(view: View) -> View:
    """Decorate a view that needs an opened question; others are asked for the code.

    It speaks as the pages did on which they asked: u or je.
    """

    @login_not_required
    @never_cache
    @wraps(view)
    def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        question = code_entry.remembered(request, _partnership(request), timezone.now())
        if question is None:
            # Keep the submitted text for the page that asks for the code again.
            lapsed = typed(request) or lapsed_forms.pack(request)
            return _enter(request, je=False, again=True) if lapsed else redirect("follow")
        with in_form(says_je(question.asker)):
            return view(request, question, *args, **kwargs)

    return checked


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def enter(request: HttpRequest) -> HttpResponse:
    """Ask for reference and code. A wrong pair reveals nothing about what exists.

    Who comes from a page that said je (`?je=1`) is asked for it with je.
    """
    je = bool(request.GET.get("je") or request.POST.get("je"))
    with in_form(je):
        return _enter(request, je)


def _enter(request: HttpRequest, je: bool, *, again: bool = False) -> HttpResponse:
    """The page that asks for the code, and its answer; `again` for who stayed away too long."""
    partnership = _partnership(request)
    now = timezone.now()
    form = EnterForm(None if again else refused_forms.data_of(request, EnterForm) or None)
    refused_forms.show_kept(request, form)
    words = typed(request) or (form.data.get("words", "") if form.is_bound else "")
    kept = lapsed_forms.pack(request) if again else form.data.get(lapsed_forms.FIELD, "")
    if request.method == "POST" and not again:
        if form.is_valid():
            try:
                question = _question_for(request, partnership, form)
            except code_entry.TooManyTriesError as error:
                form.add_error(None, error.wait_or_call())
            else:
                if question is not None:
                    code_entry.remember(request, question, now)
                    response = (
                        lapsed_forms.give_back(request, question, kept)
                        or _given_back(request, question)
                        or redirect("follow_question")
                    )
                    subject = code_entry.reference_subject(partnership, question.reference)
                    known_browser.remember(request, response, subject)
                    return response
                form.add_error(
                    "code",
                    _("Dit kenmerk en deze code horen niet bij elkaar. Kijk ze nog eens na."),
                )
        return refused_forms.redirect_back(
            request, form, reverse("follow") + ("?je=1" if je else "")
        )
    if code_entry.remembered(request, partnership, now) is not None:
        return redirect("follow_question")
    return render(
        request,
        "referrals/resident_portal/enter.html",
        {
            "form": form,
            "je": je,
            "lapsed": again or code_entry.QUESTION_ACCESS.has_lapsed(request, now),
            "typed": words,
            "kept": kept,
            "heard": bool(listening.kinds_in([words])),
        },
        status=401 if again else 200,
    )


def _given_back(request: HttpRequest, question: Question) -> HttpResponse | None:
    """The page with what was typed before the code was asked again; None where that is nothing.

    It comes from the browser and goes back there: nothing keeps it in between.
    """
    words = typed(request)
    if not words:
        return None
    with in_form(says_je(question.asker)):
        return _show(
            request,
            question,
            typed=words,
            add_form=AddForm(initial={"words": words}),
            verdict_form=VerdictForm(initial={"words": words}),
        )


def _question_for(
    request: HttpRequest, partnership: Partnership, form: EnterForm
) -> Question | None:
    """The question of what was typed; a look with the code is in the log like any other."""
    now = timezone.now()
    with transaction.atomic():
        question = code_entry.question_for_code(
            partnership=partnership,
            reference=form.cleaned_data["reference"],
            code=form.cleaned_data["code"],
            address=get_adapter().get_client_ip(request),
            browser=known_browser.of(request),
            now=now,
        )
        if question is not None:
            resident_log.record_own_look(question, now=now)
    return question


def _form(request: HttpRequest, kind: type[BaseForm]) -> BaseForm:
    """Return an empty form, or the one that was refused, with what was wrong."""
    form = kind(refused_forms.data_of(request, kind) if request.method == "GET" else None)
    refused_forms.show_kept(request, form)
    return form


def _show(
    request: HttpRequest, question: Question, *, status: int = 200, **more: Any
) -> HttpResponse:
    ended = question.status == Question.Status.CLOSED
    late = refused_forms.kept_of(request, AddForm) if not question.is_open else None
    partnership = _partnership(request)
    return render(
        request,
        "referrals/resident_portal/show.html",
        {
            "question": question,
            "page": page_for(question, now=timezone.now()),
            "reached": contact_summary.lines(question) if question.is_open else [],
            "melding": wmo_report.running_melding(question, front_door.of(partnership)),
            "attachments": attachments.listing(question, for_resident=True),
            "typed": "".join(late["fields"].get("words", [])) if late else "",
            "add_form": _form(request, AddForm),
            "verdict_form": _form(request, VerdictForm),
            "asks_verdict": ended and question.verdict is None,
            "closing_question": in_their_form(partnership.closing_question)
            or _("Is dit de beste oplossing?"),
            **more,
        },
        status=status,
    )
