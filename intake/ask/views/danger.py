"""The page for danger: the numbers of who helps now, and the way on for who wants us to know."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from intake.ask.conversation import Step
from intake.ask.views.door import Door, at_a_door, shown
from intake.ask.views.front import who_reads
from intake.ask.views.steps import conversation, keep, path_of
from organisations.triage_hints.danger_patterns import DangerKind


@require_http_methods(["GET", "HEAD", "POST"])
@at_a_door
def danger(request: HttpRequest, door: Door) -> HttpResponse:
    """Put "Is er nu gevaar?" with the numbers first; a yes goes along with the question.

    Reached from the danger line of every page, and in between where the words may mean danger.
    A no goes on as before: the resident is believed.
    """
    talk, _known = conversation(request, door)
    if request.method == "POST":
        return _answered(request, door)
    begun = bool(talk.answers) and talk.receipt is None
    kinds = talk.danger_kinds if begun else []
    context = {
        **who_reads(door),
        "je": talk.says_je or bool(request.GET.get("je")),
        "begun": begun,
        "said": talk.in_danger,
        "suicide_first": kinds[:1] == [DangerKind.SUICIDE],
        "back": path_of(talk.first_unanswered) if begun else reverse("front_door"),
    }
    return shown(request, "intake/ask/danger.html", context)


def _answered(request: HttpRequest, door: Door) -> HttpResponse:
    talk, _known = conversation(request, door)
    if talk.receipt:
        talk.begin_again()
    talk.young = talk.young or bool(request.POST.get("je"))
    way = request.POST.get("way")
    talk.danger = way != "safe"
    if way == "safe":
        for page in (Step.WORDS, Step.CALL):
            if page in talk.answers:
                talk.answers[page]["danger"] = False
    if way == "call":
        return keep(request, door, talk, path_of(Step.CALL))
    to = talk.first_unanswered if talk.answers else Step.START
    return keep(request, door, talk, path_of(to))
