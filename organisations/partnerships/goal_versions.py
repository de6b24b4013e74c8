"""The goals of a municipality's assignment as they were, with the day from which they held."""

from django.db import models

from organisations.partnerships.models import Partnership
from welzijn.core.ids import uuid7


class GoalVersion(models.Model):
    """Goals and assignment of a partnership from a day on.

    Written by a trigger on the partnership (migrations/sql/goal_versions.sql) whatever changes
    them: a file, a form or a command. Two changes on one day are one version.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    partnership = models.ForeignKey(Partnership, models.PROTECT, related_name="goal_versions")
    since = models.DateField("vanaf")
    goals = models.JSONField("doelen")
    assignment = models.JSONField("opdracht")

    class Meta:
        ordering = ["-since"]
        verbose_name = "doelen vanaf een dag"
        constraints = [
            models.UniqueConstraint(fields=["partnership", "since"], name="goal_version_once_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.since}"
