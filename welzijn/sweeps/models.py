"""What was set aside: which row of which sweep, how often it failed, when it is tried again."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class SetAside(models.Model):
    """A row that a sweep could not work off. Holds ids, a count and the class of the error."""

    sweep = models.CharField(max_length=40, help_text="the name of the loop")
    key = models.CharField(max_length=80, help_text="the row, by id; never an address or a name")
    partnership = models.ForeignKey(
        "organisations.Partnership", models.CASCADE, null=True, blank=True, related_name="+"
    )
    failures = models.PositiveIntegerField(default=1)
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()
    held_until = models.DateTimeField(null=True, help_text="the next try; empty: not tried again")
    error = models.CharField(max_length=200, help_text="a class and a place in the code, no person")
    notified_at = models.DateTimeField(null=True, help_text="when the administrator was told")

    class Meta:
        ordering = ["-last_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["sweep", "key"], name="set_aside_once"),
            models.CheckConstraint(condition=Q(failures__gte=1), name="set_aside_failed"),
        ]

    def __str__(self) -> str:
        return f"{self.sweep} {self.failures}"


class SweepRun(models.Model):
    """When a scheduled task last succeeded: a row a task."""

    task = models.CharField(max_length=100, primary_key=True)
    succeeded_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.task
