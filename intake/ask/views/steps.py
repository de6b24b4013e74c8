"""The pages on which something is filled in: GET shows, POST keeps and goes on.

Every POST that is kept ends in a redirect, so going back and reloading lose and repeat nothing;
"Vorige" is such a POST as well, so that what was typed and not sent yet is there again.
What is wrong stands at its field, with 422; a page that isn't its turn yet answers 409 with the
page that is, and keeps what was sent.
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
from intake.ask.views.door import Door, at_a_door, shown
from intake.ask.views.front import who_reads
from intake.questions.models import Question

FORMS: Mapping[Step, type[PageForm]] = {
    Step.WORDS: WordsForm,
    Step.ABOUT: AboutForm,
    Step.TOPIC: TopicForm,
    Step.PLACE: PlaceForm,
    Step.CONTACT: ContactForm,
    Step.CALL: CallForm,
}
# Buttons that leave a page without answering it: to the page before it, and to the danger page.
AWAY = ("terug", "hulp")
EXPIRED, ELSEWHERE, NOT_YET = "expired", "elsewhere", "not_yet"


def path_of(step: Step) -> str:
    """The address of a page."""
    if step == Step.START:
        return reverse("ask")
    if step == Step.CHECK:
        return reverse("ask_check")
    return reverse("ask_step", args=[step.value])


def conversation(request: HttpRequest, door: Door) -> tuple[Conversation, bool]:
    """What was typed in this browser, and whether anything was (False: nothing, or it expired)."""
    stored = draft.read(request, now=door.now)
    return Conversation.from_draft(stored), stored is not None


def keep(request: HttpRequest, door: Door, talk: Conversation, to: str) -> HttpResponse:
    """Store the conversation and go on to another page."""
    response = redirect(to)
    draft.write(request, response, talk.to_draft(), now=door.now)
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@at_a_door
def start(request: HttpRequest, door: Door) -> HttpResponse:
    """Before anything is typed: who reads it, on which basis, until when, and whether now."""
    talk, known = conversation(request, door)
    if request.method == "POST":
        if talk.receipt:
            talk.begin_again()
        talk.young = talk.young or _asks_for_je(request)
        talk.channel = Question.Channel.ONLINE
        talk.answers[Step.START] = {"read": True}
        talk.notice = ""
        return keep(request, door, talk, path_of(talk.first_unanswered))
    talk.young = talk.young or _asks_for_je(request)
    if draft.COOKIE in request.COOKIES and not known:
        talk.notice = EXPIRED
    return _start_page(request, door, talk)


def _start_page(
    request: HttpRequest, door: Door, talk: Conversation, status: int = 200
) -> HttpResponse:
    context = {
        **_frame(Step.START),
        **who_reads(door),
        "je": talk.says_je,
        "talk": talk,
        "notice_kind": talk.notice,
        "in_danger": talk.in_danger,
    }
    return shown(request, "intake/ask/start.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@at_a_door
def step(request: HttpRequest, door: Door, step: str) -> HttpResponse:
    """One page of either way of asking."""
    if step not in FORMS:
        raise Http404
    here = Step(step)
    talk, known = conversation(request, door)
    if talk.receipt and here != Step.CALL:
        return redirect("ask_done")
    if here == Step.CALL:
        if talk.receipt and request.method == "POST":
            talk.begin_again()
        talk.young = talk.young or _asks_for_je(request)
    talk.channel = Question.Channel.CALL_ME if here == Step.CALL else Question.Channel.ONLINE
    if request.method == "POST":
        return _answered(request, door, talk, here, known=known)
    if not talk.reached(here):
        return redirect(path_of(talk.first_unanswered))
    return _page(request, door, talk, here, _form(door, talk, here))


def _answered(
    request: HttpRequest, door: Door, talk: Conversation, here: Step, *, known: bool
) -> HttpResponse:
    form = _form(door, talk, here, request.POST)
    talk.notice = ""
    if not known and here != Step.CALL:
        # The draft is gone: an hour has passed, or the browser was closed. Whoever sends this has
        # read the first page before.
        talk.notice = EXPIRED
        talk.answers[Step.START] = {"read": True}
    if request.POST.get("weg") in AWAY:
        return _left(request, door, talk, here, form)
    if not form.is_valid():
        return _page(request, door, talk, here, form, status=422)
    in_turn = talk.reached(here)
    talk.answers[here] = form.answer()
    talk.unsent.pop(here, None)
    if known and not in_turn:
        return _not_yet(request, door, talk)
    if isinstance(form, PlaceForm):
        if form.has_to_choose:
            return keep(request, door, talk, path_of(here))
        if form.lies_elsewhere:
            talk.notice = talk.notice or ELSEWHERE
    if here in (Step.WORDS, Step.CALL) and talk.may_mean_danger(here):
        return keep(request, door, talk, reverse("danger"))
    return keep(request, door, talk, path_of(_next(talk, here)))


def _left(
    request: HttpRequest, door: Door, talk: Conversation, here: Step, form: PageForm
) -> HttpResponse:
    """Away from a page without an answer: what stands there is kept as it was typed.

    Nothing of it counts until it is sent with "Verder": then it is looked at like any answer.
    """
    unsent = form.typed()
    same = form.is_valid() and form.answer() == talk.answer(here)
    fits = sum(len(value) for values in unsent.values() for value in values) <= draft.MAX_UNSENT
    if unsent and fits and not same:
        talk.unsent[here] = unsent
    else:
        talk.unsent.pop(here, None)
    to = _frame(here)["back"] if request.POST["weg"] == "terug" else reverse("danger")
    return keep(request, door, talk, to)


def _not_yet(request: HttpRequest, door: Door, talk: Conversation) -> HttpResponse:
    """The page whose turn it is, and what was sent kept for when its turn comes."""
    first = talk.first_unanswered
    talk.notice = NOT_YET
    if first == Step.START:
        response = _start_page(request, door, talk, status=409)
    else:
        response = _page(request, door, talk, first, _form(door, talk, first), status=409)
    draft.write(request, response, talk.to_draft(), now=door.now)
    return response


def _next(talk: Conversation, here: Step) -> Step:
    """The page after this one; straight to the check page where all else is answered."""
    if talk.first_unanswered == Step.CHECK:
        return Step.CHECK
    after = talk.steps[talk.steps.index(here) + 1]
    return after if talk.reached(after) else talk.first_unanswered


def _form(
    door: Door, talk: Conversation, here: Step, data: Mapping[str, Any] | None = None
) -> PageForm:
    return FORMS[here](
        data,
        talk=talk,
        front=door.front,
        partnership=door.partnership,
        answer=talk.answer(here),
        unsent=talk.unsent.get(here) if data is None else None,
    )


def _page(
    request: HttpRequest,
    door: Door,
    talk: Conversation,
    here: Step,
    form: PageForm,
    status: int = 200,
) -> HttpResponse:
    context = {
        **_frame(here),
        **(who_reads(door) if here == Step.CALL else {}),
        "form": form,
        "keeps_typed": True,
        "talk": talk,
        "je": form.je,
        "notice_kind": talk.notice,
        "in_danger": talk.in_danger,
        "partnership": door.partnership,
    }
    template = "call" if here == Step.CALL else "step"
    return shown(request, f"intake/ask/{template}.html", context, status=status)


def _frame(here: Step) -> dict[str, Any]:
    """Where somebody is: the number of the page, and the page before it."""
    if here == Step.CALL:
        return {"number": 1, "of": 2, "back": reverse("front_door"), "here": path_of(here)}
    index = WRITE_STEPS.index(here)
    back = path_of(WRITE_STEPS[index - 1]) if index else reverse("front_door")
    return {"number": index + 1, "of": len(WRITE_STEPS), "back": back, "here": path_of(here)}


def _asks_for_je(request: HttpRequest) -> bool:
    return bool(request.GET.get("je") or request.POST.get("je"))
