"""When somebody is away and who stands in, and how many hours they have for the work."""

from datetime import date
from typing import Self

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value

from welzijn.core.ids import uuid7


class Days(Func):
    """From a day up to and including another."""

    function = "DATERANGE"
    output_field = DateRangeField()


class AbsenceQuerySet(models.QuerySet["Absence"]):
    """Absences by the day on which they hold; one ends by itself after its last day."""

    def on(self, day: date) -> Self:
        """Return those that hold on a day (Europe/Amsterdam)."""
        return self.filter(since__lte=day, until__gte=day)


class Absence(models.Model):
    """Somebody is away from a day until a day, and a colleague stands in.

    While it holds, the stand-in reads and works on what is assigned to the absent one, as far as
    they have a role in the casework of the same organisation (`memberships.py`).
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    partnership = models.ForeignKey(
        "organisations.Partnership", models.CASCADE, related_name="absences"
    )
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="absences")
    stand_in = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="stands_in_for"
    )
    since = models.DateField("van")
    until = models.DateField("tot en met")
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    recorded_at = models.DateTimeField()

    objects = AbsenceQuerySet.as_manager()

    class Meta:
        ordering = ["since", "id"]
        verbose_name = "afwezigheid"
        constraints = [
            models.CheckConstraint(condition=Q(until__gte=F("since")), name="absence_dates"),
            models.CheckConstraint(condition=~Q(stand_in=F("user")), name="absence_somebody_else"),
            # Two at once would give two stand-ins the same work to read.
            ExclusionConstraint(
                name="absence_once_a_day",
                expressions=[
                    ("user", RangeOperators.EQUAL),
                    ("partnership", RangeOperators.EQUAL),
                    (Days("since", "until", Value("[]")), RangeOperators.OVERLAPS),
                ],
            ),
        ]
        indexes = [
            models.Index(fields=["stand_in", "until"], name="absence_stand_in"),
            models.Index(fields=["partnership", "until"], name="absence_here"),
        ]

    def __str__(self) -> str:
        return f"{self.since} - {self.until}"


class WorkingHours(models.Model):
    """The hours a week that somebody has for an organisation's work, and how much fits in them."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    partnership = models.ForeignKey(
        "organisations.Partnership", models.CASCADE, related_name="working_hours"
    )
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="working_hours")
    hours = models.PositiveSmallIntegerField("uren per week")
    most = models.PositiveSmallIntegerField("vragen tegelijk", null=True, blank=True)

    class Meta:
        verbose_name = "werkuren"
        verbose_name_plural = "werkuren"
        constraints = [
            models.UniqueConstraint(fields=["partnership", "user"], name="working_hours_once"),
            models.CheckConstraint(condition=Q(hours__range=(1, 60)), name="working_hours_a_week"),
            models.CheckConstraint(
                condition=Q(most__isnull=True) | Q(most__range=(1, 500)), name="working_hours_most"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.hours}"
