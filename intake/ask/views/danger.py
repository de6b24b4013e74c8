"""The danger page: numbers for help now, and a way to tell us that there is danger."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from intake.ask.conversation import Step
from intake.ask.views.busy import before_a_new_draft
from intake.ask.views.door import Door, public_page, render_page
from intake.ask.views.front import who_reads
from intake.ask.views.steps import load_conversation, path_of, save_and_redirect
from organisations.triage_hints.danger_patterns import DangerKind


@require_http_methods(["GET", "HEAD", "POST"])
@public_page
def danger(request: HttpRequest, door: Door) -> HttpResponse:
    """Ask "Is er nu gevaar?", emergency numbers first; a yes is recorded with the question.

    Linked from the danger line of every page, and shown in between if the words may mean danger.
    After a no the form goes on as before: the resident is believed.
    """
    conversation, _known = load_conversation(request, door)
    if request.method == "POST":
        return _answered(request, door)
    begun = bool(conversation.answers) and conversation.receipt is None
    kinds = conversation.danger_kinds if begun else []
    context = {
        **who_reads(door),
        "je": conversation.says_je or bool(request.GET.get("je")),
        "begun": begun,
        "said": conversation.in_danger,
        "suicide_first": kinds[:1] == [DangerKind.SUICIDE],
        "back": path_of(conversation.first_unanswered) if begun else reverse("front_door"),
    }
    return render_page(request, "intake/ask/danger.html", context)


def _answered(request: HttpRequest, door: Door) -> HttpResponse:
    conversation, known = load_conversation(request, door)
    je = bool(request.POST.get("je"))
    held = None if known else before_a_new_draft(request, door, je=je)
    if held is not None:
        return held
    if conversation.receipt:
        conversation.begin_again()
    conversation.young = conversation.young or je
    way = request.POST.get("way")
    conversation.danger = way != "safe"
    if way == "safe":
        for page in (Step.WORDS, Step.CALL):
            if page in conversation.answers:
                conversation.answers[page]["danger"] = False
    if way == "call":
        return save_and_redirect(request, door, conversation, path_of(Step.CALL))
    to = conversation.first_unanswered if conversation.answers else Step.START
    return save_and_redirect(request, door, conversation, path_of(to))
