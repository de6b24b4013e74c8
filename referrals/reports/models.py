"""The data behind the municipality's figures: groups, never people.

intake_question, its life domains
    | database triggers, in the same transaction
ReportedQuestion   where a question counts now, one row a question
    | a trigger on it
ReportCell         differences, added up: how many came in and were helped
    | referrals/reports/publishing.py, once a quarter
ReportPublication  the protected tables, as the municipality reads them; never changed
"""

from django.conf import settings
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
    a full recount. Never shown unprotected: `reports/disclosure_control.py` is the one reader.
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


class FinalCube(models.Model):
    """The counts and keys of one quarter, divided by at most three dimensions; never changed.

    Made once, on the day on which the quarter is published, from the questions as they were then
    (`reports.cubes`): so the figures of its months are final. The form of both columns is in
    `cubes.py`. Never shown unprotected: `cubes.read` passes it to the door.
    """

    id = models.BigAutoField(primary_key=True)
    partnership = models.ForeignKey(
        "organisations.Partnership", models.PROTECT, related_name="+", db_index=False
    )
    quarter = models.DateField(help_text="first day of the quarter")
    dimensions = models.CharField(max_length=80, help_text="names in order, with commas")
    groups = models.JSONField()
    sums = models.JSONField()
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["partnership", "quarter", "dimensions"], name="report_cube_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.quarter:%Y-%m} {self.dimensions}"


class DepartedFact(models.Model):
    """What an erased question counted as, in a month that wasn't final yet; gone once it is.

    It has no reference to the question or to a person.
    """

    id = models.BigAutoField(primary_key=True)
    partnership = models.ForeignKey(
        "organisations.Partnership", models.PROTECT, related_name="+", db_index=False
    )
    month = models.DateField()
    fact = models.JSONField(help_text="as in reports.facts.Fact, without its month")

    class Meta:
        indexes = [models.Index(fields=["partnership", "month"], name="report_departed_month")]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m}"


class SavedReport(models.Model):
    """What somebody chose on the report page, under a name and an address of its own.

    It holds the choice, never a figure: who opens the address sees what they may see themselves.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    partnership = models.ForeignKey(
        "organisations.Partnership", models.PROTECT, related_name="saved_reports"
    )
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    name = models.CharField("naam", max_length=80)
    query = models.CharField(max_length=600)
    shared = models.BooleanField("delen", default=False)
    saved_at = models.DateTimeField()

    class Meta:
        ordering = ["name", "-saved_at"]
        verbose_name = "bewaard rapport"
        constraints = [
            models.UniqueConstraint(
                fields=["partnership", "owner", "name"], name="saved_report_name_once"
            )
        ]

    def __str__(self) -> str:
        return self.name


class GoalStory(models.Model):
    """What the partners say about a goal in a quarter, and what the municipality answers.

    No person in it (`reports.stories`). The answer is added once; nothing else changes.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    partnership = models.ForeignKey(
        "organisations.Partnership", models.PROTECT, related_name="goal_stories"
    )
    municipality = models.CharField(max_length=6, blank=True)
    quarter = models.DateField()
    goal = models.SlugField(help_text="key of the goal")
    text = models.TextField("verhaal")
    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    answer = models.TextField("antwoord", blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    answered_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["written_at"]
        verbose_name = "verhaal bij een doel"
        indexes = [
            models.Index(fields=["partnership", "municipality", "quarter"], name="story_quarter")
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(answer="", answered_by__isnull=True, answered_at__isnull=True)
                | ~models.Q(answer="")
                & models.Q(answered_by__isnull=False, answered_at__isnull=False),
                name="goal_story_answered_whole",
            )
        ]

    def __str__(self) -> str:
        return f"{self.quarter:%Y-%m} {self.goal}"
