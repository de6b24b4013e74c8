"""Timeline sentences about details that were put right. What they were is in the history only."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from intake.people.details import Detail
from intake.questions.sentence_parameters import Choice, Choices
from intake.questions.sentences import declare


class Heard(models.TextChoices):
    """Where a colleague heard it."""

    PHONE = "phone", _("aan de telefoon")
    SPOKEN = "spoken", _("in een gesprek")
    DESK = "desk", _("aan de balie")
    MESSAGE = "message", _("in een mail of sms")
    LETTER = "letter", _("in een brief")
    OTHER = "other", _("van iemand anders")


CHANGED = declare(
    "details.changed",
    gettext_noop("Dit hebben wij veranderd: {what}."),
    staff=gettext_noop("{by} wijzigde gegevens: {what}."),
    colleagues=gettext_noop("Gehoord {heard}."),
    what=Choices(Detail),
    heard=Choice(Heard),
)
CHANGED_BY_RESIDENT = declare(
    "details.changed_by_resident",
    gettext_noop("Dit heeft u veranderd: {what}."),
    staff=gettext_noop("De inwoner wijzigde gegevens: {what}."),
    what=Choices(Detail),
)
