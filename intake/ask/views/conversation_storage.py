"""The conversation of a browser, between its draft and the pages that show it."""

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse

from intake.ask import draft
from intake.ask.conversation import Conversation, Step
from intake.ask.views.guards import Door


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
    conversation = Conversation.from_draft(stored)
    conversation.openings = len(door.partnership.opening_questions)
    return conversation, stored is not None


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
        conversation.unsent, conversation.wrong = {}, ""
    conversation.begun = conversation.begun or door.now.timestamp()
    draft.write(
        request, response, conversation.to_draft(), now=door.now, new_key=new_key, sent=sent
    )


def as_sent(fields: Mapping[str, list[str]]) -> QueryDict:
    """Return fields that the draft kept, as a form was sent."""
    sent = QueryDict(mutable=True)
    for name, values in fields.items():
        sent.setlist(name, values)
    return sent
