"""The resident's own page at /volg/: no account, a reference and a code."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from intake.danger import listening
from intake.questions.models import Question, SharingBasis
from intake.questions.status import WrongMomentError
from intake.resident_access import code_entry
from referrals.casework import close as closing
from referrals.casework import withdraw as withdrawing
from referrals.handovers import clarifications
from referrals.handovers import completion as handover_completion
from referrals.handovers import services as handovers
from referrals.handovers.models import Handover
from referrals.resident_portal import consent_withdrawal as revoking
from referrals.resident_portal import stop_notice
from referrals.resident_portal.entry_views import _show, opened
from referrals.resident_portal.forms import AddForm, VerdictForm
from referrals.resident_portal.page import who_of
from welzijn.core import refused_forms


@opened
@require_GET
def show(request: HttpRequest, question: Question) -> HttpResponse:
    """Show the resident's own page."""
    return _show(request, question)


@opened
@require_POST
def add(request: HttpRequest, question: Question) -> HttpResponse:
    """Add something to the question."""
    form = AddForm(request.POST)
    if not form.is_valid():
        return _again(request, form, "aanvullen")
    now = timezone.now()
    try:
        withdrawing.add_words(question=question, words=form.cleaned_data["words"], now=now)
    except WrongMomentError as error:
        form.add_error("words", str(error))
        return _again(request, form, "aanvullen")
    messages.success(request, _("Uw bericht staat erbij. Wie u helpt, leest het."))
    return _help_or(question, now)


def _again(request: HttpRequest, form: BaseForm, anchor: str) -> HttpResponse:
    """Lead back to the page of the question, which shows what is wrong with one of its forms."""
    return refused_forms.redirect_back(request, form, reverse("follow_question"), anchor=anchor)


def _help_or(question: Question, now: datetime) -> HttpResponse:
    """Show the numbers at once where danger was heard in what was just written."""
    heard = listening.heard_at(question, now)
    return redirect("follow_help" if heard is not None else "follow_question")


def _proposed(request: HttpRequest, question: Question) -> Handover:
    try:
        handover_id = UUID(request.POST.get("overdracht", ""))
    except ValueError:
        raise Http404 from None
    return get_object_or_404(question.handovers, pk=handover_id)


def _act_or_explain(request: HttpRequest, act: Callable[[], object], done: str) -> HttpResponse:
    """Run a verb and confirm it, or say why it can't be done any more."""
    try:
        act()
    except WrongMomentError as error:
        messages.warning(request, str(error))
    else:
        messages.success(request, done)
    return redirect("follow_question")


@opened
@require_POST
def handover(request: HttpRequest, question: Question) -> HttpResponse:
    """Consent to or refuse a proposed handover, or stop an open one."""
    proposed = _proposed(request, question)
    now = timezone.now()
    answer = request.POST.get("antwoord")
    if answer == "stop":
        return _act_or_explain(
            request,
            lambda: handovers.resident_stops(handover=proposed, now=now),
            _("Gestopt. {who} blijft u helpen.").format(who=proposed.sender),
        )
    if answer not in {"ja", "nee"}:
        raise Http404
    if request.POST.get("zin"):
        return _about_an_answer(request, proposed, yes=answer == "ja")
    return _act_or_explain(
        request,
        lambda: handovers.resident_says(
            handover=proposed, yes=answer == "ja", how=SharingBasis.How.ONLINE, now=now
        ),
        _("Dank u wel. Wij vragen nu aan {who} of zij u kunnen helpen.").format(
            who=proposed.receiver
        )
        if answer == "ja"
        else _("Dat is goed. {who} blijft u helpen.").format(who=proposed.sender),
    )


def _about_an_answer(request: HttpRequest, handover: Handover, *, yes: bool) -> HttpResponse:
    """Consent to or refuse exactly the answer that the page showed."""
    try:
        talk = get_object_or_404(handover.talk, pk=UUID(request.POST["zin"]))
    except ValueError:
        raise Http404 from None
    return _act_or_explain(
        request,
        lambda: clarifications.resident_says(
            talk=talk, yes=yes, how=SharingBasis.How.ONLINE, now=timezone.now()
        ),
        _("Dank u wel. {who} leest het antwoord.").format(who=handover.receiver)
        if yes
        else _("Dat is goed. {who} zoekt met u een ander antwoord.").format(who=handover.sender),
    )


@opened
@require_POST
def spoken(request: HttpRequest, question: Question) -> HttpResponse:
    """Confirm that the resident met the receiver: completes the handover."""
    accepted = _proposed(request, question)
    return _act_or_explain(
        request,
        lambda: handover_completion.met(handover=accepted, how="online", now=timezone.now()),
        _("Fijn. {who} helpt u vanaf nu.").format(who=accepted.receiver),
    )


@opened
@require_http_methods(["GET", "POST"])
def stop_sharing(request: HttpRequest, question: Question, basis_id: UUID) -> HttpResponse:
    """Ask for confirmation, then withdraw consent for that organisation."""
    basis = get_object_or_404(
        question.sharing_bases.select_related("organisation", "team__organisation"), pk=basis_id
    )
    who = who_of(basis)
    notice = stop_notice.of(question, basis)
    if request.method == "POST":
        return _act_or_explain(
            request,
            lambda: revoking.revoke(question=question, basis=basis, now=timezone.now()),
            notice.done,
        )
    return render(
        request,
        "referrals/resident_portal/confirm.html",
        {
            "heading": _("Wilt u stoppen met delen met {who}?").format(who=who),
            "lines": notice.lines,
            "button": _("Ja, stop met delen"),
        },
    )


@opened
@require_POST
def verdict(request: HttpRequest, question: Question) -> HttpResponse:
    """Record the resident's verdict after closing; an unhappy one reopens the question."""
    form = VerdictForm(request.POST)
    if not form.is_valid():
        return _again(request, form, "oordeel")
    given, now = form.cleaned_data["verdict"], timezone.now()
    answered = _act_or_explain(
        request,
        lambda: closing.give_verdict(
            question=question,
            verdict=given,
            words=form.cleaned_data["words"],
            now=now,
        ),
        _("Dank u wel. Wij gaan samen met u verder.")
        if given <= 2
        else _("Dank u wel voor uw antwoord."),
    )
    return redirect("follow_help") if listening.heard_at(question, now) else answered


@login_not_required
@never_cache
@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """Close the question in this browser."""
    code_entry.QUESTION_ACCESS.revoke(request)
    return redirect("front_door")
