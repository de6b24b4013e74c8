"""A division of work that can be undone, and the views of the caseload that somebody saved."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from welzijn.core.ids import uuid7


class Spread(models.Model):
    """Questions given to colleagues in one step, so that they can be given back in one."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    partnership = models.ForeignKey(
        "organisations.Partnership", models.PROTECT, related_name="spreads"
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-at", "-id"]
        verbose_name = "verdeling van werk"
        indexes = [models.Index(fields=["partnership", "at"], name="spread_lately")]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M}"


class SpreadRow(models.Model):
    """One question of it, or something due for a question that others lead: from whom to whom.

    `giver` null: nobody had it yet. `taker` null: it went back to its organisation.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    spread = models.ForeignKey(Spread, models.CASCADE, related_name="rows")
    question = models.ForeignKey("intake.Question", models.CASCADE, related_name="+")
    follow_up = models.ForeignKey("referrals.FollowUp", models.CASCADE, null=True, related_name="+")
    giver = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    taker = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = "verdeelde vraag"
        constraints = [
            models.UniqueConstraint(
                fields=["spread", "question", "follow_up"],
                nulls_distinct=False,
                name="spread_row_once",
            )
        ]

    def __str__(self) -> str:
        return "verdeelde vraag"


class SavedView(models.Model):
    """Filters, order and columns under a name, for who saved them; never what was searched."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    partnership = models.ForeignKey(
        "organisations.Partnership", models.CASCADE, related_name="saved_views"
    )
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="saved_views")
    name = models.CharField("naam", max_length=60)
    query = models.CharField(max_length=600, blank=True)
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["name", "id"]
        verbose_name = "bewaarde weergave"
        constraints = [
            models.UniqueConstraint(fields=["partnership", "user", "name"], name="saved_view_once"),
            models.CheckConstraint(condition=~Q(name=""), name="saved_view_named"),
        ]

    def __str__(self) -> str:
        return self.name
