"""Say that something can't be done because the question changed meanwhile, and who changed it.

That is no error in what somebody filled in: a notice above the form says it once, and the form
keeps what was typed.
"""

from datetime import timedelta

from django.contrib import messages
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from intake.questions.models import Question, TimelineEntry
from intake.questions.sentence_parameters import Words
from intake.questions.sentences import KINDS

# What happened longer ago did not happen while this page was open.
MEANWHILE = timedelta(hours=8)


def refused(request: HttpRequest, error: Exception, question: Question | None = None) -> None:
    """Show a WrongMomentError or NotAllowedError as a notice, with who was first."""
    message = str(error) or _("Dat kan hier niet (meer).")
    by, happened = _who_was_first(request, question) if question is not None else ("", "")
    if happened and by not in message:
        message = f"{message} {happened}"
    messages.error(request, message)


def _who_was_first(request: HttpRequest, question: Question) -> tuple[str, str]:
    """The latest step of a colleague, to somebody who may still read the question."""
    now = timezone.now()
    readable = Question.objects.visible_to(request.user, timezone.localdate())
    if not readable.filter(pk=question.pk).exists():
        return "", ""
    step = (
        question.timeline.filter(
            actor_kind=TimelineEntry.Actor.STAFF, at__gt=now - MEANWHILE, struck__isnull=True
        )
        .exclude(actor_id=request.user.pk)
        .select_related("actor")
        .order_by("-at", "-id")
        .first()
    )
    if step is None or step.actor is None:
        return "", ""
    kind = KINDS.get(step.sentence)
    free = kind is None or any(isinstance(each, Words) for each in kind.parameters.values())
    # Free words may be about the resident; a notice says only what was done.
    did = "" if free else step.for_staff
    return step.actor.name, did or _("{who} werkte net aan deze vraag.").format(who=step.actor.name)
