"""The resident's own page at /volg/: no account, a reference and a code."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from intake import access
from intake.address_form import in_form, in_their_form, says_je
from intake.models import Question, SharingBasis
from intake.status import WrongMomentError
from organisations import front_door
from organisations.models import Partnership
from referrals import close as closing
from referrals import handover as handovers
from referrals import handover_talk, melding
from referrals import revoke as revoking
from referrals import withdraw as withdrawing
from referrals.forms.follow import AddForm, EnterForm, VerdictForm
from referrals.models import Handover
from referrals.resident_page import page_for, who_of
from referrals.retold import retold
from welzijn.audit import look
from welzijn.audit.models import AccessEvent
from welzijn.client_address import client_address
from welzijn.forms import WORDS_OF_A_RESIDENT

View = Callable[..., HttpResponse]


def _partnership(request: HttpRequest) -> Partnership:
    partnership: Partnership | None = getattr(request, "partnership", None)
    if partnership is None:
        raise Http404
    return partnership


def typed(request: HttpRequest) -> str:
    """What a resident wrote on their page and sent too late; "" where that is nothing."""
    return (request.POST.get("words") or request.POST.get("why") or "")[:WORDS_OF_A_RESIDENT]


def opened(view: View) -> View:
    """A view for who has their question open in this browser; others are asked for the code.

    It speaks as the pages did on which they asked: u or je.
    """

    @login_not_required
    @never_cache
    @wraps(view)
    def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        question = access.remembered(request, _partnership(request), timezone.now())
        if question is None:
            # What was being sent stays with the page that asks for the code again.
            return _enter(request, je=False, again=True) if typed(request) else redirect("follow")
        with in_form(says_je(question.asker)):
            return view(request, question, *args, **kwargs)

    return checked


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def enter(request: HttpRequest) -> HttpResponse:
    """Ask for reference and code. Wrong says nothing about what exists.

    Who comes from a page that said je (`?je=1`) is asked for it with je.
    """
    je = bool(request.GET.get("je") or request.POST.get("je"))
    with in_form(je):
        return _enter(request, je)


def _enter(request: HttpRequest, je: bool, *, again: bool = False) -> HttpResponse:
    """The page that asks for the code, and its answer; `again` for who stayed away too long."""
    partnership = _partnership(request)
    now = timezone.now()
    form = EnterForm(None if again else request.POST or None)
    status = 401 if again else 200
    if request.method == "POST" and not again:
        status = 422
        if form.is_valid():
            try:
                question = _question_for(request, partnership, form)
            except access.TooManyTriesError:
                status = 429
                form.add_error(
                    None,
                    _("Het is te vaak geprobeerd. Wacht een uur, of bel ons."),
                )
            else:
                if question is not None:
                    access.remember(request, question, now)
                    return _given_back(request, question) or redirect("follow_question")
                form.add_error(
                    "code",
                    _("Dit kenmerk en deze code horen niet bij elkaar. Kijk ze nog eens na."),
                )
    elif access.remembered(request, partnership, now) is not None:
        return redirect("follow_question")
    return render(
        request,
        "referrals/follow/enter.html",
        {
            "form": form,
            "je": je,
            "lapsed": again or access.has_lapsed(request, now),
            "typed": typed(request),
        },
        status=status,
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
        question = access.question_for_code(
            partnership=partnership,
            reference=form.cleaned_data["reference"],
            code=form.cleaned_data["code"],
            address=client_address(request),
            now=now,
        )
        if question is not None:
            look.record(
                look.event(
                    now=now,
                    partnership_id=partnership.id,
                    actor_kind=AccessEvent.Kind.RESIDENT,
                    action=AccessEvent.Action.READ,
                    what="question",
                    question_id=question.id,
                    person_id=question.asker_id,
                )
            )
    return question


def _show(
    request: HttpRequest, question: Question, *, status: int = 200, **more: Any
) -> HttpResponse:
    ended = question.status == Question.Status.CLOSED
    partnership = _partnership(request)
    return render(
        request,
        "referrals/follow/show.html",
        {
            "question": question,
            "page": page_for(question, now=timezone.now()),
            "melding": melding.of(question, front_door.of(partnership)),
            "add_form": AddForm(),
            "verdict_form": VerdictForm(),
            "asks_verdict": ended and question.verdict is None,
            "closing_question": in_their_form(partnership.closing_question)
            or _("Is dit de beste oplossing?"),
            **more,
        },
        status=status,
    )


@opened
@require_GET
def show(request: HttpRequest, question: Question) -> HttpResponse:
    """The page itself."""
    return _show(request, question)


@opened
@require_POST
def add(request: HttpRequest, question: Question) -> HttpResponse:
    """Something to add to the question."""
    form = AddForm(request.POST)
    if not form.is_valid():
        return _show(request, question, status=422, add_form=form)
    try:
        withdrawing.add_words(
            question=question, words=form.cleaned_data["words"], now=timezone.now()
        )
    except WrongMomentError as error:
        form.add_error("words", retold(str(error)))
        return _show(request, question, status=409, add_form=form)
    messages.success(request, _("Uw bericht staat erbij. Wie u helpt, leest het."))
    return redirect("follow_question")


def _proposed(request: HttpRequest, question: Question) -> Handover:
    try:
        handover_id = UUID(request.POST.get("overdracht", ""))
    except ValueError:
        raise Http404 from None
    return get_object_or_404(question.handovers, pk=handover_id)


def _done_or_said(request: HttpRequest, act: Callable[[], object], done: str) -> HttpResponse:
    """Do it, and say so; or say why it can't be done any more.

    What is written down is Dutch and says u, whatever this page speaks: colleagues read it.
    """
    try:
        with override("nl"):
            act()
    except WrongMomentError as error:
        messages.warning(request, retold(str(error)))
    else:
        messages.success(request, done)
    return redirect("follow_question")


@opened
@require_POST
def handover(request: HttpRequest, question: Question) -> HttpResponse:
    """Yes or no to a proposed handover, or stop one that is under way."""
    proposed = _proposed(request, question)
    now = timezone.now()
    said = request.POST.get("antwoord")
    if said == "stop":
        return _done_or_said(
            request,
            lambda: handovers.resident_stops(handover=proposed, now=now),
            _("Gestopt. {who} blijft u helpen.").format(who=proposed.sender),
        )
    if said not in {"ja", "nee"}:
        raise Http404
    if request.POST.get("zin"):
        return _about_an_answer(request, proposed, yes=said == "ja")
    return _done_or_said(
        request,
        lambda: handovers.resident_says(
            handover=proposed, yes=said == "ja", how=SharingBasis.How.ONLINE, now=now
        ),
        _("Dank u wel. Wij vragen nu aan {who} of zij u kunnen helpen.").format(
            who=proposed.receiver
        )
        if said == "ja"
        else _("Dat is goed. {who} blijft u helpen.").format(who=proposed.sender),
    )


def _about_an_answer(request: HttpRequest, handover: Handover, *, yes: bool) -> HttpResponse:
    """Yes or no to the sentences that stood on the page, and to no others."""
    try:
        talk = get_object_or_404(handover.talk, pk=UUID(request.POST["zin"]))
    except ValueError:
        raise Http404 from None
    return _done_or_said(
        request,
        lambda: handover_talk.resident_says(
            talk=talk, yes=yes, how=SharingBasis.How.ONLINE, now=timezone.now()
        ),
        _("Dank u wel. {who} leest het antwoord.").format(who=handover.receiver)
        if yes
        else _("Dat is goed. {who} zoekt met u een ander antwoord.").format(who=handover.sender),
    )


@opened
@require_POST
def spoken(request: HttpRequest, question: Question) -> HttpResponse:
    """The resident has spoken to the receiver: the last step of a handover."""
    accepted = _proposed(request, question)
    return _done_or_said(
        request,
        lambda: handovers.met(handover=accepted, how="online", now=timezone.now()),
        _("Fijn. {who} helpt u vanaf nu.").format(who=accepted.receiver),
    )


@opened
@require_http_methods(["GET", "POST"])
def stop_sharing(request: HttpRequest, question: Question, basis_id: UUID) -> HttpResponse:
    """Ask whether they are sure, then close that door at once."""
    basis = get_object_or_404(
        question.sharing_bases.select_related("organisation", "team__organisation"), pk=basis_id
    )
    who = who_of(basis)
    if request.method == "POST":
        return _done_or_said(
            request,
            lambda: revoking.revoke(question=question, basis=basis, now=timezone.now()),
            _("Gestopt. {who} kan uw vraag niet meer lezen.").format(who=capfirst(who)),
        )
    return render(
        request,
        "referrals/follow/confirm.html",
        {
            "heading": _("Wilt u stoppen met delen met {who}?").format(who=who),
            "lines": [
                _("{who} kan uw vraag dan niet meer lezen.").format(who=capfirst(who)),
                _("Wat zij al hebben gelezen, weten zij dan wel."),
                _("Wij blijven u helpen. Ons team zoekt dan samen met u iemand anders."),
            ],
            "button": _("Ja, stop met delen"),
        },
    )


@opened
@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, question: Question) -> HttpResponse:
    """Ask whether they are sure, then withdraw the question."""
    if request.method == "POST":
        return _done_or_said(
            request,
            lambda: withdrawing.withdraw(question=question, now=timezone.now()),
            _("Uw vraag is ingetrokken. U mag altijd terugkomen."),
        )
    return render(
        request,
        "referrals/follow/confirm.html",
        {
            "heading": _("Wilt u uw vraag intrekken?"),
            "lines": [
                _("Dan doet niemand er nog iets mee. Afspraken gaan niet door."),
                _("U mag later altijd een nieuwe vraag stellen."),
            ],
            "button": _("Ja, trek mijn vraag in"),
        },
    )


@opened
@require_POST
def verdict(request: HttpRequest, question: Question) -> HttpResponse:
    """The resident's own verdict after closing; unhappy opens the question again."""
    form = VerdictForm(request.POST)
    if not form.is_valid():
        return _show(request, question, status=422, verdict_form=form)
    given = form.cleaned_data["verdict"]
    return _done_or_said(
        request,
        lambda: closing.give_verdict(
            question=question,
            verdict=given,
            words=form.cleaned_data["words"],
            now=timezone.now(),
        ),
        _("Dank u wel. Wij gaan samen met u verder.")
        if given <= 2
        else _("Dank u wel voor uw antwoord."),
    )


@login_not_required
@never_cache
@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """Close the question in this browser."""
    access.forget(request)
    return redirect("front_door")
