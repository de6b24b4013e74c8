"""What was heard about danger, and what the resident answered."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from welzijn.core.ids import uuid7


class HeardDanger(models.Model):
    """One text of a question that may mean danger. Its words stay where they were written.

    `entry` is the timeline entry that holds them; none for what the question came in with. A
    trigger (referrals/migrations/sql/heard_danger.sql) makes the judging of later words due.
    """

    class Answer(models.TextChoices):
        """What the resident answered to "Is er nu gevaar?"."""

        NOW = "now", _("ja, nu")
        OFTEN = "often", _("niet nu, wel vaker")
        NO = "no", _("nee")
        NOT_GIVEN = "", _("niet beantwoord")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    question = models.ForeignKey("intake.Question", models.CASCADE, related_name="heard_danger")
    entry = models.ForeignKey("intake.TimelineEntry", models.CASCADE, null=True, related_name="+")
    at = models.DateTimeField()
    kinds = models.JSONField(default=list, help_text="values of DangerKind; empty: only said")
    answer = models.CharField(max_length=5, choices=Answer.choices, blank=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-at", "-id"]
        verbose_name = "gehoord gevaar"
        indexes = [models.Index(fields=["question", "at"], name="heard_danger_question_at")]
        constraints = [
            models.CheckConstraint(
                condition=Q(answer="", answered_at__isnull=True)
                | Q(answer__in=["now", "often", "no"], answered_at__isnull=False),
                name="heard_danger_answer_whole",
            )
        ]

    def __str__(self) -> str:
        return "gehoord gevaar"
