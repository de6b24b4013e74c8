"""What becomes of an answer to signals: in the plan, done, and by when."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from referrals.signals.models import SignalBundle
from welzijn.core.ids import uuid7


class AnswerStep(models.Model):
    """One step after the meeting's answer; the last one says how far it is. Append-only."""

    class State(models.TextChoices):
        PLANNED = "planned", _("toegezegd")
        IN_PLAN = "in_plan", _("staat in het plan")
        DONE = "done", _("gedaan")
        DROPPED = "dropped", _("gaat niet door")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    bundle = models.ForeignKey(SignalBundle, models.PROTECT, related_name="steps")
    state = models.CharField(max_length=10, choices=State.choices)
    by_when = models.DateField("uiterlijk", null=True)
    note = models.CharField("toelichting", max_length=300, blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["recorded_at", "id"]
        verbose_name = "vervolg op een antwoord"
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["planned", "in_plan", "done", "dropped"]),
                name="answer_step_state_known",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["planned", "in_plan"]) | Q(by_when__isnull=False),
                name="answer_step_by_when",
            ),
        ]

    def __str__(self) -> str:
        return self.state
