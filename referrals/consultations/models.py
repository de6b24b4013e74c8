"""Even overleggen: two professionals talk about a question without the person in it."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from welzijn.core.ids import uuid7


class Consultation(models.Model):
    """A short question to a colleague elsewhere, and the answer.

    The receiver sees `text`, the life domains and the neighbourhood; never the question behind it.
    `question` is for the sender only.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    partnership = models.ForeignKey(
        "organisations.Partnership", models.PROTECT, related_name="consultations"
    )
    question = models.ForeignKey(
        "intake.Question", models.CASCADE, null=True, related_name="consultations"
    )
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    sender = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    receiver = models.ForeignKey(
        "organisations.Organisation", models.PROTECT, related_name="consultations"
    )
    asked_at = models.DateTimeField()
    life_domains = models.CharField(max_length=300, blank=True)
    neighbourhood = models.CharField(max_length=80, blank=True)
    text = models.TextField("vraag aan uw collega")
    answer = models.TextField("antwoord", blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    answered_at = models.DateTimeField(null=True)
    follow_up = models.OneToOneField(
        "referrals.FollowUp",
        models.SET_NULL,
        null=True,
        related_name="consultation",
        help_text="reminds the one who asked while there is no answer",
    )

    class Meta:
        ordering = ["-asked_at"]
        verbose_name = "even overleggen"
        constraints = [
            models.CheckConstraint(
                condition=~Q(sender=models.F("receiver")), name="consultation_to_another"
            ),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, answer="", answered_by__isnull=True)
                | Q(answered_at__isnull=False, answered_by__isnull=False) & ~Q(answer=""),
                name="consultation_answered_whole",
            ),
        ]

    def __str__(self) -> str:
        return "even overleggen"
