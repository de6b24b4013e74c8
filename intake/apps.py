"""The app of residents and their questions."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.apps import AppConfig

if TYPE_CHECKING:
    from welzijn.notifications.models import Message


class IntakeConfig(AppConfig):
    """Residents, households, questions, sharing bases, the form, the desk."""

    name = "intake"
    verbose_name = "vragen"

    def ready(self) -> None:
        """Declare sentences; register when messages may be sent and how residents are reached."""
        from intake.access_log import bounced_contacts
        from intake.attachments import sentences  # noqa: F401
        from welzijn.notifications import message_kinds

        message_kinds.register("question.received", still_valid=message_kinds.always)
        message_kinds.register("question.news", still_valid=message_kinds.always)
        message_kinds.register("question.code", still_valid=message_kinds.always)
        message_kinds.register("question.new", still_valid=_still_new)
        message_kinds.register("question.flood", still_valid=message_kinds.always)
        message_kinds.use_preferences(bounced_contacts.preferences_of)
        message_kinds.subscribe_to_bounces(bounced_contacts.note_bounce)
        message_kinds.subscribe_to_arrivals(bounced_contacts.note_arrival)


def _still_new(messages: Sequence["Message"], _now: datetime) -> Collection[UUID]:
    """Return the announcements of questions that are still new: the others are moot.

    Possible danger is still told where the question was withdrawn: nobody has judged it.
    """
    from django.db.models import Q

    from intake.questions.models import Question

    new = set(
        Question.objects.filter(
            Q(status=Question.Status.NEW) | Q(status=Question.Status.WITHDRAWN, maybe_danger=True),
            pk__in=[m.subject_id for m in messages],
        ).values_list("pk", flat=True)
    )
    return {m.id for m in messages if m.subject_id in new}
