"""The rollup behind the municipality's figures: groups, never people."""

from django.db import models


class ReportCell(models.Model):
    """How many questions came in and how many were helped, for one combination of dimensions.

    Kept equal to a full recount by database triggers. It is not shown as it is: see
    `referrals/reports.py` for the protection of small numbers.
    """

    id = models.BigAutoField(primary_key=True)
    partnership = models.ForeignKey(
        "organisations.Partnership", models.PROTECT, related_name="report_cells"
    )
    month = models.DateField(help_text="first day of the month, Europe/Amsterdam")
    municipality = models.CharField(max_length=6, blank=True)
    neighbourhood = models.UUIDField(null=True)
    organisation = models.UUIDField()
    life_domain = models.UUIDField(null=True, help_text="null: the row counts questions once")
    channel = models.CharField(max_length=10)
    received = models.IntegerField(default=0)
    helped = models.IntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=[
                    "partnership",
                    "month",
                    "municipality",
                    "neighbourhood",
                    "organisation",
                    "life_domain",
                    "channel",
                ],
                nulls_distinct=False,
                name="report_cell_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m}"
