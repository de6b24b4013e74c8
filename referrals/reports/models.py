"""The data behind the municipality's figures: groups, never people.

intake_question, its life domains
    | database triggers, in the same transaction
ReportedQuestion   where a question counts now, one row a question
    | a trigger on it
ReportCell         differences, added up: how many came in and were helped
    | referrals/reports/publishing.py, once a quarter
ReportPublication  the protected tables, as the municipality reads them; never changed
"""

from django.db import models

from welzijn.core.ids import RANDOM_KEY, uuid7


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
    """Where a question counts now. Written by triggers only; deleted with the question."""

    question = models.OneToOneField(
        "intake.Question", models.CASCADE, primary_key=True, related_name="reported"
    )
    received_month = models.DateField(help_text="first day of the month, Europe/Amsterdam")
    helped_month = models.DateField(null=True, help_text="null: not closed as helped")
    key = models.BigIntegerField(
        editable=False,
        db_default=RANDOM_KEY,
        help_text="drawn when the question comes in; decides the noise of its groups",
    )

    def __str__(self) -> str:
        return f"{self.received_month:%Y-%m}"


class ReportCell(Counted):
    """A change to the figures of one month in one combination of dimensions.

    The figure of a combination is the sum of its rows: triggers only add rows, so that no two
    questions wait for each other. `reports.counting.compact` merges rows; the sums stay the same. A
    deleted question keeps counting, as `departed`: last year's figures do not change when retention
    terms end, and neither does their noise, since its key stays in the sums. The rest always equals
    a full recount. Never shown unprotected: `referrals/reports/door.py` is the one reader.
    """

    id = models.BigAutoField(primary_key=True)
    month = models.DateField(help_text="first day of the month, Europe/Amsterdam")
    received = models.IntegerField(default=0)
    helped = models.IntegerField(default=0)
    received_keys = models.BigIntegerField(default=0, help_text="sum of the questions' keys")
    helped_keys = models.BigIntegerField(default=0, help_text="sum of the questions' keys")
    departed = models.BooleanField(
        default=False, help_text="of questions that were deleted at the end of their term"
    )

    class Meta:
        indexes = [models.Index(fields=["partnership", "month"], name="report_cell_month")]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m}"


class ReportPublication(models.Model):
    """The protected tables of one municipality and one quarter, as they were published.

    Written once and never changed: what is received or changes later can't be derived by comparing
    two reports. Quarters and municipalities partition all questions, so no two publications count
    the same question (invariant 7).
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    partnership = models.ForeignKey(
        "organisations.Partnership", models.PROTECT, related_name="report_publications"
    )
    municipality = models.CharField(max_length=6, blank=True, help_text="empty: not known")
    quarter = models.DateField(help_text="first day of the quarter")
    published_at = models.DateTimeField()
    threshold = models.PositiveSmallIntegerField()
    edition = models.PositiveSmallIntegerField(
        default=2, help_text="1: small figures left out, no longer shown; 2: protected by noise"
    )
    tables = models.JSONField(help_text="referrals/reports/publishing.py has the form")

    class Meta:
        ordering = ["-quarter", "municipality"]
        verbose_name = "gepubliceerde cijfers"
        constraints = [
            models.UniqueConstraint(
                fields=["partnership", "municipality", "quarter", "edition"],
                name="report_published_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.municipality} {self.quarter:%Y-%m}"
