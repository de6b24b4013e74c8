"""Who is on duty."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from welzijn.ids import uuid7


class Duty(models.Model):
    """That a user is told at once of possible danger, also out of hours, from a moment until one.

    When nobody is on duty, the whole triage team is told.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    partnership = models.ForeignKey(
        "organisations.Partnership", models.CASCADE, related_name="duties"
    )
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="duties")
    starts_at = models.DateTimeField("vanaf")
    ends_at = models.DateTimeField("tot")

    class Meta:
        ordering = ["starts_at"]
        verbose_name = "dienst"
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="duty_ends_later")
        ]
        indexes = [models.Index(fields=["partnership", "ends_at"], name="duty_now")]

    def __str__(self) -> str:
        return f"{self.starts_at:%Y-%m-%d %H:%M}"
