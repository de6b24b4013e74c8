"""The user, partnership and question of a staff request."""

from uuid import UUID

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone

from intake.questions.models import Question
from organisations.roles.decorators import here
from organisations.roles.permissions import Permission
from welzijn.accounts.models import User

WORK = Permission.WORK


def readable(request: HttpRequest, question_id: UUID) -> tuple[Question, User]:
    """Return the question and the user; raise Http404 for what this user may not read."""
    partnership, user = here(request)
    found = Question.objects.visible_to(user, timezone.localdate()).filter(partnership=partnership)
    question = get_object_or_404(
        found.select_related("asker", "subject", "lead", "lead_team", "assigned_to"),
        pk=question_id,
    )
    question.partnership = partnership
    return question, user
