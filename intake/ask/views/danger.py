"""The danger page: help that fits, and a way to tell us that there is danger."""

from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import override
from django.views.decorators.http import require_http_methods

from intake.ask.conversation import Answer, Conversation, Step
from intake.ask.opening_hours import availability
from intake.ask.views.busy import before_a_new_draft
from intake.ask.views.conversation_storage import (
    as_sent,
    load_conversation,
    path_of,
    save_and_redirect,
)
from intake.ask.views.guards import Door, public_page, render_page
from intake.ask.views.sending import question_in_danger, raise_alarm
from intake.ask.views.steps import form_of
from intake.danger import help_at_hand
from intake.danger import reach as reachable
from intake.danger.forms import ReachForm
from organisations.partnerships.models import Partnership
from welzijn.core import refused_forms
from welzijn.core.contact_details import clean_phone

NOW, OFTEN, SAFE = "now", "often", "safe"


def help_context(partnership: Partnership, kinds: list[str], *, je: bool) -> dict[str, Any]:
    """Return what the danger page shows for these kinds: the best help, and the rest below it."""
    phone = partnership.food_bank.get("phone", "")
    helps = help_at_hand.fitting(kinds, young=je, has_food_bank=bool(partnership.food_bank))
    return {
        "kinds": kinds,
        "first_help": helps[:2],
        "more_help": helps[2:],
        "food_bank": partnership.food_bank,
        "food_bank_link": clean_phone(phone) if phone else "",
        "partnership": partnership,
    }


@require_http_methods(["GET", "HEAD", "POST"])
@public_page
def danger(request: HttpRequest, door: Door) -> HttpResponse:
    """Ask "Is er nu gevaar?", with the help that fits: yes, not now but more often, or no.

    Linked from the danger line of every page, and shown in between if the words may mean danger. A
    yes is sent in that step, with what is known. "More often" and a no go on with the form as it
    was: both are stored with the question, and who is on duty hears of it as soon as it is sent.
    """
    if request.method == "POST":
        return _answered(request, door)
    conversation, _known = load_conversation(request, door)
    begun = bool(conversation.answers or conversation.unsent) and conversation.receipt is None
    je = conversation.says_je or bool(request.GET.get("je"))
    kinds = conversation.danger_kinds if begun else []
    context = {
        **help_context(door.partnership, kinds, je=je),
        "reading": availability(door.front, door.now),
        "je": je,
        "begun": begun,
        "already_reported": bool(conversation.alarm),
        "back": path_of(conversation.first_unanswered) if begun else reverse("front_door"),
    }
    return render_page(request, "intake/ask/danger.html", context)


def _answered(request: HttpRequest, door: Door) -> HttpResponse:
    conversation, known = load_conversation(request, door)
    je = bool(request.POST.get("je"))
    way = request.POST.get("way")
    if way == SAFE and not known:
        return redirect("front_door")
    held = None if known else before_a_new_draft(request, door, je=je)
    if held is not None:
        return held
    conversation.young = conversation.young or je
    if way not in (SAFE, OFTEN):
        _take_unsent(door, conversation)
        held = raise_alarm(request, door, conversation)
        return held or save_and_redirect(
            request, door, conversation, reverse("danger_reach"), sent=True
        )
    if conversation.receipt:
        return redirect("ask_done")
    conversation.danger = False
    conversation.often, conversation.danger_denied = way == OFTEN, way == SAFE
    for page in (Step.WORDS, Step.CALL):
        if page in conversation.answers:
            conversation.answers[page]["danger"] = False
    to = conversation.first_unanswered if conversation.answers else Step.START
    return save_and_redirect(request, door, conversation, path_of(to))


def _take_unsent(door: Door, conversation: Conversation) -> None:
    """Count what stands on a page that was left for this one: it is what is known."""
    for step in (Step.WORDS, Step.CALL):
        if step not in conversation.unsent:
            continue
        form = form_of(door, conversation, step, as_sent(conversation.unsent[step]))
        if form.is_valid():
            conversation.answers[step] = form.answer()
            del conversation.unsent[step]


@require_http_methods(["GET", "HEAD", "POST"])
@public_page
def reach(request: HttpRequest, door: Door) -> HttpResponse:
    """Say what was done, and ask where it is safe to call or text; nothing of it is needed."""
    conversation, _known = load_conversation(request, door)
    question = question_in_danger(door, conversation)
    if question is None or conversation.alarm is None:
        return redirect("danger")
    je = conversation.says_je
    known = _contact(conversation)
    kept = conversation.refused.get("reach") if request.method != "POST" else None
    form = ReachForm(
        request.POST if request.method == "POST" else kept and refused_forms.sent(kept),
        je=je,
        phone=known.get("phone", ""),
        way=next(iter(known.get("ways", [])), ""),
    )
    if request.method == "POST" and not form.is_valid():
        conversation.refused = {"reach": refused_forms.pack(form)}
        return save_and_redirect(request, door, conversation, reverse("danger_reach"))
    if request.method == "POST":
        conversation.refused = {}
        given = form.cleaned_data
        with override("nl"), transaction.atomic():
            reachable.save(
                question=question,
                way=given["way"],
                phone=given["phone"],
                where=given["where"],
                now=door.now,
            )
        _remember(conversation, given)
        return save_and_redirect(request, door, conversation, reverse("ask_done"))
    context = {
        **help_context(door.partnership, conversation.danger_kinds, je=je),
        "form": form,
        "je": je,
        "team_notified": conversation.alarm.get("team_notified", False),
        "done": reverse("ask_done"),
    }
    return render_page(request, "intake/danger/reach.html", context)


def _contact(conversation: Conversation) -> Answer:
    call = conversation.answer(Step.CALL)
    return {**call, "ways": ["phone"]} if call.get("phone") else conversation.contact


def _remember(conversation: Conversation, given: dict[str, Any]) -> None:
    """Let the pages after this one begin with it; until they are answered, this holds."""
    if not given["way"]:
        return
    conversation.reach_holds = True
    ways = [given["way"]] if given["phone"] else ["code"]
    conversation.unsent[Step.CONTACT] = {"ways": ways}
    if given["phone"]:
        conversation.unsent[Step.PHONE] = {"phone": [given["phone"]]}
    if conversation.alarm is not None:
        conversation.alarm["reached_by"] = given["way"] if given["phone"] else ""
