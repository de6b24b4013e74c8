"""The question that the key in the check's mail opens, and nothing else."""

from uuid import UUID

from django.http import Http404, HttpRequest

from intake.questions.models import Question


def question_by_check_code(request: HttpRequest, code: UUID) -> Question:
    """Return the question with this check code; raise Http404 for another or a withdrawn one."""
    partnership = getattr(request, "partnership", None)
    question = (
        Question.objects.filter(partnership=partnership, check_code=code)
        .select_related("asker__contact_wish")
        .exclude(status=Question.Status.WITHDRAWN)
        .first()
    )
    if partnership is None or question is None:
        raise Http404
    return question
