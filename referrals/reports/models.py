"""What the municipality's figures are made of: groups, never people.

intake_question, its life domains
    | database triggers, in the same transaction
ReportedQuestion   where a question counts now, one row a question
    | a trigger on it
ReportCell         differences, added up: how many came in and were helped
    | referrals/reports/publishing.py, once a quarter
ReportPublication  the protected tables, as the municipality reads them; never changed
"""

from django.db import models

from welzijn.core import append_only
from welzijn.core.ids import uuid7


class Counted(models.Model):
    """The dimensions in which a question counts, exactly once in each.

    A question about several life domains has `several` and no life domain; one without a choice
    has neither.
    """

    partnership = models.ForeignKey(
        "organisations.Partnership", models.PROTECT, related_name="+", db_index=False
    )
    municipality = models.CharField(max_length=6, blank=True, help_text="empty: not known")
    neighbourhood = models.UUIDField(null=True)
    organisation = models.UUIDField(help_text="the lead")
    life_domain = models.UUIDField(null=True)
    several = models.BooleanField(default=False, help_text="more than one life domain")
    channel = models.CharField(max_length=10)

    class Meta:
        abstract = True


class ReportedQuestion(Counted):
    """Where a question counts now. Written by triggers only; goes when the question goes."""

    question = models.OneToOneField(
        "intake.Question", models.CASCADE, primary_key=True, related_name="reported"
    )
    received_month = models.DateField(help_text="first day of the month, Europe/Amsterdam")
    helped_month = models.DateField(null=True, help_text="null: not closed as helped")

    def __str__(self) -> str:
        return f"{self.received_month:%Y-%m}"


class ReportCell(Counted):
    """A difference to the figures of one month in one combination of dimensions.

    What a combination counts is the sum of its rows: the triggers only ever add rows, so no two
    questions wait for each other. `reports.counting.compact` makes one row of many; the sums stay.
    A question that is deleted goes on counting as `departed`: how many were helped last year does
    not change because their terms are over. The rest equals a full recount, always.
    Never shown as it is: see `referrals/reports/protection.py`.
    """

    id = models.BigAutoField(primary_key=True)
    month = models.DateField(help_text="first day of the month, Europe/Amsterdam")
    received = models.IntegerField(default=0)
    helped = models.IntegerField(default=0)
    departed = models.BooleanField(
        default=False, help_text="of questions that were deleted at the end of their term"
    )

    class Meta:
        indexes = [models.Index(fields=["partnership", "month"], name="report_cell_month")]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m}"


class ReportPublication(models.Model):
    """The protected tables of one municipality and one quarter, as they were published.

    Written once and never changed: what comes in or changes later can't be found by comparing two
    reports. The quarters and municipalities divide all questions, so no two publications count the
    same question (invariant 7).
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    partnership = models.ForeignKey(
        "organisations.Partnership", models.PROTECT, related_name="report_publications"
    )
    municipality = models.CharField(max_length=6, blank=True, help_text="empty: not known")
    quarter = models.DateField(help_text="first day of the quarter")
    published_at = models.DateTimeField()
    threshold = models.PositiveSmallIntegerField()
    tables = models.JSONField(help_text="referrals/reports/publishing.py has the form")

    class Meta:
        ordering = ["-quarter", "municipality"]
        verbose_name = "gepubliceerde cijfers"
        constraints = [
            models.UniqueConstraint(
                fields=["partnership", "municipality", "quarter"], name="report_published_once"
            )
        ]
        triggers = append_only.triggers()

    def __str__(self) -> str:
        return f"{self.municipality} {self.quarter:%Y-%m}"
