"""The private address of a worker's calendar feed."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from welzijn.core.ids import uuid7


class CalendarFeed(models.Model):
    """An address that can't be guessed, kept as a keyed hash: it is shown once, when it is made."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    partnership = models.ForeignKey("organisations.Partnership", models.CASCADE, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    digest = models.CharField(max_length=64, unique=True, help_text="a keyed hash of the address")
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "agenda-adres"
        constraints = [
            models.UniqueConstraint(
                fields=["partnership", "user"],
                condition=Q(ended_at__isnull=True),
                name="calendar_feed_one_open",
            ),
        ]

    def __str__(self) -> str:
        return "calendar feed"
