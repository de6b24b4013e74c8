"""The mark up to which a worker saw what is asked of them, and their wish for notices."""

from django.conf import settings
from django.db import models

from welzijn.core.ids import uuid7


class NoticeMark(models.Model):
    """One for each worker in each partnership. What is asked itself is not copied here."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    partnership = models.ForeignKey("organisations.Partnership", models.CASCADE, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    seen_at = models.DateTimeField(null=True, help_text="what came before it is no longer new")
    in_browser = models.BooleanField(
        default=False, db_default=False, help_text="a notification of the browser while it is open"
    )

    class Meta:
        verbose_name = "melding"
        constraints = [
            models.UniqueConstraint(fields=["partnership", "user"], name="notice_mark_once"),
        ]

    def __str__(self) -> str:
        return "notices"
