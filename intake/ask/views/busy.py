"""The page in busy times: the browser proves that it did some work, or its user waits a moment."""

from typing import Any

from django.http import HttpRequest, HttpResponse

from intake.ask.conversation import Conversation
from intake.ask.views.guards import Door, render_page
from intake.floods import gate

# Given back as sent, so that nothing has to be typed again; a draft keeps what is longer.
_CARRIED_AT_MOST = 20_000  # characters
_NEW_DRAFTS_OF_A_BROWSER = 20  # in ten minutes


def before_sending(
    request: HttpRequest, door: Door, conversation: Conversation
) -> gate.Load | HttpResponse:
    """Return how busy it is for a question that may go on, or the page that asks to wait."""
    load = gate.load(request, door.partnership.id, "question", door.now)
    if not load.busy or gate.is_passed(request, conversation.key, door.now):
        return load
    return _page(request, door, conversation.key, je=conversation.says_je)


def before_a_new_draft(request: HttpRequest, door: Door, *, je: bool) -> HttpResponse | None:
    """Return the page that asks to wait before one more draft is stored; None in quiet times.

    A draft that exists is never held up.
    """
    browser = request.META.get("CSRF_COOKIE", "")
    load = gate.load(request, door.partnership.id, "draft", door.now)
    if not load.busy:
        return None
    passed = gate.is_passed(request, browser, door.now)
    if passed and gate.drafts_of(browser, door.now) <= _NEW_DRAFTS_OF_A_BROWSER:
        return None
    return _page(request, door, browser, je=je)


def _page(request: HttpRequest, door: Door, form_key: object, *, je: bool) -> HttpResponse:
    sent = request.POST.get("wacht", "")
    left = gate.still_to_wait(sent, form_key, door.now)
    if left is None:
        sent, left = gate.ticket(form_key, door.now), int(gate.WAIT.total_seconds())
    carried = [
        (name, value)
        for name, values in request.POST.lists()
        if name not in {"csrfmiddlewaretoken", "altcha", "wacht"}
        for value in values
    ]
    if sum(len(name) + len(value) for name, value in carried) > _CARRIED_AT_MOST:
        carried = []
    context: dict[str, Any] = {
        "je": je,
        "action": request.get_full_path(),
        "carried": carried,
        "ticket": sent,
        "challenge": gate.challenge(form_key, door.now),
        "seconds": left or 1,
        "partnership": door.partnership,
    }
    response = render_page(request, "intake/ask/busy.html", context, status=429)
    response["Retry-After"] = str(left or 1)
    return response
