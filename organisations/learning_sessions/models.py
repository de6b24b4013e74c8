"""Sign-ups for learning sessions."""

from django.conf import settings
from django.db import models

from welzijn.core.ids import uuid7


class LearningSignUp(models.Model):
    """A member of staff who attends one session. Holds nothing about a resident.

    `session` is the uid of `organisations.learning_sessions.schedule.Session`, which follows from
    neighbourhood and day: sessions themselves are no rows.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    partnership = models.ForeignKey(
        "organisations.Partnership", models.CASCADE, related_name="learning_sign_ups"
    )
    session = models.UUIDField()
    day = models.DateField("dag")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="learning_sign_ups"
    )
    at = models.DateTimeField()

    class Meta:
        ordering = ["day", "at"]
        verbose_name = "aanmelding voor een leersessie"
        constraints = [
            models.UniqueConstraint(
                fields=["partnership", "session", "user"], name="learning_sign_up_once"
            )
        ]

    def __str__(self) -> str:
        return "aanmelding"
