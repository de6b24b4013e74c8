"""The pages of the form: GET shows a page, POST stores it and goes on.

Every stored POST ends in a redirect, so that going back and reloading lose and repeat nothing;
"Vorige" is such a POST as well and keeps what was typed. What is not right is kept in the draft,
and the GET after it shows the errors at their fields. A page whose turn it isn't yet leads to the
page whose turn it is, and keeps what was sent.
"""

from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from intake.ask import draft
from intake.ask.conversation import Conversation, Step
from intake.ask.forms import (
    AboutForm,
    CallForm,
    ContactForm,
    MailForm,
    NameForm,
    PageForm,
    PhoneForm,
    PlaceForm,
    TalkForm,
    TopicForm,
    WordsForm,
)
from intake.ask.steps import TALK_STEPS
from intake.ask.views.busy import before_a_new_draft
from intake.ask.views.conversation_storage import (
    as_sent,
    load_conversation,
    path_of,
    save_and_redirect,
)
from intake.ask.views.front import who_reads
from intake.ask.views.guards import Door, public_page, render_page
from intake.ask.views.sending import add_what_is_new, raise_alarm
from intake.questions.models import Question

FORMS: Mapping[Step, type[PageForm]] = {
    Step.WORDS: WordsForm,
    Step.ABOUT: AboutForm,
    Step.TOPIC: TopicForm,
    Step.PLACE: PlaceForm,
    Step.CONTACT: ContactForm,
    Step.PHONE: PhoneForm,
    Step.MAIL: MailForm,
    Step.NAME: NameForm,
    **dict.fromkeys(TALK_STEPS, TalkForm),
    Step.CALL: CallForm,
}
# Buttons that leave a page unanswered: to the previous page, the danger page, and that of letters.
AWAY = ("terug", "hulp", "brief")
EXPIRED, ELSEWHERE, NOT_YET = "expired", "elsewhere", "not_yet"


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


def _start_page(request: HttpRequest, door: Door, conversation: Conversation) -> HttpResponse:
    context = {
        **_frame(conversation, Step.START),
        **who_reads(door),
        "je": conversation.says_je,
        "talk": conversation,
        "notice_kind": conversation.notice,
        "in_danger": conversation.in_danger,
    }
    return render_page(request, "intake/ask/start.html", context)


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
    shows_what_is_wrong = conversation.wrong == here and here in conversation.unsent
    if not conversation.may_answer(here) and not shows_what_is_wrong:
        return redirect(path_of(conversation.first_unanswered))
    form = form_of(door, conversation, here)
    if shows_what_is_wrong:
        form = form_of(door, conversation, here, as_sent(conversation.unsent[here]))
        form.is_valid()
    return _page(request, door, conversation, here, form)


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
        return _refused(request, door, conversation, here, form)
    in_turn = conversation.may_answer(here)
    conversation.answers[here] = form.answer()
    conversation.unsent.pop(here, None)
    conversation.wrong = ""
    if here in (Step.CONTACT, Step.PHONE, Step.MAIL, Step.CALL):
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
    conversation.wrong = ""
    if unsent and _fits(unsent) and not same:
        conversation.unsent[here] = unsent
    else:
        conversation.unsent.pop(here, None)
    to = {
        "terug": _frame(conversation, here)["back"],
        "hulp": reverse("danger"),
        "brief": reverse("ask_letters"),
    }[request.POST["weg"]]
    return save_and_redirect(request, door, conversation, to)


def _refused(
    request: HttpRequest, door: Door, conversation: Conversation, here: Step, form: PageForm
) -> HttpResponse:
    """Keep what was sent and is not right, and lead to the page that shows what is wrong.

    What is too long to keep is shown as the answer to the POST: it isn't lost either.
    """
    sent = form.typed()
    if not _fits(sent):
        return _page(request, door, conversation, here, form, status=413)
    conversation.unsent[here], conversation.wrong = sent, here
    # Shown once more only if somebody opens the page again; the answer before it stays.
    return save_and_redirect(request, door, conversation, path_of(here))


def _fits(fields: Mapping[str, list[str]]) -> bool:
    return sum(len(value) for values in fields.values() for value in values) <= draft.MAX_UNSENT


def _not_yet(request: HttpRequest, door: Door, conversation: Conversation) -> HttpResponse:
    """Lead to the page whose turn it is; what was sent is kept."""
    conversation.notice = NOT_YET
    return save_and_redirect(request, door, conversation, path_of(conversation.first_unanswered))


def _next(conversation: Conversation, here: Step) -> Step:
    """Return the next page; the check page if everything is answered."""
    if conversation.first_unanswered == Step.CHECK:
        return Step.CHECK
    steps = conversation.steps
    after = steps[steps.index(here) + 1] if here in steps else conversation.first_unanswered
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
        step=here,
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
        **_frame(conversation, here),
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


def _frame(conversation: Conversation, here: Step) -> dict[str, Any]:
    """Return the page number, the number of pages, and the paths of this and the previous page."""
    if here == Step.CALL:
        return {"number": 1, "of": 2, "back": reverse("front_door"), "here": path_of(here)}
    steps = conversation.written_steps
    # A page that isn't asked any more can still be answered from an old tab.
    index = steps.index(here) if here in steps else steps.index(Step.CONTACT)
    back = path_of(steps[index - 1]) if index else reverse("front_door")
    return {"number": index + 1, "of": len(steps), "back": back, "here": path_of(here)}


def _wants_je(request: HttpRequest) -> bool:
    return bool(request.GET.get("je") or request.POST.get("je"))
