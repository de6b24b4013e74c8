"""The statuses of a question, and which of them mean that work is left."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class QuestionStatus(models.TextChoices):
    """Where a question is; use it as `Question.Status`."""

    NEW = "new", _("nieuw")
    PICKED_UP = "picked_up", _("opgepakt")
    CLOSED = "closed", _("afgerond")
    WITHDRAWN = "withdrawn", _("ingetrokken")


OPEN_STATUSES = (QuestionStatus.NEW, QuestionStatus.PICKED_UP)
ENDED_STATUSES = (QuestionStatus.CLOSED, QuestionStatus.WITHDRAWN)

# With a list, as in the migration: with a tuple Django sees a change of the indexes.
IS_OPEN = Q(status__in=[*OPEN_STATUSES])
