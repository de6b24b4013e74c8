"""The pages of the form: GET shows a page, POST stores it and goes on.

Every stored POST ends in a redirect, so that going back and reloading lose and repeat nothing;
"Vorige" is such a POST as well and keeps what was typed. Errors are shown at their field, with 422.
A page whose turn it isn't yet answers 409 with the page whose turn it is, and keeps what was sent.
"""

from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from intake.ask import draft
from intake.ask.conversation import WRITE_STEPS, Conversation, Step
from intake.ask.forms import (
    AboutForm,
    CallForm,
    ContactForm,
    PageForm,
    PlaceForm,
    TopicForm,
    WordsForm,
)
from intake.ask.views.busy import before_a_new_draft
from intake.ask.views.door import Door, public_page, render_page
from intake.ask.views.front import who_reads
from intake.ask.views.sending import add_what_is_new, raise_alarm
from intake.questions.models import Question

FORMS: Mapping[Step, type[PageForm]] = {
    Step.WORDS: WordsForm,
    Step.ABOUT: AboutForm,
    Step.TOPIC: TopicForm,
    Step.PLACE: PlaceForm,
    Step.CONTACT: ContactForm,
    Step.CALL: CallForm,
}
# Buttons that leave a page unanswered: to the previous page, the danger page, and that of letters.
AWAY = ("terug", "hulp", "brief")
EXPIRED, ELSEWHERE, NOT_YET = "expired", "elsewhere", "not_yet"


def path_of(step: Step) -> str:
    """Return the path of a page."""
    if step == Step.START:
        return reverse("ask")
    if step == Step.CHECK:
        return reverse("ask_check")
    return reverse("ask_step", args=[step.value])


def load_conversation(request: HttpRequest, door: Door) -> tuple[Conversation, bool]:
    """Return the conversation of this browser, and whether one was stored and unexpired."""
    stored = draft.read(request, now=door.now)
    return Conversation.from_draft(stored), stored is not None


def save_and_redirect(
    request: HttpRequest,
    door: Door,
    conversation: Conversation,
    to: str,
    *,
    new_key: bool = False,
    sent: bool = False,
) -> HttpResponse:
    """Store the conversation, under a new key at the start and on sending; redirect."""
    response = redirect(to)
    store(request, response, door, conversation, new_key=new_key, sent=sent)
    return response


def store(
    request: HttpRequest,
    response: HttpResponse,
    door: Door,
    conversation: Conversation,
    *,
    new_key: bool = False,
    sent: bool = False,
) -> None:
    """Store the conversation, with its cookie in the response; see `save_and_redirect`."""
    new_key = new_key or not conversation.own_key
    answered = conversation.answers.keys() - {Step.START}
    conversation.own_key = bool(answered or conversation.unsent)
    sent = sent or conversation.receipt is not None
    if not draft.fits(conversation.to_draft()):
        conversation.unsent = {}
    conversation.begun = conversation.begun or door.now.timestamp()
    draft.write(
        request, response, conversation.to_draft(), now=door.now, new_key=new_key, sent=sent
    )


@require_http_methods(["GET", "HEAD", "POST"])
@public_page
def start(request: HttpRequest, door: Door) -> HttpResponse:
    """Show, before typing: who reads it, on which basis, how long it is kept, and when."""
    conversation, known = load_conversation(request, door)
    if request.method == "POST":
        held = None if known else before_a_new_draft(request, door, je=_wants_je(request))
        if held is not None:
            return held
        if conversation.receipt:
            conversation.begin_again()
        conversation.young = conversation.young or _wants_je(request)
        conversation.channel = Question.Channel.ONLINE
        conversation.answers[Step.START] = {"read": True}
        conversation.notice = ""
        return save_and_redirect(
            request, door, conversation, path_of(conversation.first_unanswered), new_key=True
        )
    conversation.young = conversation.young or _wants_je(request)
    if draft.COOKIE in request.COOKIES and not known:
        conversation.notice = EXPIRED
    return _start_page(request, door, conversation)


def _start_page(
    request: HttpRequest, door: Door, conversation: Conversation, status: int = 200
) -> HttpResponse:
    context = {
        **_frame(Step.START),
        **who_reads(door),
        "je": conversation.says_je,
        "talk": conversation,
        "notice_kind": conversation.notice,
        "in_danger": conversation.in_danger,
    }
    return render_page(request, "intake/ask/start.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@public_page
def step(request: HttpRequest, door: Door, step: str) -> HttpResponse:
    """Show or store one page of either way of asking."""
    if step not in FORMS:
        raise Http404
    here = Step(step)
    conversation, known = load_conversation(request, door)
    if conversation.receipt and here != Step.CALL:
        return redirect("ask_done")
    if here == Step.CALL:
        if conversation.receipt and request.method == "POST":
            conversation.begin_again()
        conversation.young = conversation.young or _wants_je(request)
    conversation.channel = (
        Question.Channel.CALL_ME if here == Step.CALL else Question.Channel.ONLINE
    )
    if request.method == "POST":
        held = None if known else before_a_new_draft(request, door, je=_wants_je(request))
        if held is not None:
            return held
        return _answered(request, door, conversation, here, known=known)
    if not conversation.may_answer(here):
        return redirect(path_of(conversation.first_unanswered))
    return _page(request, door, conversation, here, form_of(door, conversation, here))


def _answered(
    request: HttpRequest, door: Door, conversation: Conversation, here: Step, *, known: bool
) -> HttpResponse:
    form = form_of(door, conversation, here, request.POST)
    conversation.notice = ""
    if not known and here != Step.CALL:
        # The draft expired or the browser was closed. Somebody who sends this page has read the
        # first page before.
        conversation.notice = EXPIRED
        conversation.answers[Step.START] = {"read": True}
    if request.POST.get("weg") in AWAY:
        return _left(request, door, conversation, here, form)
    if not form.is_valid():
        return _page(request, door, conversation, here, form, status=422)
    in_turn = conversation.may_answer(here)
    conversation.answers[here] = form.answer()
    conversation.unsent.pop(here, None)
    if here in (Step.CONTACT, Step.CALL):
        conversation.reach_holds = False
    if known and not in_turn:
        return _not_yet(request, door, conversation)
    if isinstance(form, PlaceForm):
        if form.has_to_choose:
            return save_and_redirect(request, door, conversation, path_of(here))
        if form.is_outside_area:
            conversation.notice = conversation.notice or ELSEWHERE
    asks = conversation.may_mean_danger(here)
    if conversation.in_danger and not conversation.alarm:
        # Ticked on this page: it is sent now, not some pages later.
        held = raise_alarm(request, door, conversation)
        return held or save_and_redirect(
            request, door, conversation, reverse("danger_reach"), sent=True
        )
    if conversation.alarm:
        add_what_is_new(door, conversation)
    elif asks:
        return save_and_redirect(request, door, conversation, reverse("danger"))
    return save_and_redirect(request, door, conversation, path_of(_next(conversation, here)))


def _left(
    request: HttpRequest, door: Door, conversation: Conversation, here: Step, form: PageForm
) -> HttpResponse:
    """Leave a page unanswered, keeping its fields as typed.

    Nothing of it counts until it is sent with "Verder" and validated like any answer.
    """
    unsent = form.typed()
    same = form.is_valid() and form.answer() == conversation.answer(here)
    fits = sum(len(value) for values in unsent.values() for value in values) <= draft.MAX_UNSENT
    if unsent and fits and not same:
        conversation.unsent[here] = unsent
    else:
        conversation.unsent.pop(here, None)
    to = {
        "terug": _frame(here)["back"],
        "hulp": reverse("danger"),
        "brief": reverse("ask_letters"),
    }[request.POST["weg"]]
    return save_and_redirect(request, door, conversation, to)


def _not_yet(request: HttpRequest, door: Door, conversation: Conversation) -> HttpResponse:
    """Show the page whose turn it is; what was sent is kept."""
    first = conversation.first_unanswered
    conversation.notice = NOT_YET
    if first == Step.START:
        response = _start_page(request, door, conversation, status=409)
    else:
        response = _page(
            request, door, conversation, first, form_of(door, conversation, first), status=409
        )
    store(request, response, door, conversation)
    return response


def _next(conversation: Conversation, here: Step) -> Step:
    """Return the next page; the check page if everything is answered."""
    if conversation.first_unanswered == Step.CHECK:
        return Step.CHECK
    after = conversation.steps[conversation.steps.index(here) + 1]
    return after if conversation.may_answer(after) else conversation.first_unanswered


def form_of(
    door: Door, conversation: Conversation, here: Step, data: Mapping[str, Any] | None = None
) -> PageForm:
    return FORMS[here](
        data,
        conversation=conversation,
        front=door.front,
        partnership=door.partnership,
        answer=conversation.answer(here),
        unsent=conversation.unsent.get(here) if data is None else None,
    )


def _page(
    request: HttpRequest,
    door: Door,
    conversation: Conversation,
    here: Step,
    form: PageForm,
    status: int = 200,
) -> HttpResponse:
    context = {
        **_frame(here),
        **(who_reads(door) if here == Step.CALL else {}),
        "form": form,
        "keeps_typed": True,
        "talk": conversation,
        "je": form.je,
        "notice_kind": conversation.notice,
        "in_danger": conversation.in_danger,
        "partnership": door.partnership,
    }
    template = "call" if here == Step.CALL else "step"
    return render_page(request, f"intake/ask/{template}.html", context, status=status)


def _frame(here: Step) -> dict[str, Any]:
    """Return the page number, the number of pages, and the paths of this and the previous page."""
    if here == Step.CALL:
        return {"number": 1, "of": 2, "back": reverse("front_door"), "here": path_of(here)}
    index = WRITE_STEPS.index(here)
    back = path_of(WRITE_STEPS[index - 1]) if index else reverse("front_door")
    return {"number": index + 1, "of": len(WRITE_STEPS), "back": back, "here": path_of(here)}


def _wants_je(request: HttpRequest) -> bool:
    return bool(request.GET.get("je") or request.POST.get("je"))
