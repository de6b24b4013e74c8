"""A step that was written down wrongly, struck through by who wrote it."""

from django.conf import settings
from django.db import models

from welzijn.core.ids import uuid7


class StruckEntry(models.Model):
    """A correction of a timeline entry: it stays to be read, struck through. Append-only."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    question = models.ForeignKey("intake.Question", models.CASCADE, related_name="+")
    entry = models.OneToOneField("intake.TimelineEntry", models.CASCADE, related_name="struck")
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    reason = models.CharField("reden", max_length=300, blank=True)

    class Meta:
        verbose_name = "doorgehaalde stap"
        verbose_name_plural = "doorgehaalde stappen"

    def __str__(self) -> str:
        return "doorgehaald"
